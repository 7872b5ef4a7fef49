"""What this workstation can prove of an event, in plain words."""

from __future__ import annotations

from desktop_app.application.auditing.proof import Proof, ProofState
from desktop_app.texts import isolate, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.texts.quantities import digits

SHORT = 16
"""So many digits of a hash tell entries apart on a screen; paper bears them all, in a column of their own."""


def proof_words(proof: Proof) -> str:
    """Its place in the chain, and since when a signed head vouches for it; or why nothing is proved yet."""
    if proof.state is ProofState.NOT_YET or proof.position is None or proof.branch is None:
        return tr("Not yet verified on this workstation")
    position, branch = digits(str(proof.position)), digits(str(proof.branch))
    place = tr("entry {position} of the chain of district {branch}", position=position, branch=branch)
    if proof.state is ProofState.BROKEN:
        return tr("Does not agree with the audit chain: {place}", place=place)
    if proof.signed_at is None:
        return tr("In the audit chain: {place}", place=place)
    return tr("Verified: {place}, signed {moment}", place=place, moment=date_and_time(proof.signed_at))


def proof_with_hash(proof: Proof) -> str:
    """The same with the beginning of the entry's hash, as it stands in the chain."""
    said = proof_words(proof)
    return tr("{proof}, hash {hash}", proof=said, hash=isolate(proof.hash[:SHORT])) if proof.hash else said
