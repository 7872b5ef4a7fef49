"""The glossary speaks of names that exist, and leaves out no status, action, role, notice or track."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from desktop_app.domain.actions import Action
from desktop_app.domain.actor import Role
from desktop_app.domain.notices import NoticeKind
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Track


def _names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name, body=body):
                yield name
                yield from (f"{name}.{member}" for member in _members(body))
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name


def _members(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case ast.FunctionDef(name=name):
                yield name


@pytest.fixture(scope="module")
def rows(project: Path) -> list[tuple[str, list[str]]]:
    """Each line of the tables: the Arabic term and the names in the code."""
    lines = (project / "docs" / "glossary.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [(arabic, re.findall(r"`([^`]+)`", code)) for arabic, _, code in cells if arabic != "Arabic"]


def test_every_name_of_the_glossary_is_in_the_code(project: Path, rows: list[tuple[str, list[str]]]) -> None:
    known = {
        name for path in (project / "desktop_app").rglob("*.py") for name in _names(ast.parse(path.read_text("utf-8")))
    }
    known |= {
        table
        for path in (project / "desktop_app" / "centre" / "schema").glob("*.sql")
        for table in re.findall(r"create table (tajzia\.\w+)", path.read_text("utf-8"))
    }
    assert [name for _, names in rows for name in names if name not in known] == []


def test_every_line_has_an_arabic_term_and_a_name(rows: list[tuple[str, list[str]]]) -> None:
    assert len(rows) > 100
    assert [row for row in rows if not re.search("[\u0621-\u064a]", row[0]) or not row[1]] == []


@pytest.mark.parametrize("closed_list", [Status, Action, Role, NoticeKind, Track])
def test_every_member_of_the_closed_lists_is_explained(
    closed_list: type[StrEnum], rows: list[tuple[str, list[str]]]
) -> None:
    explained = {name for _, names in rows for name in names}
    assert [one.name for one in closed_list if f"{closed_list.__name__}.{one.name}" not in explained] == []
