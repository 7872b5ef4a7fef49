"""One pass over one branch's chain: nothing is kept but the last entries, however long the chain is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.wire.audit import GENESIS, Entry, Record, entry_hash, record_of
from desktop_app.wire.audit_findings import Finding, Wrong
from desktop_app.wire.codec import MalformedError


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a chain that is known from elsewhere: its hash after `position` entries."""

    position: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True)
class Known:
    """What a signed head, or what was seen before, says of a position: its hash, in which epoch of the centre."""

    epoch: str
    hash: bytes


@dataclass(slots=True)
class ChainCheck:
    """`known` is by position; `end` is where the chain is said to end. Iterate `checked` to its end, then look at
    `finding`; `last` is the last entry that fitted.

    A centre that was restored from a backup goes on under a new epoch, and says so in an entry. What is known of
    later positions of the epoch before was taken back by that restore: `restored` tells of it (see `AuditReport`).
    """

    branch: int
    start: Anchor = Anchor()
    known: Mapping[int, Sequence[Known]] = field(default_factory=dict)
    end: Anchor | None = None
    finding: Finding | None = None
    last: Anchor = field(init=False)
    restored: list[tuple[int, int, int]] = field(default_factory=list)
    _agreed: int = field(init=False)
    _ended: dict[str, int] = field(default_factory=dict)

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
            if record is not None and record.cause.epoch_before:
                self._goes_on(record)
            self.finding = self._look_at(before, entry, record, ahead)
            if self.finding is not None:
                return
            assert record is not None
            self.last, before = Anchor(entry.position, entry.hash), entry
            if any(one.hash == entry.hash for one in self.known.get(entry.position, ())):
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
        if any(one.hash != entry.hash for one in self._holding_at(place)):
            return self._say(Wrong.REWRITTEN, self._agreed + 1, entry if self._agreed + 1 == place else None)
        return None

    def _look_at_the_end(self, before: Entry | None) -> Finding | None:
        later = (place for place in self.known if place > self.start.position and self._holding_at(place))
        longest = max(later, default=0)
        if self.end is not None:
            if self.end.position < self.last.position:
                return self._say(Wrong.FOREIGN, self.end.position + 1)
            longest = max(longest, self.end.position)
        if longest > self.last.position:
            return self._say(Wrong.MISSING, self.last.position + 1)
        if self.end is not None and self.end.hash != self.last.hash:
            return self._say(Wrong.CHANGED, self.last.position, before)
        return None

    def _holding_at(self, place: int) -> Sequence[Known]:
        """What is known of a position and was not taken back."""
        return [one for one in self.known.get(place, ()) if place < self._ended.get(one.epoch, place + 1)]

    def _goes_on(self, record: Record) -> None:
        ended, at = record.cause.epoch_before, record.position
        self._ended.setdefault(ended, at)
        known = [place for place, ones in self.known.items() if any(one.epoch == ended for one in ones)]
        self.restored.append((self.branch, at, max(0, max(known, default=0) - at + 1)))

    def _say(self, wrong: Wrong, position: int, entry: Entry | None = None) -> Finding:
        return Finding(wrong, self.branch, position, entry.command_id if entry is not None else "")


def _record(entry: Entry) -> Record | None:
    try:
        return record_of(entry)
    except MalformedError:
        return None
