"""A rule that is broken is noticed: each planted mutation turns its tests red, in a copy of the domain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutations.breaking import TESTS_FAILED, plant, run
from tests.mutations.planted import MUTATIONS, Mutation


def test_every_rule_is_named_once_and_there_are_enough() -> None:
    assert len({mutation.rule for mutation in MUTATIONS}) == len(MUTATIONS) >= 25


def test_unbroken_all_named_tests_are_green(copy: Path) -> None:
    named = tuple(dict.fromkeys(test for mutation in MUTATIONS for test in mutation.tests))
    answer = run(copy, named, "-x")
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: f"{mutation.file}-{mutation.rule[-40:]}")
def test_a_broken_rule_turns_its_tests_red(mutation: Mutation, copy: Path) -> None:
    plant(copy, mutation.file, mutation.old, mutation.new)
    for test in mutation.tests:
        answer = run(copy, (test,), "-x")
        assert answer.returncode == TESTS_FAILED, answer.stdout + answer.stderr
