"""What a program asked of the disk, call by call, and what it had told its user by then."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

Draft = tuple[str, str, tuple[tuple[str, str], ...]]
"""Form, key, and what was typed."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new, empty file has got a name."""

    name: str
    file: int


@dataclass(frozen=True, slots=True)
class Removed:
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    name: str
    to: str


@dataclass(frozen=True, slots=True)
class Written:
    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """The system has said that all of the file lies on the disk."""

    file: int


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """The system has said that the names in the folder lie on the disk."""


Call = Made | Removed | Moved | Written | Resized | Synced | FolderSynced


@dataclass(frozen=True, slots=True)
class Begun:
    """A transaction is about to be committed; `state` is what the store then says of itself."""

    state: int


@dataclass(frozen=True, slots=True)
class Committed:
    """Whoever wrote it was told that it is stored."""

    state: int


@dataclass(frozen=True, slots=True)
class CommandAcknowledged:
    """Whoever gave the command was told that it is stored."""

    command_id: str
    payload: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class DraftAcknowledged:
    """Whoever typed was told that it is stored (`fields` None: that it is discarded)."""

    form: str
    key: str
    fields: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class CentreStands:
    """The centre holds and has decided what it did then: `Tape.centres[at]`."""

    at: int


@dataclass(frozen=True, slots=True)
class StoreBegins:
    """From here on it is about this file."""

    name: str
    state: int


Mark = Begun | Committed | CommandAcknowledged | DraftAcknowledged | CentreStands | StoreBegins


@dataclass(slots=True)
class Tape:
    """`states` are what a store says of itself, by the numbers in the marks; `centres` are pickled."""

    entries: list[Call | Mark] = field(default_factory=list)
    states: list[Hashable] = field(default_factory=list)
    centres: list[bytes] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def writes(self) -> int:
        return sum(isinstance(one, Written) for one in self.entries)

    @property
    def syncs(self) -> int:
        return sum(isinstance(one, Synced | FolderSynced) for one in self.entries)

    def shape(self) -> list[tuple[object, ...]]:
        """The calls without what was written: salts and signatures differ from run to run."""
        return [
            ("written", one.file, one.offset, len(one.data)) if isinstance(one, Written) else (type(one).__name__,)
            for one in self.entries
        ]
