"""One pass over one branch's chain: nothing is kept but the last entries, however long the chain is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop_app.application.auditing.findings import Finding, Wrong
from desktop_app.wire.audit import GENESIS, Entry, Record, entry_hash, record_of
from desktop_app.wire.codec import MalformedError


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a chain that is known from elsewhere: its hash after `position` entries."""

    position: int = 0
    hash: bytes = GENESIS


@dataclass(slots=True)
class ChainCheck:
    """`known` are hashes that signed heads (or what was seen before) say of positions; `end` is where the chain is said
    to end. Iterate `checked` to its end, then look at `finding`; `last` is the last entry that fitted."""

    branch: int
    start: Anchor = Anchor()
    known: Mapping[int, bytes] = field(default_factory=dict)
    end: Anchor | None = None
    finding: Finding | None = None
    last: Anchor = field(init=False)
    _agreed: int = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.start
        self._agreed = self.start.position

    def checked(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Record]]:
        """Every entry that fits, in order, until one does not. `entries` come in the order of their positions."""
        before: Entry | None = None
        following = iter(entries)
        entry = next(following, None)
        while entry is not None:
            ahead = next(following, None)
            record = _record(entry)
            self.finding = self._look_at(before, entry, record, ahead)
            if self.finding is not None:
                return
            assert record is not None
            self.last, before = Anchor(entry.position, entry.hash), entry
            if self.known.get(entry.position) == entry.hash:
                self._agreed = entry.position
            yield entry, record
            entry = ahead
        self.finding = self._look_at_the_end(before)

    def _look_at(
        self, before: Entry | None, entry: Entry, record: Record | None, ahead: Entry | None
    ) -> Finding | None:
        place = self.last.position + 1
        if entry.position != place:
            return self._say(Wrong.MISSING, place)
        if record is None or entry_hash(entry.previous, entry.record) != entry.hash:
            return self._say(Wrong.CHANGED, place, entry)
        if record.position != place or record.branch != self.branch:
            # Where an entry was slipped in and all behind it moved on, the one before is the intruder.
            if before is not None and record.branch == self.branch and record.position == place - 1:
                twins = entry.hash == before.hash
                return self._say(Wrong.FOREIGN, place if twins else place - 1, entry if twins else before)
            return self._say(Wrong.OUT_OF_PLACE, place, entry)
        if record.cause.command_id != entry.command_id:
            return self._say(Wrong.CHANGED, place, entry)
        if entry.previous != self.last.hash:
            # One of two was changed together with its hash. What follows upon this one says which.
            trusted = ahead.previous if ahead is not None else self.end.hash if self.end is not None else b""
            if before is not None and trusted == entry.hash:
                return self._say(Wrong.CHANGED, place - 1, before)
            return self._say(Wrong.CHANGED, place, entry)
        if self.known.get(place, entry.hash) != entry.hash:
            return self._say(Wrong.REWRITTEN, self._agreed + 1, entry if self._agreed + 1 == place else None)
        return None

    def _look_at_the_end(self, before: Entry | None) -> Finding | None:
        longest = max((position for position in self.known if position > self.start.position), default=0)
        if self.end is not None:
            if self.end.position < self.last.position:
                return self._say(Wrong.FOREIGN, self.end.position + 1)
            longest = max(longest, self.end.position)
        if longest > self.last.position:
            return self._say(Wrong.MISSING, self.last.position + 1)
        if self.end is not None and self.end.hash != self.last.hash:
            return self._say(Wrong.CHANGED, self.last.position, before)
        return None

    def _say(self, wrong: Wrong, position: int, entry: Entry | None = None) -> Finding:
        return Finding(wrong, self.branch, position, entry.command_id if entry is not None else "")


def _record(entry: Entry) -> Record | None:
    try:
        return record_of(entry)
    except MalformedError:
        return None
