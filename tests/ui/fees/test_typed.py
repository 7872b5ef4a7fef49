"""What is typed on the fees screen: amounts without a sign, messages at their rows, drafts that come back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.fees.adjustment import Adjustment
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.messages import message
from desktop_app.domain.money import Fils
from desktop_app.ui.fees.typed import AddedKind, AddedLine, Typed, typed_from

LINES = st.builds(AddedLine, st.sampled_from(AddedKind), st.text(max_size=12), st.text(max_size=12))


@pytest.mark.parametrize(
    ("kind", "of", "fils"),
    [
        (AddedKind.EXEMPTION, LineKind.EXEMPTION, -12_500),
        (AddedKind.FINE, LineKind.FINE, 12_500),
        (AddedKind.RAISE, LineKind.ADJUSTMENT, 12_500),
        (AddedKind.LOWER, LineKind.ADJUSTMENT, -12_500),
    ],
)
def test_the_kind_gives_the_sign(kind: AddedKind, of: LineKind, fils: int) -> None:
    read, refusals = Typed((AddedLine(kind, "١٢٫٥", " قرار اللجنة "),)).read()
    assert refusals == ()
    assert read == (Adjustment(of, Fils(fils), "قرار اللجنة"),)


def test_a_mistyped_amount_is_refused_at_its_row_and_never_dropped() -> None:
    typed = Typed((AddedLine(), AddedLine(amount="12x"), AddedLine(reason="سبب بلا مبلغ")))
    read, refusals = typed.read()
    assert read == ()
    assert [(why.key, why.about) for why in refusals] == [
        ("typed.not_an_amount", "adjustments.1.amount"),
        ("typed.not_an_amount", "adjustments.2.amount"),
    ]


def test_what_the_rules_say_of_the_second_adjustment_stands_at_its_row() -> None:
    typed = Typed((AddedLine(amount="1", reason="أ"), AddedLine(), AddedLine(amount="2", reason="ب")))
    said = typed.at_rows((message("reason.missing", "adjustments.1.reason"), message("fees.below_zero", "adjustments")))
    assert [why.about for why in said] == ["adjustments.2.reason", "adjustments"]


def test_an_incomplete_line_waits_without_moving_the_others() -> None:
    typed = Typed((AddedLine(amount="5"), AddedLine(amount="7", reason="قرار")))
    assert typed.complete().lines == (AddedLine(), typed.lines[1])


def test_what_adjusts_the_bill() -> None:
    assert not Typed((AddedLine(AddedKind.FINE),), reason="أعيدت").adjusts
    assert Typed(contracts=("c1",)).adjusts
    assert Typed((AddedLine(reason="قرار"),)).adjusts


@given(st.lists(LINES, max_size=4), st.sets(st.sampled_from(("c1", "c2"))), st.text(max_size=8))
def test_a_draft_brings_back_every_line_that_holds_something(
    lines: list[AddedLine], contracts: set[str], reason: str
) -> None:
    typed = Typed(tuple(lines), tuple(sorted(contracts)), reason)
    back = typed_from(typed.fields())
    assert back.lines == tuple(line for line in lines if not line.empty)
    assert set(back.contracts) == contracts
    assert back.reason.strip() == reason.strip()
