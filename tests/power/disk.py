"""A disk as POSIX promises it, and no better: what was not synced may be there, in part, or not at all.

Of the writes since a file's last sync any may survive without those before it, whole or torn at sectors of 512 bytes,
and the file may have grown without what made it grow: it then holds zeros there, or what lay on the disk before. Of the
names in the folder each stands on its own as it was after its last sync or after any later change of it; syncing a file
does not sync its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType

from tests.power.tape import Call, FolderSynced, Made, Moved, Removed, Resized, Synced, Written

SECTOR = 512
_NOBODY = 0


@dataclass(slots=True)
class _File:
    durable: bytearray = field(default_factory=bytearray)
    later: list[Written | Resized] = field(default_factory=list)

    def sync(self) -> None:
        for one in self.later:
            _lay(self.durable, one, None)
        self.later.clear()


@dataclass(slots=True)
class Harm:
    """What a cut did to the calls that had not been synced."""

    dropped: int = 0
    torn: int = 0


class Disk:
    """Takes calls in their order; `after_cut` says what it may hold if the power goes now."""

    def __init__(self, holds: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """`holds` has lain there for long, as files 1, 2, 3 by their names."""
        names = sorted(holds)
        self._files = {number: _File(bytearray(holds[name])) for number, name in enumerate(names, 1)}
        self._names = {name: number for number, name in enumerate(names, 1)}
        self._later: list[tuple[str, int]] = []
        self._now = dict(self._names)

    def take(self, call: Call) -> None:
        match call:
            case Made(name, file):
                self._files[file] = _File()
                self._name(name, file)
            case Removed(name):
                self._name(name, _NOBODY)
            case Moved(name, to):
                self._name(to, self._now[name])
                self._name(name, _NOBODY)
            case Written(file) | Resized(file):
                self._files[file].later.append(call)
            case Synced(file):
                self._files[file].sync()
            case FolderSynced():
                self._names = {name: file for name, file in self._now.items() if file}
                self._later.clear()

    def _name(self, name: str, file: int) -> None:
        self._later.append((name, file))
        self._now[name] = file

    def undisturbed(self) -> Mapping[str, bytes]:
        """What whoever reads now finds, with the power on."""
        return {name: bytes(self._whole(file)) for name, file in self._now.items() if file}

    def _whole(self, file: int) -> bytearray:
        content = bytearray(self._files[file].durable)
        for one in self._files[file].later:
            _lay(content, one, None)
        return content

    def after_cut(self, chance: Random) -> tuple[Mapping[str, bytes], Harm]:
        """One of the many contents that the folder may have."""
        fate, harm = _Fate(chance), Harm()
        candidates: dict[str, list[int]] = {name: [file] for name, file in self._names.items()}
        for name, file in self._later:
            candidates.setdefault(name, [_NOBODY]).append(file)
        image = dict[str, bytes]()
        for name, files in candidates.items():
            file = files[-1] if fate.survives() else chance.choice(files)
            if file:
                image[name] = bytes(self._survivors(self._files[file], fate, harm))
        return image, harm

    def _survivors(self, file: _File, fate: _Fate, harm: Harm) -> bytearray:
        content = bytearray(file.durable)
        for one in file.later:
            if fate.survives():
                _lay(content, one, fate)
            elif isinstance(one, Written) and fate.tears():
                harm.torn += 1
                for piece in _sectors(one):
                    if fate.chance.random() < 0.5:
                        _lay(content, piece, fate)
            else:
                harm.dropped += 1
                if isinstance(one, Written) and fate.grows():
                    _grow(content, one.offset + len(one.data), fate)
        return content


class _Fate:
    """How a cut deals with what was not synced: from nearly all of it gone to nearly all of it there."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._surviving = chance.choice((0.0, 0.1, 0.5, 0.9, 0.99, 1.0))
        self._torn = chance.choice((0.0, 0.3, 1.0))
        self._garbage = chance.random() < 0.5

    def survives(self) -> bool:
        return self.chance.random() < self._surviving

    def tears(self) -> bool:
        return self.chance.random() < self._torn

    def grows(self) -> bool:
        return self.chance.random() < 0.5

    def filling(self, size: int) -> bytes:
        """What stands where nothing was written."""
        return self.chance.randbytes(size) if self._garbage else bytes(size)


def _sectors(written: Written) -> list[Written]:
    """The parts of a write that reach the disk each on its own."""
    pieces, start = list[Written](), 0
    while start < len(written.data):
        end = start + SECTOR - (written.offset + start) % SECTOR
        pieces.append(Written(written.file, written.offset + start, written.data[start:end]))
        start = end
    return pieces


def _lay(content: bytearray, call: Written | Resized, fate: _Fate | None) -> None:
    """`fate` says what fills a gap that a lost write left; without one, none was lost."""
    if isinstance(call, Resized):
        del content[call.size :]
        _grow(content, call.size, None)
        return
    _grow(content, call.offset, fate)
    content[call.offset : call.offset + len(call.data)] = call.data


def _grow(content: bytearray, size: int, fate: _Fate | None) -> None:
    missing = size - len(content)
    if missing > 0:
        content += fate.filling(missing) if fate is not None else bytes(missing)
