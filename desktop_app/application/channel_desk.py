"""The centre's desk for other systems: what they hand in is decided like any command, and they are told how it stands.

A message is decided in a transaction of its own. Trouble of the environment undoes it and leaves as CentreTroubleError
or OSError, to be tried again; a bug of ours puts the message aside and lets the others go on.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import msgspec
import structlog

from desktop_app.application.channel_answers import accepted_answer, refused_answer, request_view
from desktop_app.application.channel_reading import Handed, identity_of, read_message, read_payload
from desktop_app.application.ports.centre import Submission
from desktop_app.application.ports.channels import ChannelMessage, ChannelStore, ChannelWork, MessageKind
from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.registrar import Registrar
from desktop_app.application.verification import Unfit, Verified
from desktop_app.domain.actions import row_of
from desktop_app.domain.commands import kind_of
from desktop_app.domain.deciding import Case, Outcome
from desktop_app.domain.identifiers import check_identity
from desktop_app.domain.messages import InputError
from desktop_app.domain.money import Fils
from desktop_app.domain.tracks import Due, DuesAccount, IntakeState
from desktop_app.wire.channels import DueIn
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.envelope import PROTOCOL, Envelope, Signed
from desktop_app.wire.facts import EVERYWHERE, FactKind

_log = structlog.get_logger(__name__)
_VIEWS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class ChannelDesk:
    """Call `drain` whenever the registrar has drained the inbox. `registrar` decides."""

    store: ChannelStore
    registrar: Registrar
    clock: Clock

    def drain(self) -> int:
        """Decides all that wait, then writes anew what the portal is told; returns how many were decided.

        Raises CentreTroubleError or OSError where the environment failed.
        """
        count = 0
        while self.decide_next():
            count += 1
        while self.write_views():
            pass
        return count

    def decide_next(self) -> bool:
        """Deals with the message that waits longest; False when none waits. Raises as `drain`."""
        taken: ChannelMessage | None = None
        try:
            with self.store.work() as work:
                taken = work.channels.next_message()
                if taken is not None:
                    self._deal(taken, work)
        except OSError:
            raise
        except Exception:
            if taken is None:
                raise
            trouble = secrets.token_hex(4).upper()
            _log.exception("a channel's message could not be decided", message=taken.id, reference=trouble)
            with self.store.work() as work:
                work.channels.put_aside(taken.id, Unfit.BUG.value, trouble, self.clock.now())
        return taken is not None

    def write_views(self) -> int:
        """Writes anew how requests of the portal stand; returns how many there were to write. Raises as `drain`."""
        with self.store.work() as work:
            stale = work.channels.take_stale(_VIEWS_AT_ONCE)
            for request_id in stale:
                self._write_view(request_id, work)
        return len(stale)

    def _deal(self, given: ChannelMessage, work: ChannelWork) -> None:
        try:
            if given.kind is MessageKind.DUE:
                self._put_due(given, work)
            else:
                self._decide(given, read_message(given, work.channels), work)
        except InputError as why:
            work.channels.answer(
                given.id, refused_answer((why.why,), work.facts.reference()), given.concerns, self.clock.now()
            )

    def _decide(self, given: ChannelMessage, handed: Handed, work: ChannelWork) -> None:
        command, kind = handed.command, kind_of(handed.command)
        request = work.facts.find_request(command.request_id)
        envelope = Envelope(
            command_id=given.id,
            device=handed.device,
            sequence=given.arrival,
            author=handed.actor.id,
            kind=kind.action.value,
            protocol=PROTOCOL,
            request_id=command.request_id,
            # Whoever hands in has seen no version: what it says is meant for what stands.
            base=request.version_of(row_of(kind.action).track, kind.part(command)) if request else 0,
            made_at=handed.made_at,
            body=msgspec.Raw(encode(command)),
        )
        home = request.branch if request else EVERYWHERE
        signed = Signed(payload=given.payload, signature=b"")
        submission = Submission(given.id, handed.device, given.arrival, home, signed, given.received_at)

        def settle(outcome: Outcome, at: datetime) -> None:
            if outcome.accepted:
                paid = given.kind is not MessageKind.LODGE
                work.channels.answer(given.id, accepted_answer(outcome, paid=paid), command.request_id, at)
            else:
                work.channels.answer(given.id, refused_answer(outcome.refusals, work.facts.reference()), "", at)

        self.registrar.decide_proved(submission, Verified(envelope, command), handed.actor, work, settle)

    def _put_due(self, given: ChannelMessage, work: ChannelWork) -> None:
        said = read_payload(given.payload, DueIn)
        owner = identity_of(said.owner)
        findings = check_identity(owner, "owner")
        if not findings.clear:
            work.channels.answer(
                given.id, refused_answer(findings.refusals, work.facts.reference()), given.concerns, self.clock.now()
            )
            return
        due = Due(given.reference, said.kind, Fils(said.amount_fils), said.about_ar)
        accounts = sorted({owner.key, given.concerns} - {""})
        for account in accounts:
            work.channels.lock_account(account)
        facts = [fact for account in accounts for fact in _renewed(account, due, owner.key, work)]
        work.channels.answer(given.id, accepted_answer(), owner.key, self.clock.now())
        if facts:
            work.put(facts)

    def _write_view(self, request_id: str, work: ChannelWork) -> None:
        request = work.facts.find_request(request_id)
        if request is None or not request.from_portal:
            return
        account = work.facts.find_dues(request.applicant.person.identity.key)
        case = Case(request=request, dues=account)
        view = request_view(case, work.channels.notices_of(request_id), work.facts.reference())
        applicant = request.applicant.person.identity.key
        lodged = request.intake.state is IntakeState.LODGED
        work.channels.keep_view(request_id, applicant, encode(view), awaits_dues=lodged)


def _renewed(account: str, due: Due, owner: str, work: ChannelWork) -> list[LoadedFact]:
    """The account with this due as it stands now, in its owner's account alone; nothing where nothing changes."""
    body = work.find_body(FactKind.DUES.value, account)
    before = decode(body, DuesAccount) if body is not None else DuesAccount(account)
    others = [one for one in before.dues if one.reference != due.reference]
    stands = [due] if account == owner and due.amount > 0 else []
    after = DuesAccount(account, tuple(sorted(others + stands, key=lambda one: one.reference)))
    if set(after.dues) == set(before.dues):
        return []
    return [LoadedFact(FactKind.DUES, account, EVERYWHERE, encode(after))]
