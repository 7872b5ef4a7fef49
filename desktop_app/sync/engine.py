"""One round with the centre: push what waits, pull every feed in scope to its end, fetch missing papers.

Knows no SQL and no network: it works between the ports `Replica` and `CentreLink`. Each page is stored with its
cursor in one local transaction; with the last page of a branch, what is still pending is decided anew on top of it.
So the replica shows the centre's state with all pending commands on top, and a crash at any moment loses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from desktop_app.domain.deciding import Outcome
from desktop_app.sync.aftercare import Aftercare, Cared
from desktop_app.sync.attachments import AttachmentLink, Transfers
from desktop_app.sync.centre_link import (
    CentreLink,
    CentreUnreachableError,
    EpochChangedError,
    NotAdmittedError,
    Scope,
    TamperingError,
)
from desktop_app.sync.progress import ProgressBoard
from desktop_app.sync.replica import ANEW, PendingCommand, Replica, Writing
from desktop_app.sync.snapshots import take_snapshots
from desktop_app.wire.facts import FeedPage
from desktop_app.wire.versions import Standing, standing

W = TypeVar("W", bound=Writing)

BATCH, PAGE, PAPERS = 100, 500, 16


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did. `damaged` are digests of papers whose bytes were not what they should be; they are asked for
    again in the next round. `cared` is what a comparison of both sides found, where it was time for one."""

    pushed: int
    facts: int
    papers: int
    damaged: tuple[str, ...]
    scope: Scope
    cared: Cared | None = None


class Engine(Generic[W]):
    """`decide_again` is the application's decision of a pending command on the replica as it stands; `board` is told
    how far the taking over of a branch is; `contacted` is told whenever the centre has admitted this device."""

    def __init__(
        self,
        replica: Replica[W],
        decide_again: Callable[[W, PendingCommand], Outcome],
        now: Callable[[], datetime],
        board: ProgressBoard | None = None,
        transfers: Transfers | None = None,
        contacted: Callable[[Scope], None] = lambda _scope: None,
        aftercare: Callable[..., Aftercare[W]] = Aftercare,
    ) -> None:
        self._replica = replica
        self._decide_again = decide_again
        self._now = now
        self._contacted = contacted
        self._board = board or ProgressBoard()
        self._transfers = transfers
        self._aftercare = aftercare(replica, self.pull, self._rebase, now)

    def round(self, link: CentreLink) -> Round:
        """One whole round. Raises CentreUnreachableError, NotAdmittedError, TamperingError or OSError; what was done
        until then is stored, and the next round goes on from there."""
        try:
            scope = self._scope(link)
        except NotAdmittedError:
            # A device that was revoked is let in no more, and may hand over what it holds: a person looks at it there.
            with suppress(NotAdmittedError, TamperingError):
                self.push(link)
            raise
        self._enter_epoch(scope)
        self._leave_what_is_out_of(scope)
        forged: TamperingError | None = None
        pushed = 0
        # Before the commands: what is decided on a document finds it there.
        if self._transfers is not None and isinstance(link, AttachmentLink):
            self._transfers.send(link)
        try:
            # A centre that is older than this program would put aside what it cannot read: it waits in the log.
            if standing(scope.spoken) is not Standing.TOO_NEW:
                pushed = self.push(link)
        except TamperingError as error:
            # What others did is still wanted here; what waits stays in the log.
            forged = error
        facts = take_snapshots(self._replica, link, scope.branches, scope.epoch, self._board)
        facts += sum(self.pull(link, branch, scope.epoch) for branch in scope.branches)
        papers, damaged = self._fetch_papers(link)
        if self._transfers is not None and isinstance(link, AttachmentLink):
            damaged += self._transfers.fetch(link)[1]
        try:
            cared = self._aftercare.after(link, scope, facts)
        except CentreUnreachableError:
            self._note_contact(scope, None)
            raise
        self._note_contact(scope, cared)
        if forged is not None:
            raise forged
        return Round(pushed, facts, papers, damaged, scope, cared)

    def _note_contact(self, scope: Scope, cared: Cared | None) -> None:
        with self._replica.writing() as writing:
            writing.note_contact(self._now())
            writing.forget_confirmed(scope.server_time)
            if cared is not None:
                writing.note_care(cared.at, cared.compared.mended, len(cared.history))

    def catch_up(self, link: CentreLink, branches: Iterable[int]) -> None:
        """Pulls only these branches: what a sign-in needs before anything else."""
        scope = self._scope(link)
        self._enter_epoch(scope)
        wanted = [branch for branch in branches if branch in scope.branches]
        take_snapshots(self._replica, link, wanted, scope.epoch, self._board)
        for branch in wanted:
            self.pull(link, branch, scope.epoch)

    def _scope(self, link: CentreLink) -> Scope:
        scope = link.scope()
        self._contacted(scope)
        return scope

    def push(self, link: CentreLink) -> int:
        """Sends what waits, in order. A batch counts as sent only when the inbox holds all of it."""
        sent = 0
        while batch := self._replica.waiting(BATCH):
            if not sent:
                with suppress(NotAdmittedError):  # who is let in no more may still hand over what they hold
                    link.tell_clock(self._now())
            if link.submit([command.signed for command in batch]) < len(batch):
                break
            with self._replica.writing() as writing:
                writing.mark_sent(batch)
            sent += len(batch)
        return sent

    def pull(self, link: CentreLink, branch: int, epoch: str) -> int:
        """Reads the feed of a branch that is held to its end. Returns how many facts came."""
        reached = self._replica.cursors().get(branch, ANEW)
        if reached == ANEW:
            return 0  # another round is taking it over
        facts = 0
        while True:
            page = link.pull(branch, reached, PAGE)
            if page.epoch != epoch:
                raise EpochChangedError("the centre's epoch changed during a round")
            if page.rows or reached != page.reached or (not page.more and self._is_to_be_ended(branch)):
                self._take(page)
            reached, facts = page.reached, facts + len(page.rows)
            if not page.more:
                return facts

    def _is_to_be_ended(self, branch: int) -> bool:
        """Whether the end of the feed is news although nothing came with it."""
        return branch in self._replica.snapshots() or self._replica.has_unsettled()

    def _take(self, page: FeedPage) -> None:
        with self._replica.writing() as writing:
            writing.store(page.rows)
            writing.advance(page.branch, page.epoch, page.reached)
            if not page.more:
                # Not before: a row that was written again stands further on in the feed than what was decided with
                # it. In between, what pending commands touched stays as they left it.
                writing.end_snapshot(page.branch)
                writing.settle()
                self._rebase(writing)

    def _rebase(self, writing: W) -> None:
        """Lays what is still pending on top of what the centre says now, in the order it was given. What no longer
        goes waits for the centre's word on it: only the centre refuses."""
        writing.undo_provisional()
        for command in writing.undecided():
            outcome = self._decide_again(writing, command)
            if outcome.accepted:
                writing.apply(outcome)
        writing.recount_pending()

    def _enter_epoch(self, scope: Scope) -> None:
        if self._replica.epoch() != scope.epoch:
            with self._replica.writing() as writing:
                writing.begin_epoch(scope.epoch)

    def _leave_what_is_out_of(self, scope: Scope) -> None:
        left = [branch for branch in self._replica.cursors() if branch not in scope.branches]
        if left:
            with self._replica.writing() as writing:
                for branch in left:
                    writing.leave(branch)
                self._rebase(writing)

    def _fetch_papers(self, link: CentreLink) -> tuple[int, tuple[str, ...]]:
        fetched, damaged, asked = 0, list[str](), set[str]()
        while missing := [one for one in self._replica.missing_papers(PAPERS + len(asked)) if one not in asked]:
            asked.update(missing)
            came: dict[str, bytes] = {}
            try:
                for digest in missing:
                    data = link.fetch_paper(digest)
                    if data is not None and hashlib.sha256(data).hexdigest() != digest:
                        damaged.append(digest)
                    elif data is not None:
                        came[digest] = data
            finally:
                # One transaction for several, as each waits for the disk; what came before the line broke is kept.
                if came:
                    with self._replica.writing() as writing:
                        for digest, data in came.items():
                            writing.keep_paper(digest, data)
            asked.difference_update(came)
            fetched += len(came)
        return fetched, tuple(damaged)
