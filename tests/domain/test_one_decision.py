"""A command is decided in one place: `domain.decide.decide`, which workstation and registrar both call.

The whole package is read as syntax: whoever asks for a decision is listed here with the reason; nobody else calls a
command's own rule, builds an outcome that changes anything, or changes a request or its tracks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.decide import decide
from desktop_app.domain.request import Request

CALLERS = {
    "desktop_app/application/provisional.py": "the workstation: given, rehearsed and rebased commands",
    "desktop_app/application/registrar.py": "the centre",
    "desktop_app/demo/world.py": "sample data: requests are walked through the very rules before a centre exists",
}
TRACKS = {name for name in Request.__slots__ if name not in {"id", "reference", "branch"}}
STATE_TYPES = {
    "desktop_app.domain.request": {"Request"},
    "desktop_app.domain.tracks": {
        "Intake",
        "Dues",
        "Approval",
        "Visit",
        "CivilDefence",
        "Fees",
        "Payment",
        "Receipt",
        "Issue",
        "IssuedLicence",
        "PrintedSheet",
    },
}


def breaches(source: str, path: str) -> Iterator[str]:
    """Every place of a module outside the domain that decides by itself."""
    tree = ast.parse(source)
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    asks = [where for where in imported.values() if where[0] == "desktop_app.domain.decide"]
    asks += [
        (alias.name, "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "desktop_app.domain.decide"
    ]
    if (asks or ("desktop_app.domain", "decide") in imported.values()) and path not in CALLERS:
        yield f"{path}: asks for a decision and is not listed"
    for module, name in imported.values():
        if module.startswith("desktop_app.domain.commands.") and name == "decide":
            yield f"{path}: takes the rule of one command"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "decide":
            yield f"{path}:{node.lineno}: reaches for a rule"
        if isinstance(node, ast.Call):
            yield from _calls(node, imported, path)


def _calls(node: ast.Call, imported: dict[str, tuple[str, str]], path: str) -> Iterator[str]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    module, original = imported.get(name, ("", name))
    keywords = {keyword.arg for keyword in node.keywords}
    if original == "Outcome" and module.endswith("domain.deciding") and (node.args or keywords != {"refusals"}):
        yield f"{path}:{node.lineno}: builds an outcome that may change something"
    if original in STATE_TYPES.get(module, ()):
        yield f"{path}:{node.lineno}: builds {original}"
    knows_requests = any(where in imported.values() for where in (("desktop_app.domain.request", "Request"),))
    if name == "replace" and knows_requests and keywords & TRACKS:
        yield f"{path}:{node.lineno}: changes {sorted(str(one) for one in keywords & TRACKS)}"


def modules_outside_the_domain(project: Path) -> Iterator[Path]:
    package = project / "desktop_app"
    return (path for path in sorted(package.rglob("*.py")) if not path.is_relative_to(package / "domain"))


def test_nobody_decides_but_the_domain(project: Path) -> None:
    found = [
        breach
        for path in modules_outside_the_domain(project)
        for breach in breaches(path.read_text("utf-8"), path.relative_to(project).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize("path", CALLERS)
def test_whoever_is_listed_still_asks(project: Path, path: str) -> None:
    assert "from desktop_app.domain.decide import decide" in (project / path).read_text("utf-8")


def test_workstation_and_registrar_call_the_same_function_object() -> None:
    from desktop_app.application import provisional, registrar

    assert vars(provisional)["decide"] is vars(registrar)["decide"] is decide


def test_within_the_domain_only_decide_calls_a_commands_rule(project: Path) -> None:
    domain = project / "desktop_app" / "domain"
    calling = [
        path.relative_to(domain).as_posix()
        for path in sorted(domain.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "decide"
    ]
    assert calling == ["decide.py"]


_DECIDES_ELSEWHERE = [
    "from desktop_app.domain.decide import decide",
    "from desktop_app.domain import decide",
    "import desktop_app.domain.decide",
    "from desktop_app.domain.commands.accept import decide as accept",
    "from desktop_app.domain.commands import get_kind\nget_kind(action).decide(case, command, context)",
    "from desktop_app.domain.deciding import Outcome\nOutcome(request=request)",
    "from desktop_app.domain.tracks import Payment\nPayment(PaymentState.PAID)",
    "from desktop_app.domain.request import Request\nfrom dataclasses import replace\nreplace(request, payment=paid)",
    "from desktop_app.domain.request import Request\nimport dataclasses\ndataclasses.replace(request, number='R-1')",
]


@pytest.mark.parametrize("source", _DECIDES_ELSEWHERE)
def test_a_decision_that_is_planted_elsewhere_is_found(source: str) -> None:
    assert list(breaches(source, "desktop_app/ui/cash/presenter.py"))


def test_a_screen_may_show_a_refusal_of_its_own() -> None:
    source = "from desktop_app.domain.deciding import Outcome\nOutcome(refusals=unreadable)"
    assert list(breaches(source, "desktop_app/ui/intake/presenter.py")) == []
