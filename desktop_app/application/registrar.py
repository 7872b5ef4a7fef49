"""The registrar: takes commands from the inbox one by one, decides them, and writes down what they change.

Each command is one transaction: what it changes, the notices and papers it brings, and its outcome stand together or
not at all. Three kinds of trouble are told apart. A refusal by the rules is an outcome like another. Trouble of the
environment undoes everything and leaves as CentreTroubleError or OSError, to be tried again. A bug of ours, or a
submission that is not what it says, puts this one command into quarantine and lets the others go on.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import structlog

from desktop_app.application.casework import load_case
from desktop_app.application.outcome_facts import branch_of, facts_of
from desktop_app.application.ports.centre import CentreStore, CentreWork, LetterOut, Submission
from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.verification import Unfit, UnfitError, Verified, verify
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.decide import decide
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.wire.envelope import Envelope
from desktop_app.wire.facts import StoredOutcome

_log = structlog.get_logger(__name__)

NoticeWords = Callable[[Notice, Reference], str]
"""What a notice says to the applicant, in Arabic."""


class PaperDesk(Protocol):
    """Where the papers that a decision ordered are drawn."""

    def draw(self, outcome: Outcome, case: Case, context: Context, work: CentreWork) -> tuple[LoadedFact, ...]:
        """Draws and keeps every paper of `outcome.papers`; returns their facts."""


class Registrar:
    """Call `decide_next` until it returns False. One registrar works at a time; it is not safe across threads."""

    def __init__(self, store: CentreStore, clock: Clock, words: NoticeWords, papers: PaperDesk) -> None:
        self._store = store
        self._clock = clock
        self._words = words
        self._papers = papers

    def decide_next(self) -> bool:
        """Deals with the next command of the inbox; False when none waits.

        Raises CentreTroubleError or OSError where the environment failed: nothing has changed then.
        """
        submission: Submission | None = None
        try:
            with self._store.work() as work:
                submission = work.next_submission()
                if submission is None:
                    return False
                self._decide(submission, work)
        except OSError:
            raise
        except UnfitError as why:
            self._put_aside(submission, why.why)
        except Exception:
            if submission is None:
                raise
            reference = _new_reference()
            _log.exception("a command could not be decided", command=submission.command_id, reference=reference)
            self._put_aside(submission, Unfit.BUG, reference)
        return True

    def drain(self) -> int:
        """Decides all that wait; returns how many."""
        count = 0
        while self.decide_next():
            count += 1
        return count

    def _decide(self, submission: Submission, work: CentreWork) -> None:
        verified = verify(submission, work)
        case = load_case(work.facts, verified.command)
        context = self._context(verified.envelope, work)
        outcome = decide(case, verified.command, context)
        self._write(submission, verified, case, context, outcome, work)

    def _context(self, envelope: Envelope, work: CentreWork) -> Context:
        return Context(
            command_id=envelope.command_id,
            actor=work.facts.find_staff(envelope.author) or _nobody(envelope.author),
            device=envelope.device,
            now=self._clock.now(),
            made_at=envelope.made_at,
            base=envelope.base,
            reference=work.facts.reference(),
            numbers=work.numbers,
        )

    def _write(
        self,
        submission: Submission,
        verified: Verified,
        case: Case,
        context: Context,
        outcome: Outcome,
        work: CentreWork,
    ) -> None:
        papers = self._papers.draw(outcome, case, context, work) if outcome.papers else ()
        stored = StoredOutcome(
            id=submission.command_id,
            request_id=verified.envelope.request_id,
            branch=branch_of(outcome, case, context.actor, submission.home_branch),
            device=submission.device,
            author=verified.envelope.author,
            accepted=outcome.accepted,
            refusals=outcome.refusals,
            decided_at=context.now,
        )
        notices = self._queue_notices(outcome, context, work)
        work.mark_decided(submission.command_id, context.now)
        work.put(facts_of(case, outcome, notices, papers, stored))

    def _queue_notices(self, outcome: Outcome, context: Context, work: CentreWork) -> tuple[Notice, ...]:
        """The notices of this decision with their words; one whose occasion was told before is left out."""
        told = []
        for notice in outcome.notices:
            text = self._words(notice, context.reference)
            if work.queue_letter(LetterOut(notice.id, notice.to, text), context.now):
                told.append(replace(notice, text_ar=text))
        return tuple(told)

    def _put_aside(self, submission: Submission | None, why: Unfit, reference: str = "") -> None:
        assert submission is not None
        reference = reference or _new_reference()
        if why is not Unfit.BUG:
            _log.warning(
                "a submission was put aside", command=submission.command_id, why=why.value, reference=reference
            )
        with self._store.work() as work:
            work.quarantine(submission.command_id, why.value, reference, self._clock.now())


def _nobody(login: str) -> Actor:
    """Someone who is not on the staff: may do nothing, and the table says so."""
    return Actor(id=login, name_ar=login, role=Role.AUDITOR, active=False)


def _new_reference() -> str:
    """What a person quotes to have a trouble found in the log."""
    return secrets.token_hex(4).upper()
