"""What import-linter cannot say of the rooms: what the domain may lean on; that no contract is weakened."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "desktop_app"


def imported(source: Path) -> Iterator[str]:
    """The modules that a source file imports, anywhere in it."""
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: relative import"
            yield node.module or ""


def test_the_domain_imports_the_standard_library_and_itself() -> None:
    sources = sorted((PACKAGE / "domain").rglob("*.py"))
    foreign = {
        f"{source.relative_to(ROOT)}: {module}"
        for source in sources
        for module in imported(source)
        if module.split(".")[0] not in sys.stdlib_module_names and not (module + ".").startswith("desktop_app.domain.")
    }
    assert sources
    assert foreign == set()


def test_the_domain_asks_nothing_of_the_machine() -> None:
    """Time, identity and chance come in as arguments: no rule may ask for them itself."""
    machine = {"os", "random", "secrets", "socket", "sqlite3", "subprocess", "threading", "time"}
    askers = {"now", "utcnow", "today", "uuid1", "uuid4", "uuid7"}
    asked = set()
    for source in (PACKAGE / "domain").rglob("*.py"):
        place = source.relative_to(ROOT)
        asked |= {f"{place}: {module}" for module in imported(source) if module.split(".")[0] in machine}
        for node in ast.walk(ast.parse(source.read_bytes())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in askers:
                asked.add(f"{place}:{node.lineno}: {ast.unparse(node)}")
    assert asked == set()


def test_the_contracts_know_every_room_and_no_exception() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)["tool"]["importlinter"]
    rooms = next(contract for contract in settings["contracts"] if contract["type"] == "layers")
    named = {room.strip() for layer in rooms["layers"] for room in layer.split("|")}
    present = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert rooms["exhaustive"]
    assert named == present - {"__init__"}
    assert not any("ignore_imports" in contract for contract in settings["contracts"])


def test_every_room_says_what_it_is_for() -> None:
    silent = [
        str(entry.relative_to(ROOT))
        for entry in PACKAGE.glob("*/__init__.py")
        if len(ast.get_docstring(ast.parse(entry.read_bytes())) or "") < 80
    ]
    assert silent == []
