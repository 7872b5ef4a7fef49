"""Cuts the power at moments of a tape, and judges what is left: each cut made of its seed alone."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

import structlog

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.storage.drafts import StoreDrafts
from tests.domain.builders import NOW
from tests.power.disk import Disk, Harm
from tests.power.planted import PLANTED, SHIPPED
from tests.power.promise import Promise
from tests.power.recorded_store import RecordedStore, state_of
from tests.power.recorder import recording
from tests.power.session import STEPS, centre_of, record
from tests.power.tape import Call, DraftAcknowledged, StoreBegins, Tape
from tests.power.verdict import Verdict, judge
from tests.store_key import STORE_KEY
from tests.torture.beginning import in_memory

SECOND_CUTS = 0.25
"""So many find the power cut once more, while what the first left is opened and worked with."""
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Cut:
    """What came of one cut. `moment` is how many calls and marks of the tape had passed; `dropped` and `torn` are the
    writes that it took away."""

    seed: int
    moment: int
    again: bool
    dropped: int
    torn: int
    verdict: Verdict


def record_apart(folder: Path, planted: str = "", steps: int = STEPS) -> Path:
    """Records in a process of its own, where the order of sets is the same each time. Returns the tape's file."""
    file = folder / f"{planted or 'shipped'}.tape"
    command = [sys.executable, "-m", "tests.power.cuts", str(file), planted, str(steps)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "0"})
    return file


def read_tape(file: Path) -> Tape:
    """A tape that was recorded here."""
    tape: Tape = pickle.loads(file.read_bytes())
    return tape


def moment_of(seed: int, tape: Tape) -> int:
    """Not before there is a store."""
    (first, *_) = (at for at, one in enumerate(tape.entries, 1) if isinstance(one, StoreBegins))
    return Random(seed).randint(first, len(tape.entries))


def be_quiet() -> None:
    """What a store that a bug has damaged says is judged, not read."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def cut_all(file: Path, seeds: Iterable[int], processes: int = 2) -> Iterator[Cut]:
    """In no order."""
    tape = read_tape(file)
    planned = sorted((moment_of(seed, tape), seed) for seed in seeds)
    parts = [planned[at : at + _AT_ONCE] for at in range(0, len(planned), _AT_ONCE)]
    if processes == 1:
        for part in parts:
            yield from _cut_some(tape, part)
        return
    with multiprocessing.get_context("spawn").Pool(processes, be_quiet) as pool:
        for done in pool.imap_unordered(_Part(file), parts):
            yield from done


@cache
def _tape_at(file: Path) -> Tape:
    return read_tape(file)


@dataclass(frozen=True, slots=True)
class _Part:
    file: Path

    def __call__(self, planned: list[tuple[int, int]]) -> list[Cut]:
        return list(_cut_some(_tape_at(self.file), planned))


def _cut_some(tape: Tape, planned: list[tuple[int, int]]) -> Iterator[Cut]:
    """`planned` are moments, in their order, each with its seed."""
    disk, promise, passed = Disk(), Promise(), 0
    for moment, seed in planned:
        _play(tape, passed, moment, disk, promise)
        passed = moment
        yield _cut(tape, moment, seed, disk, promise)


def _play(tape: Tape, start: int, end: int, disk: Disk, promise: Promise) -> None:
    for one in tape.entries[start:end]:
        if isinstance(one, Call):
            disk.take(one)
        else:
            promise.take(one, tape)


def _cut(tape: Tape, moment: int, seed: int, disk: Disk, promise: Promise) -> Cut:
    chance = Random(f"cut {seed}")
    image, harm = disk.after_cut(chance)
    centre = centre_of(tape, promise.centre) if promise.centre is not None else None
    again = chance.random() < SECOND_CUTS
    if again:
        try:
            image, promise, more = _cut_again(image, promise, chance)
        except Exception as why:  # noqa: BLE001 - it could not be worked with
            return Cut(seed, moment, again, harm.dropped, harm.torn, Verdict(unopenable=[repr(why)]))
        harm.dropped, harm.torn = harm.dropped + more.dropped, harm.torn + more.torn
    with _folder_with(image, chance) as folder:
        return Cut(seed, moment, again, harm.dropped, harm.torn, judge(folder, promise, centre))


def _cut_again(
    image: Mapping[str, bytes], promise: Promise, chance: Random
) -> tuple[Mapping[str, bytes], Promise, Harm]:
    """The power comes back, somebody opens the store and types, and it goes again at any moment of that."""
    tape, promise = Tape(), promise.copy()
    with _folder_with(image, chance) as folder, recording(folder, tape):
        store = RecordedStore.open(folder / promise.file, STORE_KEY)
        try:
            opened = len(tape.entries)
            with store.glancing() as driver:
                stood = state_of(driver)
            store.tape = tape
            for at in range(chance.randrange(4)):
                fields = {"typed": f"{at} " * chance.randrange(2000)}
                StoreDrafts(store).save(FormDraft("again", "new:again", NOW + timedelta(seconds=at), fields))
                tape.entries.append(DraftAcknowledged("again", "new:again", fields))
        finally:
            store.close()
    disk, moment = Disk(image), chance.randint(0, len(tape.entries))
    if moment > opened and stood in promise.states:
        # Whoever read it was told so.
        promise.states = (stood,)
    _play(tape, 0, moment, disk, promise)
    image, harm = disk.after_cut(chance)
    return image, promise, harm


@contextmanager
def _folder_with(image: Mapping[str, bytes], chance: Random) -> Iterator[Path]:
    """The files as the cut left them; what shares memory is never synced and may hold anything."""
    with tempfile.TemporaryDirectory(prefix="tajzia-power-", dir=in_memory()) as name:
        folder = Path(name)
        for file, content in image.items():
            (folder / file).write_bytes(content)
            if chance.random() < 0.3:
                (folder / f"{file}-shm").write_bytes(chance.randbytes(32768))
        yield folder


def _record_into(file: Path, planted: str, steps: int) -> None:
    with tempfile.TemporaryDirectory(prefix="tajzia-power-", dir=in_memory()) as name:
        tape = record(Path(name), PLANTED[planted] if planted else SHIPPED, steps)
    file.write_bytes(pickle.dumps(tape))


if __name__ == "__main__":
    _record_into(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
