"""Power cuts: nothing that was acknowledged is lost, and a store that syncs less is found out."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.power.cuts import Morning, cut, record_morning
from tests.power.disk import SECTOR, Disk
from tests.power.session import COMMAND, less_careful


@pytest.fixture(scope="module")
def morning() -> Morning:
    return record_morning()


def test_the_recording_holds_what_the_store_asked_of_the_disk(morning: Morning) -> None:
    asked = morning.recording.asked
    disk = Disk()
    for one in asked:
        one.carry_out(disk)
    # It was closed in good order: one file, all of it synced, and encrypted from its first byte.
    assert list(disk.named) == ["K1.db"]
    assert disk.uncertain == 0
    assert b"SQLite format" not in disk.named["K1.db"].certain[:16]
    told = [one.name for one in asked if one.kind == "done" and one.name.startswith(COMMAND)]
    assert len(told) == len(morning.commands) >= 80
    # More than one checkpoint: the WAL was begun anew while there was work.
    assert sum(1 for one in asked if one.kind == "write" and one.name == "K1.db-wal" and one.at == 0) >= 3


def test_no_power_cut_loses_what_was_acknowledged(morning: Morning) -> None:
    found = cut(morning, 150, seed=1)
    assert found.well, found.told
    assert found.cuts == 150
    assert found.writes_at_stake > 1000


@pytest.mark.long
def test_two_thousand_power_cuts_lose_nothing(morning: Morning) -> None:
    found = cut(morning, 2000, seed=2)
    assert found.well, found.told


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_a_store_that_syncs_less_is_found_out(synchronous: str) -> None:
    with less_careful(synchronous):
        careless = record_morning()
    assert cut(careless, 40, seed=1).lost > 20


def test_what_was_synced_is_certain_and_the_rest_is_anything(tmp_path: Path) -> None:
    disk = Disk()
    disk.create("f")
    disk.write("f", 0, b"a" * 2 * SECTOR)
    disk.sync("f")
    disk.sync_folder()
    disk.write("f", SECTOR, b"b" * SECTOR)
    disk.truncate("f", 3 * SECTOR)
    seen = set()
    for seed in range(200):
        disk.after_a_cut(tmp_path, Random(seed))
        found = (tmp_path / "f").read_bytes()
        assert found.startswith(b"a" * SECTOR)
        seen.add(found[SECTOR:])
    sectors = (b"a" * SECTOR, b"b" * SECTOR)
    assert seen == {*sectors, *(one + bytes(SECTOR) for one in sectors)}


def test_a_write_is_torn_between_sectors_alone(tmp_path: Path) -> None:
    disk = Disk()
    disk.create("f")
    disk.sync_folder()
    disk.write("f", 100, b"x" * 1000)
    shapes = set()
    for seed in range(200):
        disk.after_a_cut(tmp_path, Random(seed))
        found = (tmp_path / "f").read_bytes().ljust(1100, b"\0")
        edges = [at for at in range(1, 1100) if found[at] != found[at - 1]]
        assert set(edges) <= {100, 512, 1024}
        shapes.add(tuple(edges))
    assert len(shapes) > 4


def test_a_name_is_certain_once_its_folder_was_synced(tmp_path: Path) -> None:
    disk = Disk()
    disk.create("f")
    outcomes = set()
    for seed in range(40):
        folder = tmp_path / str(seed)
        folder.mkdir()
        disk.after_a_cut(folder, Random(seed))
        outcomes.add((folder / "f").exists())
    assert outcomes == {True, False}
    disk.sync_folder()
    disk.after_a_cut(tmp_path, Random(1))
    assert (tmp_path / "f").exists()
