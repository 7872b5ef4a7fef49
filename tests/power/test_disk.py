"""The simulated disk keeps what POSIX promises, and nothing that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.power.disk import SECTOR, Disk
from tests.power.tape import Call, FolderSynced, Made, Moved, Removed, Resized, Synced, Written

A, B = b"a" * SECTOR, b"b" * SECTOR


def _images(*calls: Call, holds: dict[str, bytes] | None = None) -> Iterator[dict[str, bytes]]:
    disk = Disk(holds or {})
    for call in calls:
        disk.take(call)
    for seed in range(300):
        yield dict(disk.after_cut(Random(seed))[0])


def test_what_was_synced_is_there_and_of_the_rest_each_sector_is_old_or_new() -> None:
    calls = (Made("f", 1), Written(1, 0, A + A), Synced(1), FolderSynced(), Written(1, 0, B + B))
    assert {image["f"] for image in _images(*calls)} == {A + A, A + B, B + A, B + B}


def test_a_later_write_may_be_there_without_the_one_before() -> None:
    calls = (Written(1, 0, B), Written(1, SECTOR, B))
    assert {image["f"] for image in _images(*calls, holds={"f": A + A})} == {A + A, A + B, B + A, B + B}


def test_a_file_may_have_grown_without_its_content() -> None:
    found = {image["f"] for image in _images(Written(1, SECTOR, B), holds={"f": A})}
    assert {A, A + B, A + bytes(SECTOR)} <= found
    assert any(one.startswith(A) and one[SECTOR:] not in (b"", B, bytes(SECTOR)) for one in found)


def test_a_file_is_cut_short_or_not_until_it_is_synced() -> None:
    assert {image["f"] for image in _images(Resized(1, SECTOR), holds={"f": A + B})} == {A, A + B}
    assert {image["f"] for image in _images(Resized(1, SECTOR), Synced(1), holds={"f": A + B})} == {A}


def test_writes_are_torn_at_sectors_alone() -> None:
    shapes = set()
    for image in _images(Written(1, 100, b"x" * 1000), holds={"f": bytes(1200)}):
        content = image["f"]
        edges = tuple(at for at in range(1, 1200) if content[at] != content[at - 1])
        assert set(edges) <= {100, 512, 1024, 1100}
        shapes.add(edges)
    assert len(shapes) == 8


@pytest.mark.parametrize(
    ("calls", "may_be"),
    [
        ((Made("f", 1), Written(1, 0, A), Synced(1)), [{}, {"f": A}]),
        ((Made("f", 1), Written(1, 0, A), Synced(1), FolderSynced()), [{"f": A}]),
        ((Made("f", 1), FolderSynced(), Removed("f")), [{}, {"f": b""}]),
        ((Made("f", 1), FolderSynced(), Removed("f"), FolderSynced()), [{}]),
    ],
)
def test_a_name_is_certain_once_its_folder_was_synced(calls: tuple[Call, ...], may_be: list[dict[str, bytes]]) -> None:
    found = list(_images(*calls))
    assert all(image in may_be for image in found)
    assert all(image in found for image in may_be)


def test_what_was_removed_and_made_anew_may_be_either_file() -> None:
    calls = (Removed("f"), Made("f", 2), Written(2, 0, B), Synced(2))
    found = [image.get("f") for image in _images(*calls, holds={"f": A})]
    assert set(found) == {A, B, None}


def test_what_was_moved_stands_under_the_old_name_the_new_one_both_or_neither() -> None:
    found = [tuple(image) for image in _images(Moved("f", "g"), holds={"f": A})]
    assert set(found) == {("f",), ("g",), ("f", "g"), ()}
