"""`audit verify` on a workstation, and what it can prove of one outcome: from what it has seen, without the centre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.application.auditing.proof import Proof, ProofState
from desktop_app.storage import chains
from desktop_app.storage.holdings import key_of
from desktop_app.wire.audit import Entry, Head, Record, SignedHead, entry_hash, head_of, proved_head, record_of
from desktop_app.wire.audit_check import ChainCheck, Known
from desktop_app.wire.audit_findings import AuditReport, Finding, Wrong
from desktop_app.wire.codec import MalformedError
from desktop_app.wire.digests import digest_hex, fact_digest

if TYPE_CHECKING:
    from desktop_app.storage.opening import Driver
    from desktop_app.storage.store import Store

_NEVER_CHANGED = ("event", "outcome")
"""Facts that are written once, and known by their command's id."""


def verify_store(store: Store, witnessed: Sequence[SignedHead] = ()) -> AuditReport:
    """Checks the chains that this device follows, the heads it has seen, and the events and outcomes it holds of them.

    `witnessed` are heads that somebody else has kept: they must agree too.
    """
    with store.glancing() as driver:
        return verify_chains(driver, witnessed)


def verify_chains(driver: Driver, witnessed: Sequence[SignedHead] = ()) -> AuditReport:
    """The same in an open transaction."""
    report = AuditReport()
    findings: list[Finding] = []
    key = chains.pinned_key(driver)
    foreign: dict[int, list[Head]] = defaultdict(list)
    for signed in witnessed:
        head = proved_head(signed, key or signed.key)
        if head is None:
            findings.append(Finding(Wrong.SIGNATURE, -1, 0, about="a head that was exported"))
        else:
            foreign[head.branch].append(head)
    for branch in chains.followed(driver):
        found = _branch(driver, branch, key or b"", foreign[branch], report)
        findings += [found] if found is not None else []
        report.branches += 1
    report.findings = tuple(findings)
    return report


def _branch(driver: Driver, branch: int, key: bytes, foreign: Sequence[Head], report: AuditReport) -> Finding | None:
    known: dict[int, list[Known]] = defaultdict(list)
    heads = list(foreign)
    for signed in chains.heads(driver, branch):
        head = proved_head(signed, key)
        if head is None:
            return Finding(Wrong.SIGNATURE, branch, 0, about="a head that was seen")
        heads.append(head)
    start = chains.start_of(driver, branch)
    assert start is not None
    for head in heads:
        if head.position > start.position:
            known[head.position].append(Known(head.epoch, bytes.fromhex(head.hash)))
    check = ChainCheck(branch, start, known)
    first: Finding | None = None
    for entry, record in check.checked(chains.entries(driver, branch)):
        report.entries += 1
        first = first or _rows(driver, entry, record, report)
    report.heads += len(heads)
    report.restored += tuple(check.restored)
    found = [one for one in (first, check.finding) if one is not None]
    return min(found, key=lambda one: one.position, default=None)


def _rows(driver: Driver, entry: Entry, record: Record, report: AuditReport) -> Finding | None:
    for mark in record.facts:
        if mark.kind not in _NEVER_CHANGED:
            continue
        body = _body(driver, mark.kind, mark.id)
        if body is None:
            continue  # not pulled yet: the feed may be behind the signed heads, never the other way round
        report.rows += 1
        if digest_hex(fact_digest(mark.kind, mark.id, body)) != mark.after:
            return Finding(Wrong.ROW_CHANGED, entry.branch, entry.position, entry.command_id, f"fact {mark.kind}")
    return None


def _body(driver: Driver, kind: str, identity: str) -> bytes | None:
    """As the centre has said it."""
    beneath = driver.execute("SELECT body FROM base WHERE kind = ? AND id = ?", (kind, identity)).fetchone()
    if beneath is None:
        beneath = driver.execute(f"SELECT body FROM {kind} WHERE {key_of(kind)} = ?", (identity,)).fetchone()
    return beneath[0] if beneath is not None else None


class StoreProofs:
    """`application.auditing.proof.Proofs` over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def proof_of(self, command_id: str) -> Proof:
        with self._store.glancing() as driver:
            return proof_of(driver, command_id)


def proof_of(driver: Driver, command_id: str) -> Proof:
    """The same in an open transaction."""
    entry = chains.find_entry(driver, command_id)
    if entry is None:
        return Proof(ProofState.NOT_YET)
    try:
        record = record_of(entry)
        broken = entry_hash(entry.previous, entry.record) != entry.hash
        broken = broken or _rows(driver, entry, record, AuditReport()) is not None
    except MalformedError:
        broken = True
    state = ProofState.BROKEN if broken else ProofState.PROVED
    vouching = (head_of(one) for one in chains.heads(driver, entry.branch))
    signed_at = next((one.signed_at for one in vouching if one.position >= entry.position), None)
    return Proof(state, entry.branch, entry.position, signed_at, entry.hash.hex())
