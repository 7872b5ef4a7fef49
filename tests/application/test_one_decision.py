"""A command is decided in one place of each side, and nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path


def _asks_for_decisions(file: Path) -> bool:
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "desktop_app.domain.decide":
            return True
        if isinstance(node, ast.Attribute) and node.attr == "decide":
            return True
    return False


def test_nothing_but_the_one_place_of_each_side_decides(project: Path) -> None:
    package = project / "desktop_app"
    asking = {
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if file.relative_to(package).parts[0] != "domain" and _asks_for_decisions(file)
    }
    # The workstation's, the centre's, and the sample data's, which has to have happened by the same rules.
    assert asking == {"application/provisional.py", "application/registrar.py", "demo/world.py"}
