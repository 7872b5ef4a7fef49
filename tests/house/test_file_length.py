"""A file is one idea."""

from __future__ import annotations

from pathlib import Path

LONGEST = 400


def test_no_file_has_grown_beyond_one_idea(project: Path) -> None:
    lengths = {
        path.relative_to(project).as_posix(): len(path.read_text("utf-8").splitlines())
        for room in ("desktop_app", "house")
        for path in (project / room).rglob("*.py")
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
