"""The lock files: everything with a hash, nothing that ties them to a machine or a registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LOCKS = sorted((Path(__file__).resolve().parents[2] / "requirements").glob("*.txt"))

LOCK_OF_DEVELOPMENT = next(lock for lock in LOCKS if lock.stem == "dev")

PIN = re.compile(
    r"^(?P<pin>[A-Za-z0-9][^\\\n]*?) \\\n(?P<hashes>(?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)


def test_every_group_is_locked() -> None:
    assert {lock.stem for lock in LOCKS} == {"dev", "bench", "build"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_pins_with_hashes_and_comments_alone(lock: Path) -> None:
    rest = PIN.sub("", lock.read_text(encoding="utf-8"))
    assert [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_no_host_and_no_folder(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|@ file|/work|/tmp|/home|/root", text) == []


def test_the_locks_agree_with_one_another() -> None:
    pins: dict[str, set[str]] = {}
    for lock in LOCKS:
        for match in PIN.finditer(lock.read_text(encoding="utf-8")):
            requirement = Requirement(match["pin"])
            pins.setdefault(requirement.name, set()).add(str(requirement.specifier))
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}
    assert len(pins) > 50


def test_qt_stays_below_the_release_that_crashes() -> None:
    pins = [Requirement(match["pin"]) for match in PIN.finditer(LOCK_OF_DEVELOPMENT.read_text(encoding="utf-8"))]
    qt = [requirement for requirement in pins if requirement.name.startswith(("pyside6", "shiboken6"))]
    assert len(qt) == 3
    assert all(not requirement.specifier.contains("6.12.0") for requirement in qt)
