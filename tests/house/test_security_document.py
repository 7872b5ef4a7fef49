"""docs/security.md speaks of every requirement of OWASP ASVS 5.0, levels 1 and 2, and of tests that there are; and what
it says of the program's doors is so."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from tests.house.test_rooms import PACKAGE, ROOT, imported

DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LEVELS_1_AND_2 = """
1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2
2.1.1-3 2.2.1-3 2.3.1-4 2.4.1
3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2
4.1.1-3 4.2.1 4.3.1-2 4.4.1-4
5.1.1 5.2.1-3 5.3.1-2 5.4.1-3
6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4
7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2
8.1.1-2 8.2.1-3 8.3.1 8.4.1
9.1.1-3 9.2.1-4
10.1.1-2 10.2.1-2 10.3.1-4 10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3
11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1
12.1.1-3 12.2.1-2 12.3.1-4
13.1.1 13.2.1-5 13.3.1-2 13.4.1-5
14.1.1-2 14.2.1-4 14.3.1-3
15.1.1-3 15.2.1-3 15.3.1-7
16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3
17.1.1 17.2.1-4 17.3.1-2
"""
STATES = ("met", "partly", "not met", "n/a")
FORBIDDEN = {
    "no browser, and no HTTP but the gateway's": (
        "http", "urllib.request", "requests", "httpx", "aiohttp", "socketserver", "webbrowser", "ssl",
        "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtNetwork",
    ),
    "no parser of XML, YAML or templates": ("xml", "lxml", "yaml", "jinja2", "mako"),
    "nothing that runs what it reads": ("pickle", "shelve", "marshal", "dill", "runpy"),
    "no mail and no directory": ("smtplib", "imaplib", "poplib", "ldap", "ldap3"),
}  # fmt: skip

THE_GATEWAYS = {
    "desktop_app/centre/http_gateway.py: http.client", "desktop_app/centre/http_gateway.py: ssl",
    "desktop_app/centre/report_door.py: http", "desktop_app/centre/report_door.py: http.server",
    "desktop_app/centre/authority_http.py: http.client", "desktop_app/centre/authority_http.py: ssl",
}  # fmt: skip
"""What speaks to the SMS gateway and hears its reports, and asks for timestamps, in the centre's process alone."""


def expand(told: str) -> list[str]:
    """`6.2.1-12` are twelve."""
    ranges = re.findall(r"(\d+\.\d+)\.(\d+)(?:[-–](\d+))?", told)
    return [f"{section}.{one}" for section, first, last in ranges for one in range(int(first), int(last or first) + 1)]


def lines() -> list[tuple[list[str], str, str, str]]:
    """The rows of the tables of ASVS: identifiers, what is asked, state, what shows it."""
    rows = (line.strip("| \n").split(" | ") for line in DOCUMENT.splitlines() if re.match(r"\| \d+\.\d+\.\d", line))
    return [(expand(row[0]), row[1], row[2], row[3] if len(row) > 3 else "") for row in rows]


@cache
def functions(path: Path) -> frozenset[str]:
    return frozenset(one.name for one in ast.walk(ast.parse(path.read_bytes())) if isinstance(one, ast.FunctionDef))


def test_every_requirement_is_spoken_of_once() -> None:
    asked = expand(LEVELS_1_AND_2)
    assert len(asked) == len(set(asked)) == 253
    told = Counter(chain.from_iterable(row[0] for row in lines()))
    assert [one for one in asked if told[one] != 1] == []
    assert [one for one in told if one not in asked] == []


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", DOCUMENT)
    assert len(named) > 100
    assert [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / "tests" / path).is_file() or name not in functions(ROOT / "tests" / path)
    ] == []


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:\w+/)+\w+\.(?:py|md|toml|sql))`", DOCUMENT)
    places = (ROOT, ROOT / "tests", PACKAGE)
    assert [one for one in named if not any((place / one).is_file() for place in places)] == []


def test_what_is_met_names_what_shows_it_and_what_is_not_says_why() -> None:
    for identifiers, asked, state, shown in lines():
        assert state in STATES, identifiers
        assert asked, identifiers
        assert len(shown) > 10, identifiers
        if state in ("met", "partly"):
            assert re.search(r"`[^`]+`|above", shown), f"{identifiers}: nothing is named that shows it"


def test_the_sums_are_right() -> None:
    states = Counter(chain.from_iterable([row[2]] * len(row[0]) for row in lines()))
    told = re.search(r"Of 253: (\d+) met, (\d+) partly, (\d+) not met, (\d+) n/a", DOCUMENT)
    assert told is not None
    assert [int(one) for one in told.groups()] == [states[state] for state in STATES]


@pytest.mark.parametrize("promise", list(FORBIDDEN))
def test_the_program_has_no_such_door(promise: str) -> None:
    sources = sorted(PACKAGE.rglob("*.py"))
    assert len(sources) > 300
    assert {
        f"{source.relative_to(ROOT)}: {module}"
        for source in sources
        for module in imported(source)
        if any(f"{module}.".startswith(f"{one}.") for one in FORBIDDEN[promise])
    } - THE_GATEWAYS == set()


def test_no_broken_hash_and_no_guessable_chance_guards_anything() -> None:
    """SHA-256 and SHA-512 are the only hashes called; `random` spaces tries and makes samples, guards nothing."""
    hashes, chances = set(), set()
    for source in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_bytes())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "hashlib":
                hashes.add(node.attr)
        if any(module.split(".")[0] == "random" for module in imported(source)):
            chances.add(source.relative_to(PACKAGE).as_posix().split("/")[0])
    assert hashes == {"sha256", "sha512"}
    assert chances == {"bootstrap", "centre", "sync", "demo"}
