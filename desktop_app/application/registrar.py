"""The registrar: takes commands from the inbox one by one, decides them, and writes down what they change.

What a command changes, the notices and papers it brings, and its outcome stand together or not at all. Commands that
wait together share a transaction; they are decided one after the other, each on what the one before left. Three kinds
of trouble are told apart. A refusal by the rules is an outcome like another. Trouble of the environment undoes
everything and leaves as CentreTroubleError or OSError, to be tried again. A bug of ours, or a submission that is not
what it says, puts this one command into quarantine and lets the others go on.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog

from desktop_app.application.casework import load_case
from desktop_app.application.outcome_facts import branch_of, cause_of, facts_of
from desktop_app.application.ports.centre import CentreStore, CentreWork, LetterOut, Submission
from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.verification import Unfit, UnfitError, Verified, verify
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.commands import document_of
from desktop_app.domain.decide import decide
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.wire.facts import StoredOutcome

_log = structlog.get_logger(__name__)

NoticeWords = Callable[[Notice, Reference], str]
"""What a notice says to the applicant, in Arabic."""

Settle = Callable[[Outcome, datetime], None]
"""Writes down what became of a submission, and when it was decided (UTC)."""


class PaperDesk(Protocol):
    """Where the papers that a decision ordered are drawn."""

    def draw(self, outcome: Outcome, case: Case, context: Context, work: CentreWork) -> tuple[LoadedFact, ...]:
        """Draws and keeps every paper of `outcome.papers`; returns their facts."""


AT_ONCE = 64
"""Commands decided in one transaction, where so many wait."""


class Registrar:
    """Call `decide_some` until it returns 0. One registrar works at a time; it is not safe across threads."""

    def __init__(self, store: CentreStore, clock: Clock, words: NoticeWords, papers: PaperDesk) -> None:
        self._store = store
        self._clock = clock
        self._words = words
        self._papers = papers

    def decide_next(self) -> bool:
        """Deals with the next command of the inbox; False when none waits. Raises as `decide_some`."""
        return self.decide_some(1) == 1

    def decide_some(self, most: int = AT_ONCE) -> int:
        """Deals with up to `most` commands in one transaction; returns how many, 0 when none waits.

        Raises CentreTroubleError or OSError where the environment failed: nothing has changed then.
        """
        taken: list[Submission] = []
        try:
            with self._store.work() as work:
                while len(taken) < most:
                    submission = work.next_submission(most - len(taken))
                    if submission is None:
                        break
                    taken.append(submission)
                    if self._deal(submission, work):
                        break
        except OSError:
            raise
        except Exception:
            if not taken:
                raise
            if len(taken) > 1:
                # All of it was undone. Whichever it was, by itself it harms no other.
                return sum(self.decide_next() for _ in taken)
            reference = _new_reference()
            _log.exception("a command could not be decided", command=taken[0].command_id, reference=reference)
            with self._store.work() as work:
                work.quarantine(taken[0].command_id, Unfit.BUG.value, reference, self._clock.now())
        return len(taken)

    def drain(self) -> int:
        """Decides all that wait; returns how many."""
        count = 0
        while done := self.decide_some():
            count += done
        return count

    def _deal(self, submission: Submission, work: CentreWork) -> bool:
        """Whether that took long: drawing a paper takes as long as many decisions, and others wait for the feeds."""
        try:
            verified = verify(submission, work)
        except UnfitError as why:
            self._put_aside(submission, why.why, work)
            return False
        author = verified.envelope.author
        actor = _entitled(work.facts.find_staff(author), author)
        outcome = self.decide_proved(
            submission, verified, actor, work, lambda _, at: work.mark_decided(submission.command_id, at)
        )
        return bool(outcome.papers)

    def decide_proved(
        self, submission: Submission, verified: Verified, actor: Actor, work: CentreWork, settle: Settle
    ) -> Outcome:
        """Decides a command whose author is proved, and writes what it changes into `work`; `settle` writes down what
        became of the submission. Raises as `decide_some`."""
        case = load_case(work.facts, verified.command)
        context = self._context(verified, actor, work)
        outcome = decide(case, verified.command, context)
        self._write(submission, verified, case, context, outcome, work, settle)
        return outcome

    def _context(self, verified: Verified, actor: Actor, work: CentreWork) -> Context:
        envelope, document = verified.envelope, document_of(verified.command)
        named = frozenset({document.digest}) if document else frozenset[str]()
        return Context(
            command_id=envelope.command_id,
            actor=actor,
            device=envelope.device,
            now=self._clock.now(),
            made_at=envelope.made_at,
            base=envelope.base,
            reference=work.facts.reference(),
            numbers=work.numbers,
            unproved=work.unproved(named, envelope.device, envelope.request_id) if named else named,
        )

    def _write(
        self,
        submission: Submission,
        verified: Verified,
        case: Case,
        context: Context,
        outcome: Outcome,
        work: CentreWork,
        settle: Settle,
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
        settle(outcome, context.now)
        work.put(facts_of(case, outcome, notices, papers, stored), cause_of(submission, verified.envelope, stored))

    def _queue_notices(self, outcome: Outcome, context: Context, work: CentreWork) -> tuple[Notice, ...]:
        """The notices of this decision with their words; one whose occasion was told before is left out."""
        told = []
        for notice in outcome.notices:
            text = self._words(notice, context.reference)
            if work.queue_letter(LetterOut(notice.id, notice.to, text), context.now):
                told.append(replace(notice, text_ar=text))
        return tuple(told)

    def _put_aside(self, submission: Submission, why: Unfit, work: CentreWork) -> None:
        reference = _new_reference()
        _log.warning("a submission was put aside", command=submission.command_id, why=why.value, reference=reference)
        work.quarantine(submission.command_id, why.value, reference, self._clock.now())


def _entitled(author: Actor | None, login: str) -> Actor:
    """Whoever was on the staff when this arrived has the rights of their role: what arrives in the name of somebody
    who was disabled before is put aside at the door, and comes here only when an administrator lets it.
    Somebody who never was on the staff may do nothing, and the table says so."""
    if author is None:
        return Actor(id=login, name_ar=login, role=Role.AUDITOR, active=False)
    return replace(author, active=True)


def _new_reference() -> str:
    """What a person quotes to have a trouble found in the log."""
    return secrets.token_hex(4).upper()
