"""`docs/card.md` is true: every line's rule, screen, notice, tests and paths are there, and none is left out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from desktop_app.domain.notice_kinds import NoticeKind
from desktop_app.tour.paths import PATHS
from desktop_app.ui.screens import Ports, screen_entries

LINES = "domain/test_card_lines.py"


def functions_of(file: Path) -> set[str]:
    return {node.name for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


@pytest.fixture(scope="module")
def rows(project: Path) -> list[list[str]]:
    """The table's cells, without its head."""
    written = (project / "docs" / "card.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in written if line.startswith("|")]
    return cells[2:]


def test_every_line_stands_once(rows: list[list[str]], project: Path) -> None:
    named = [f"test_card_line_{row[4].strip('`')}" for row in rows]
    assert sorted(named) == sorted(one for one in functions_of(project / "tests" / LINES) if "card_line" in one)
    assert len({row[0] for row in rows}) == len(rows)


def test_every_rule_screen_and_test_is_there(rows: list[list[str]], project: Path) -> None:
    ports = Ports(None, None, None, lambda _: True)  # type: ignore[arg-type]  # nothing is made, only named
    screens = {entry.name for entry in screen_entries(ports)}
    for line, rule, screen, _, _, shown, paths in rows:
        assert (project / "desktop_app" / "domain" / rule.strip("`")).is_file(), line
        assert screen in screens, line
        file, _, test = shown.strip("`").partition("::")
        assert test in functions_of(project / "tests" / file), line
        assert set(filter(None, re.split(r",\s*", paths))) <= PATHS.keys(), line


def test_each_of_the_eight_notices_belongs_to_one_line_and_every_path_is_walked_for_one_but_the_other_ends(
    rows: list[list[str]],
) -> None:
    assert sorted(row[3] for row in rows if row[3]) == sorted(NoticeKind)
    walked = {path for row in rows for path in re.split(r",\s*", row[6]) if path}
    assert set(PATHS) - walked == {"withdrawn", "expired", "refunded"}, "ends that the card does not name"
