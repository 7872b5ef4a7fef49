"""Cuts the power over and over at moments of one recorded morning, and looks at what the store is afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from desktop_app.storage.store import Store
from tests.power.disk import Disk
from tests.power.recording import Recording
from tests.power.session import COMMAND, REFERENCE, STORE, record
from tests.store_key import STORE_KEY

_COMMANDS = "SELECT sequence, id, payload FROM command ORDER BY sequence"
_HALF = "SELECT count(*) FROM command LEFT JOIN event ON event.id = command.id WHERE event.id IS NULL"
_TAKEN = "SELECT next FROM series WHERE name = 'references'"


@dataclass(slots=True)
class Found:
    """What so many cuts came to. All but the first two are to stay 0."""

    cuts: int = 0
    writes_at_stake: int = 0
    lost: int = 0
    damaged: int = 0
    half_done: int = 0
    unusable: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        return not (self.lost or self.damaged or self.half_done or self.unusable)


@dataclass(frozen=True, slots=True)
class Morning:
    """A recording, and the commands as they stand at its end."""

    recording: Recording
    commands: dict[int, tuple[str, bytes]]


def record_morning() -> Morning:
    with tempfile.TemporaryDirectory(prefix="tajzia-power-") as folder:
        recording = record(Path(folder))
        store = Store.open(Path(folder) / STORE, STORE_KEY)
        try:
            return Morning(recording, _commands_in(store))
        finally:
            store.close()


def cut(morning: Morning, cuts: int, seed: int) -> Found:
    """Cuts the power `cuts` times, each at a moment and with an outcome that `seed` chooses."""
    found = Found()
    chance = Random(seed)
    asked = morning.recording.asked
    moments = sorted(chance.choices(range(len(asked) + 1), k=cuts))
    disk, commands, reference = Disk(), 0, 0
    passed = 0
    for number, moment in enumerate(moments):
        for one in asked[passed:moment]:
            one.carry_out(disk)
            if one.kind == "done":
                what, said = one.name.split()
                if what == COMMAND:
                    commands = int(said)
                elif what == REFERENCE:
                    reference = int(said.rpartition("-")[2])
        passed = moment
        found.cuts += 1
        found.writes_at_stake += disk.uncertain
        with tempfile.TemporaryDirectory(prefix="tajzia-power-") as folder:
            disk.after_a_cut(Path(folder), Random(f"{seed} {number}"))
            for kind, why in _looked_at(Path(folder) / STORE, morning, commands, reference):
                setattr(found, kind, getattr(found, kind) + 1)
                found.told.append(f"cut {number} (seed {seed}), after {moment} calls: {kind}: {why}")
    return found


def _looked_at(file: Path, morning: Morning, commands: int, reference: int) -> Iterator[tuple[str, str]]:
    """Opens the store as the program does at its next start."""
    try:
        store = Store.open(file, STORE_KEY)
    except Exception as why:  # noqa: BLE001 - whatever it is, the store cannot be used
        yield "unusable", repr(why)
        return
    try:
        yield from _whole(store, ("integrity_check", "foreign_key_check"))
        stand = _commands_in(store)
        for sequence in range(1, commands + 1):
            if stand.get(sequence) != morning.commands[sequence]:
                yield "lost", f"command {sequence} of {commands}"
        for sequence in stand.keys() - range(1, commands + 1):
            if stand[sequence] != morning.commands.get(sequence):
                yield "half_done", f"command {sequence} is not as it was given"
        with store.writing() as writes:
            if (number := writes.take_from_series("references")) <= reference:
                yield "lost", f"reference {number} is given a second time"
    except Exception as why:  # noqa: BLE001 - likewise
        yield "damaged", repr(why)
    finally:
        store.close()
    # What that start left in the file alone: the check looks at every page of it, and past the WAL.
    again = Store.open(file, STORE_KEY)
    try:
        yield from _whole(again, ("cipher_integrity_check",))
    finally:
        again.close()


def _whole(store: Store, checks: Sequence[str]) -> Iterator[tuple[str, str]]:
    with store.reading() as reads:
        driver = reads.driver
        for check in checks:
            said = [row for row in driver.execute(f"PRAGMA {check}").fetchall() if row != ("ok",)]
            if said:
                yield "damaged", f"{check}: {said[:3]}"
        if half := driver.execute(_HALF).fetchone()[0]:
            yield "half_done", f"{half} commands without what they did"


def _commands_in(store: Store) -> dict[int, tuple[str, bytes]]:
    with store.reading() as reads:
        return {sequence: (name, payload) for sequence, name, payload in reads.driver.execute(_COMMANDS)}
