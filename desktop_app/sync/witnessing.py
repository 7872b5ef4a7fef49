"""This device as a witness of the centre's audit chains: what it has seen once cannot be written anew unnoticed.

Of each branch that it follows it keeps the signed heads it has seen, and every entry from the first of them on. Each
new head must follow upon what is kept. After a restore of the centre from a backup the chain goes on under a new epoch
and says so; whatever else disagrees is told on the page of the synchronisation, and what was seen is kept as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog

from desktop_app.sync.replica import Replica, Writing
from desktop_app.wire.audit import Entry, Head, SignedHead, proved_head, record_of
from desktop_app.wire.audit_check import Anchor, ChainCheck, Known
from desktop_app.wire.audit_findings import Finding, Wrong
from desktop_app.wire.codec import MalformedError

if TYPE_CHECKING:
    from desktop_app.sync.centre_link import CentreLink, Scope

_log = structlog.get_logger(__name__)

W = TypeVar("W", bound=Writing)

PAGE = 200


@dataclass(slots=True)
class Witnessing(Generic[W]):
    replica: Replica[W]

    def follow(self, link: CentreLink, scope: Scope) -> tuple[Finding, ...]:
        """Takes over what was signed since the last time; returns what disagrees. Raises as a round does."""
        found: list[Finding] = []
        for signed in link.audit_heads():
            finding = self._take(link, scope, signed)
            if finding is not None:
                found.append(finding)
                _log.error(
                    "the centre's history disagrees with what this device has seen",
                    wrong=finding.wrong.value, branch=finding.branch, position=finding.position,
                )  # fmt: skip
        return tuple(found)

    def _take(self, link: CentreLink, scope: Scope, signed: SignedHead) -> Finding | None:
        chains = self.replica.chains
        key = chains.key()
        head = proved_head(signed, key or signed.key)
        if head is None:
            return Finding(Wrong.SIGNATURE, -1, 0)
        if head.branch not in scope.branches or chains.knows(head):
            return None
        if key is None:
            # The first that this device sees; from now on every head must be signed with it.
            with self.replica.writing() as writing:
                writing.keep_audit_key(signed.key)
        tip, reached = chains.tip(head.branch), Anchor(head.position, bytes.fromhex(head.hash))
        if tip is None or tip.position < head.position:
            finding = self._lengthen(link, head, tip or reached)
        else:
            finding = None if chains.hash_at(head.branch, head.position) == reached.hash else _other(head)
        if finding is not None:
            return self._go_on_after_restore(link, head, signed)
        with self.replica.writing() as writing:
            if tip is None:
                writing.begin_chain(head.branch, reached)
            writing.keep_head(head, signed)
        return None

    def _lengthen(self, link: CentreLink, head: Head, after: Anchor) -> Finding | None:
        """Takes over the entries behind `after` up to the head, if they lead there."""
        known = {head.position: (Known(head.epoch, bytes.fromhex(head.hash)),)}
        check = ChainCheck(head.branch, after, known)
        entries = _upto(_pages(link, head.branch, after.position), head.position)
        fresh = [entry for entry, _ in check.checked(entries)] if after.position < head.position else []
        if check.finding is None and fresh:
            with self.replica.writing() as writing:
                writing.take_entries_back(head.branch, after.position)
                writing.keep_entries(fresh)
        return check.finding

    def _go_on_after_restore(self, link: CentreLink, head: Head, signed: SignedHead) -> Finding | None:
        """Where the centre's chain parts from the one that was seen, it must say that a new epoch began."""
        branch, chains = head.branch, self.replica.chains
        start = chains.start(branch)
        assert start is not None
        last = Anchor(start.position - 1, b"")
        parted: Entry | None = None
        for entry in _upto(_pages(link, branch, last.position), head.position):
            if chains.hash_at(branch, entry.position) != entry.hash:
                parted = entry
                break
            last = Anchor(entry.position, entry.hash)
        if last.position < start.position:
            return self._begin_again(link, head, signed, start)
        if parted is None:
            return Finding(Wrong.MISSING, branch, last.position + 1)
        if not self._says_restore(parted):
            return Finding(Wrong.REWRITTEN, branch, parted.position, parted.command_id)
        finding = self._lengthen(link, head, last)
        if finding is None:
            with self.replica.writing() as writing:
                writing.keep_head(head, signed)
            _log.warning("the centre was restored from a backup", branch=branch, position=parted.position)
        return finding

    def _begin_again(self, link: CentreLink, head: Head, signed: SignedHead, start: Anchor) -> Finding | None:
        """The chain parts before the place where this device began to follow it: what stood there is not known here,
        but a restore must be told of."""
        last = min(head.position, start.position)
        restored = next((one for one in _upto(_pages(link, head.branch, 0), last) if self._says_restore(one)), None)
        if restored is None:
            return Finding(Wrong.REWRITTEN, head.branch, start.position)
        with self.replica.writing() as writing:
            writing.begin_chain(head.branch, Anchor(head.position, bytes.fromhex(head.hash)))
            writing.keep_head(head, signed)
        _log.warning("the centre was restored from a backup", branch=head.branch, position=restored.position)
        return None

    def _says_restore(self, entry: Entry) -> bool:
        """Whether it begins a new epoch, after one that this device has seen heads of."""
        try:
            cause = record_of(entry).cause
        except MalformedError:
            return False
        return bool(cause.epoch_before) and cause.epoch_before in self.replica.chains.epochs(entry.branch)


def _other(head: Head) -> Finding:
    return Finding(Wrong.REWRITTEN, head.branch, head.position)


def _pages(link: CentreLink, branch: int, after: int) -> Iterator[Entry]:
    while page := link.audit_page(branch, after, PAGE):
        yield from page
        after = page[-1].position


def _upto(entries: Iterable[Entry], last: int) -> Iterator[Entry]:
    for entry in entries:
        if entry.position > last:
            return
        yield entry
        if entry.position == last:
            return
