"""What a disk may hold after the power was cut, by what the store asked of it.

Certain is what was synced. Of everything later each write may have arrived, been dropped or been torn at a sector of
512 bytes, whatever became of the writes before it; a file may be longer than what arrived of it, and hold zeros there.
A name that came or went is certain once its folder was synced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Write:
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    size: int


@dataclass(slots=True)
class Inode:
    """A file's bytes: those that are certain, and what was asked for since."""

    certain: bytearray = field(default_factory=bytearray)
    asked: list[Write | Truncate] = field(default_factory=list)

    def sync(self) -> None:
        for one in self.asked:
            _carry_out(self.certain, one)
        self.asked.clear()

    def after_a_cut(self, chance: Random) -> bytes:
        found = bytearray(self.certain)
        # Often all of it or none has arrived; what matters most lies in between.
        arriving = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for one in self.asked:
            fate = chance.random()
            if fate < arriving:
                _carry_out(found, one)
            elif isinstance(one, Write) and fate < arriving + (1 - arriving) / 2:
                for part in torn(one, chance):
                    _carry_out(found, part)
            elif isinstance(one, Write) and chance.random() < 0.2:
                found.extend(bytes(max(0, one.offset + len(one.data) - len(found))))
        return bytes(found)


class Disk:
    """The files of one folder, as their writer asks for them."""

    def __init__(self) -> None:
        self.named: dict[str, Inode] = {}
        self._certain: dict[str, Inode] = {}

    def create(self, name: str) -> None:
        self.named[name] = Inode()

    def write(self, name: str, offset: int, data: bytes) -> None:
        self.named[name].asked.append(Write(offset, data))

    def truncate(self, name: str, size: int) -> None:
        self.named[name].asked.append(Truncate(size))

    def sync(self, name: str) -> None:
        self.named[name].sync()

    def delete(self, name: str) -> None:
        del self.named[name]

    def sync_folder(self) -> None:
        self._certain = dict(self.named)

    @property
    def uncertain(self) -> int:
        """How many writes the power could still take away."""
        return sum(len(one.asked) for one in self.named.values())

    def after_a_cut(self, folder: Path, chance: Random) -> None:
        """Lays into `folder` one of the states that a cut at this moment may leave."""
        for name in sorted({*self.named, *self._certain}):
            inode = chance.choice((self.named.get(name), self._certain.get(name)))
            if inode is not None:
                (folder / name).write_bytes(inode.after_a_cut(chance))


def torn(write: Write, chance: Random) -> Sequence[Write]:
    """The sectors of a write that arrived."""
    first = SECTOR - write.offset % SECTOR
    edges = [0, *range(first, len(write.data), SECTOR), len(write.data)]
    parts = [Write(write.offset + start, write.data[start:end]) for start, end in pairwise(edges) if end > start]
    if chance.random() < 0.5:
        return parts[: chance.randrange(len(parts) + 1)]
    return [part for part in parts if chance.random() < 0.5]


def _carry_out(data: bytearray, one: Write | Truncate) -> None:
    if isinstance(one, Truncate):
        if one.size < len(data):
            del data[one.size :]
        else:
            data.extend(bytes(one.size - len(data)))
        return
    data.extend(bytes(max(0, one.offset - len(data))))
    data[one.offset : one.offset + len(one.data)] = one.data
