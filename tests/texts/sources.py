"""Reading the sources, to hold the tables of words against what the code says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

PACKAGE = Path(__file__).resolve().parents[2] / "desktop_app"


def places(template: str) -> set[str]:
    """The names in a template's ``{}``."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@dataclass(frozen=True, slots=True)
class Said:
    """One call of ``message(...)``: its possible keys and the names of its arguments (None: not literal)."""

    where: str
    keys: frozenset[str]
    names: frozenset[str] | None


def messages_said() -> Iterator[Said]:
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.name == "messages.py" and file.parent.name == "domain":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "message"
                and node.args
            ):
                named = [keyword.arg for keyword in node.keywords]
                names = None if None in named else frozenset(str(name) for name in named) - {"about"}
                where = f"{file.relative_to(PACKAGE)}:{node.lineno}"
                yield Said(where, frozenset(_literals(node.args[0])), names)


def _literals(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from _literals(first)
            yield from _literals(second)
