"""No power cut loses what was acknowledged, the recording is what the system was asked for, and bugs are found."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from desktop_app.storage.opening import driver
from tests.power import __main__ as command
from tests.power.cuts import Cut, cut_all, read_tape, record_apart
from tests.power.disk import Disk
from tests.power.planted import PLANTED
from tests.power.recorder import Recorder, recording
from tests.power.session import DESK, OLDER
from tests.power.tape import (
    Call,
    CommandAcknowledged,
    DraftAcknowledged,
    FolderSynced,
    Made,
    Resized,
    StoreBegins,
    Synced,
    Tape,
    Written,
)

USUAL, ALL = 60, 2000
SHORT = 120
"""Steps that show every planted bug within so many cuts:"""
ENOUGH_TO_FIND = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tapes")


@pytest.fixture(scope="module")
def file(folder: Path) -> Path:
    return record_apart(folder)


def _failures(cuts: Iterable[Cut]) -> list[tuple[int, list[str]]]:
    return [(cut.seed, cut.verdict.told()) for cut in cuts if not cut.verdict.well]


def test_the_recording_shows_all_that_was_done_to_the_files(file: Path) -> None:
    tape, disk = read_tape(file), Disk()
    for one in tape.entries:
        if isinstance(one, Call):
            disk.take(one)
    assert set(tape.files) == {OLDER, DESK}
    assert disk.undisturbed() == tape.files


def test_the_recording_has_all_that_matters_to_a_cut(file: Path) -> None:
    tape = read_tape(file)
    kinds = Counter(type(one) for one in tape.entries)
    assert tape.writes > 20_000
    assert kinds[CommandAcknowledged] > 150
    assert kinds[DraftAcknowledged] > 50
    # Each transaction and each checkpoint is synced; every WAL gets its name for good.
    assert kinds[Synced] > 700
    assert kinds[FolderSynced] >= 6
    begun = Counter(
        one.file for one in tape.entries if isinstance(one, Written) and (one.offset, len(one.data)) == (0, 32)
    )
    assert sum(count - 1 for count in begun.values()) >= 5, "the WAL was never begun anew"
    assert sum(isinstance(one, Resized) for one in tape.entries) >= 3
    assert [one.name for one in tape.entries if isinstance(one, StoreBegins)] == [OLDER, DESK]
    assert kinds[Made] > 6


def test_no_power_cut_loses_what_was_acknowledged(file: Path) -> None:
    cuts = list(cut_all(file, range(1, USUAL + 1)))
    assert len(cuts) == USUAL
    assert _failures(cuts) == []
    assert sum(cut.dropped for cut in cuts) > 100
    assert sum(cut.torn for cut in cuts) > 100
    assert any(cut.again for cut in cuts)


@pytest.mark.long
def test_no_power_cut_of_two_thousand_others_loses_what_was_acknowledged(file: Path) -> None:
    assert _failures(cut_all(file, range(10_001, 10_001 + ALL))) == []


@pytest.mark.parametrize(
    ("planted", "shown_as"),
    [
        ("synchronous=NORMAL", "lost"),
        ("synchronous=OFF", "lost"),
        ("synchronous=OFF", "unopenable"),
        ("an acknowledgement before the commit", "lost"),
        pytest.param("a cursor without its page", "torn", marks=pytest.mark.expects_log("not what the centre holds")),
        ("names that are never synced", "lost"),
    ],
)
def test_each_planted_bug_is_found(planted: str, shown_as: str, folder: Path) -> None:
    file = folder / f"{planted}.tape"
    if not file.exists():
        record_apart(folder, planted, SHORT)
    cuts = cut_all(file, range(1, ENOUGH_TO_FIND + 1), processes=1)
    assert any(getattr(cut.verdict, shown_as) for cut in cuts)


def test_every_planted_bug_has_its_test() -> None:
    (mark,) = (one for one in test_each_planted_bug_is_found.pytestmark if one.name == "parametrize")  # type: ignore[attr-defined]
    assert {getattr(one, "values", one)[0] for one in mark.args[1]} == PLANTED.keys()


def test_the_same_calls_are_recorded_in_every_run(folder: Path) -> None:
    first = read_tape(record_apart(folder, steps=20)).shape()
    assert read_tape(record_apart(folder, steps=20)).shape() == first


def test_a_seed_replays_alone(folder: Path) -> None:
    file = record_apart(folder, "synchronous=NORMAL", SHORT)
    among_others = {cut.seed: cut for cut in cut_all(file, range(1, 13), processes=1)}
    assert list(cut_all(file, [7], processes=1)) == [among_others[7]]


def test_what_a_recording_would_not_show_is_told(tmp_path: Path) -> None:
    """Such as a file that is written through memory."""
    file = tmp_path / "a.db"
    recorder = Recorder(tmp_path, Tape())
    descriptor = recorder.call("open", os.open, os.fsencode(file), os.O_RDWR | os.O_CREAT, 0o600)
    readable, writable, shared = 1, 3, 1
    assert recorder.call("mmap", _maps, 0, 4096, readable, shared, descriptor, 0) == 0
    assert recorder.call("mmap", _maps, 0, 4096, writable, shared, descriptor, 0) == -1
    assert recorder.call("fallocate", _maps, descriptor, 0, 0, 4096) == -1
    assert [str(one) for one in recorder.trouble] == ["mmap for writing", "fallocate"]
    assert recorder.call("close", _closes, descriptor) == 0


def _maps(*_: int) -> int:
    return 0


def _closes(descriptor: int) -> int:
    os.close(descriptor)
    return 0


def test_nothing_is_recorded_any_more_afterwards(tmp_path: Path) -> None:
    tape = Tape()
    with recording(tmp_path, tape):
        pass
    connection = driver.connect(tmp_path / "a.db")
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    assert os.listdir(tmp_path) == ["a.db"]
    assert tape.entries == []


def test_the_command_tells_figures_and_fails_when_anything_is_lost(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "record_apart", partial(record_apart, steps=SHORT))
    assert command.main(["--json", "--cuts", "3", "--processes", "1", "--planted", "synchronous=OFF"]) == 1
    told = capsys.readouterr()
    assert "dev.py powercut --cuts 1 --seed" in told.err
    assert list(json.loads(told.out)) == ["cuts", "writes", "syncs", "lost", "unopenable", "torn", "seed"]
