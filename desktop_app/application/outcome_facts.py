"""An outcome as facts: what goes into the feeds, in which branch, in which order."""

from __future__ import annotations

from datetime import timedelta

from desktop_app.application.ports.centre import Submission
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.booking import booking_of
from desktop_app.domain.deciding import Case, Outcome
from desktop_app.domain.notices import Notice
from desktop_app.domain.request import Request
from desktop_app.wire.audit import Cause, What
from desktop_app.wire.codec import encode
from desktop_app.wire.envelope import Envelope
from desktop_app.wire.facts import EVERYWHERE, FactKind, StoredOutcome


def facts_of(
    case: Case,
    outcome: Outcome,
    notices: tuple[Notice, ...],
    papers: tuple[LoadedFact, ...],
    stored: StoredOutcome,
) -> tuple[LoadedFact, ...]:
    """Everything that deciding on `case` brings. The outcome comes last: whoever has read it has read what it changed
    in its branch."""
    facts: list[LoadedFact] = []
    if outcome.request is not None:
        request = outcome.request
        facts.append(LoadedFact(FactKind.REQUEST, request.id, request.branch, encode(request)))
        facts += _booking_facts(case.request, request)
    facts += [LoadedFact(FactKind.LICENCE, one.number, one.district, encode(one)) for one in outcome.licences]
    if outcome.event is not None:
        facts.append(LoadedFact(FactKind.EVENT, outcome.event.id, outcome.event.branch, encode(outcome.event)))
    facts += [notice_fact(one) for one in notices]
    facts += papers
    facts.append(LoadedFact(FactKind.OUTCOME, stored.id, stored.branch, encode(stored)))
    return tuple(facts)


def cause_of(submission: Submission, envelope: Envelope, stored: StoredOutcome) -> Cause:
    """What the audit chain says of where an outcome came from."""
    ahead = submission.clock_ahead
    return Cause(
        what=What.COMMAND,
        command_id=stored.id,
        request_id=stored.request_id,
        author=stored.author,
        device=stored.device,
        sequence=submission.sequence,
        payload=submission.signed.fingerprint,
        made_at=envelope.made_at,
        received_at=submission.received_at,
        clock_ahead_ms=round(ahead / timedelta(milliseconds=1)) if ahead is not None else None,
        decided_at=stored.decided_at,
        accepted=stored.accepted,
    )


def _booking_facts(before: Request | None, after: Request) -> list[LoadedFact]:
    """What the workstations of other branches must know of the visit: that this time of the inspector's is taken, or
    no longer. An inspector serves several branches, and a workstation holds the requests of its own only."""
    held, holds = booking_of(before) if before else None, booking_of(after)
    if held == holds:
        return []
    return [LoadedFact(FactKind.BOOKING, after.id, EVERYWHERE, encode(holds) if holds else None)]


def notice_fact(notice: Notice) -> LoadedFact:
    return LoadedFact(FactKind.NOTICE, notice.id, notice.branch, encode(notice))


def branch_of(outcome: Outcome, case: Case, author: Actor, home_branch: int) -> int:
    """The feed in which the outcome is told: that of the request, where its author follows it.

    A refusal may be of a request that its author must not see, or that never came to be: it is told in another feed
    of theirs, or in the one of everyone, where only the device that sent the command sees it.
    """
    if outcome.request is not None:
        return outcome.request.branch
    if author.role is Role.ADMINISTRATOR:
        return EVERYWHERE  # follows no branch
    wanted = [case.request.branch] if case.request else []
    wanted += [case.parent.district] if case.parent else []
    wanted += [home_branch, *sorted(author.branches)]
    return next((branch for branch in wanted if author.serves(branch)), EVERYWHERE)
