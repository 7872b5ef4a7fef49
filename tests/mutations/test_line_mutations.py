"""Each line of the card has a test of its name, and a line that is broken turns exactly that test red."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from tests.domain.card_lines import ENTRIES, LINES
from tests.mutations.breaking import TESTS_FAILED, plant, run
from tests.mutations.line_mutations import LINE_MUTATIONS, LineMutation

_TESTS = "test_card_lines.py"
_NAMED = "test_card_line_"


def lines_with_a_test(project: Path) -> list[str]:
    module = ast.parse((project / "tests" / "domain" / _TESTS).read_text("utf-8"))
    names = [node.name for node in module.body if isinstance(node, ast.FunctionDef)]
    return [name.removeprefix(_NAMED) for name in names if name.startswith("test_")]


def red(copy: Path) -> set[str]:
    """The lines whose tests fail in the copy."""
    answer = run(copy, (_TESTS,), "-rf", "--tb=no")
    assert answer.returncode in (0, TESTS_FAILED), answer.stdout + answer.stderr
    return set(re.findall(rf"^FAILED \S*::{_NAMED}(\w+)", answer.stdout, re.MULTILINE))


def test_every_entry_of_the_card_has_its_lines() -> None:
    assert len({line.key for line in LINES}) == len(LINES)
    for part, count in ENTRIES.items():
        assert sorted({line.entry for line in LINES if line.part is part}) == list(range(1, count + 1)), part


def test_every_line_of_the_card_has_a_test_that_is_named_after_it(project: Path) -> None:
    assert lines_with_a_test(project) == [line.key for line in LINES]


def test_every_line_of_the_card_is_broken_by_a_mutation() -> None:
    assert {one.line for one in LINE_MUTATIONS} == {line.key for line in LINES}


def test_unbroken_no_line_is_red(copy: Path) -> None:
    assert red(copy) == set()


def each() -> list[ParameterSet]:
    """The first mutation of a line is planted in every run, further ones in the long run."""
    first = {one.line: one for one in reversed(LINE_MUTATIONS)}
    return [
        pytest.param(one, marks=[] if one is first[one.line] else [pytest.mark.long], id=f"{one.line}-{one.file}")
        for one in LINE_MUTATIONS
    ]


@pytest.mark.parametrize("mutation", each())
def test_a_broken_line_turns_its_own_test_red_and_no_other(mutation: LineMutation, copy: Path) -> None:
    plant(copy, mutation.file, mutation.old, mutation.new)
    assert red(copy) == {mutation.line}
