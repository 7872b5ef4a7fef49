"""Bugs that a careful store must not have, put in on purpose: the cuts must find each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.engine import Engine
from tests.power.tape import Call, FolderSynced, Mark, Tape
from tests.torture.planted_deeper import CursorFirstEngine


def _as_recorded(tape: Tape) -> Tape:
    return tape


def _without_folder_syncs(tape: Tape) -> Tape:
    kept: list[Call | Mark] = [one for one in tape.entries if not isinstance(one, FolderSynced)]
    return Tape(kept, tape.states, tape.centres, tape.files)


@dataclass(frozen=True, slots=True)
class Planted:
    """What is other than shipped: `PRAGMA synchronous`, when commands are acknowledged, the engine, the disk."""

    synchronous: str = ""
    hasty: bool = False
    engine: Callable[..., Engine[ReplicaWrites]] = Engine
    disk: Callable[[Tape], Tape] = _as_recorded


SHIPPED = Planted()
PLANTED: dict[str, Planted] = {
    "synchronous=NORMAL": Planted(synchronous="NORMAL"),
    "synchronous=OFF": Planted(synchronous="OFF"),
    "an acknowledgement before the commit": Planted(hasty=True),
    "a cursor without its page": Planted(engine=CursorFirstEngine),
    "names that are never synced": Planted(disk=_without_folder_syncs),
}
