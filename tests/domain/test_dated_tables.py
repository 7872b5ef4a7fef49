"""Edited tables: the row in force on the day that matters, and what was decided stays decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.dated_rows import DatedRow, Period, TableKind
from desktop_app.domain.dated_tables import (
    LONGEST_PERIOD,
    calendar_with,
    check_new_row,
    check_row,
    find_row,
    period_on,
    rules_on,
)
from desktop_app.domain.lodging import check_requirements
from desktop_app.domain.tracks import CivilDefenceState
from tests.domain.builders import NOW, clerk, make_content, make_reference
from tests.domain.centre_in_memory import Centre

TODAY = NOW.date()
DAYS = st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=30))
PERIODS = st.builds(
    lambda days, day: DatedRow(TableKind.PERIOD, Period.PAYMENT.value, str(days), day), st.integers(1, 250), DAYS
)

DAYS_OFF = st.builds(
    lambda day, name: DatedRow(TableKind.HOLIDAY, day.isoformat(), name, day),
    DAYS,
    st.sampled_from(("", "عيد", "عطلة")),
)


def certificate(value: str, day: date, key: str = "smithy") -> DatedRow:
    return DatedRow(TableKind.CERTIFICATE, key, value, day)


@given(st.lists(PERIODS, max_size=8), DAYS)
def test_the_latest_day_counts_and_of_one_day_what_was_written_last(rows: list[DatedRow], day: date) -> None:
    reference = replace(make_reference(), changes=tuple(rows))
    found = find_row(reference, TableKind.PERIOD, Period.PAYMENT.value, day)
    had = [row for row in rows if row.valid_from <= day]
    if found is None:
        assert not had
        assert period_on(reference, Period.PAYMENT, day) == reference.payment_days
        return
    assert all(row.valid_from <= found.valid_from for row in had)
    assert [row for row in had if row.valid_from == found.valid_from][-1] == found
    assert period_on(reference, Period.PAYMENT, day) == int(found.value)


@given(st.lists(PERIODS, max_size=6), PERIODS, DAYS)
def test_a_row_changes_no_day_before_its_own(rows: list[DatedRow], later: DatedRow, day: date) -> None:
    before = replace(make_reference(), changes=tuple(rows))
    after = replace(before, changes=(*rows, later))
    if day < later.valid_from:
        assert period_on(after, Period.PAYMENT, day) == period_on(before, Period.PAYMENT, day)


@given(st.lists(DAYS_OFF, max_size=8))
def test_days_off_are_the_last_word_on_each_day_and_doing_it_again_changes_nothing(rows: list[DatedRow]) -> None:
    calendar = make_reference().calendar
    made = calendar_with(calendar, tuple(rows))
    assert calendar_with(made, tuple(rows)) == made
    last = {row.valid_from: row.value for row in rows}
    for day, name in last.items():
        assert (made.holiday_name(day) or "") == name
    assert {day for day, _ in made.holidays} - set(last) == {day for day, _ in calendar.holidays} - set(last)


def test_the_construction_certificate_is_asked_for_as_of_the_day() -> None:
    content = make_content()
    vocation = content.plan.children[0].all_vocations[0]
    day = TODAY + timedelta(days=3)
    reference = replace(make_reference(), changes=(certificate("yes", day, vocation),))
    assert check_requirements(content, rules_on(reference, day - timedelta(days=1))).clear
    (missing,) = check_requirements(content, rules_on(reference, day)).refusals
    assert missing.key == "requirements.construction_certificate_missing"


@pytest.mark.parametrize(("from_today", "refused"), [(0, True), (1, False)])
def test_a_decision_takes_the_row_of_its_own_day(from_today: int, refused: bool) -> None:
    content = make_content()
    vocation = content.plan.children[0].all_vocations[0]
    row = certificate("yes", TODAY + timedelta(days=from_today), vocation)
    centre = Centre()
    centre.reference = replace(centre.reference, changes=(row,))
    outcome = centre.give(clerk(), Lodge("r1", "K1-000001", content))
    assert [one.key for one in outcome.refusals] == (
        ["requirements.construction_certificate_missing"] if refused else []
    )


def test_acceptance_asks_the_bodies_of_its_own_day() -> None:
    content = make_content()
    vocation = content.plan.children[0].all_vocations[0]
    centre = Centre()
    row = DatedRow(TableKind.BODIES, vocation, "environment", TODAY)
    centre.reference = replace(centre.reference, changes=(row,))
    centre.give(clerk(), Lodge("r1", "K1-000001", content))
    accepted = centre.give(clerk(), Accept("r1"), base=1)
    assert accepted.accepted, accepted.refusals
    assert "environment" in {one.body for one in centre.requests["r1"].approvals}


@pytest.mark.parametrize("value", ["yes", "no"])
def test_acceptance_asks_the_civil_defence_by_the_row_of_its_day(value: str) -> None:
    content = make_content()
    codes = {code for child in content.plan.children for code in child.all_vocations}
    centre = Centre()
    rows = tuple(DatedRow(TableKind.CIVIL_DEFENCE, code, value, TODAY) for code in sorted(codes))
    centre.reference = replace(centre.reference, changes=rows)
    centre.give(clerk(), Lodge("r1", "K1-000001", content))
    accepted = centre.give(clerk(), Accept("r1"), base=1)
    assert accepted.accepted, accepted.refusals
    state = centre.requests["r1"].civil_defence.state
    assert (state is CivilDefenceState.NEEDED) is (value == "yes")


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (DatedRow(TableKind.CIVIL_DEFENCE, "smithy", "perhaps", TODAY), "dated.yes_or_no"),
        (DatedRow(TableKind.CIVIL_DEFENCE, "nobody", "yes", TODAY), "dated.vocation_unknown"),
        (certificate("yes", TODAY, "nobody"), "dated.vocation_unknown"),
        (certificate("perhaps", TODAY), "dated.yes_or_no"),
        (DatedRow(TableKind.BODIES, "smithy", "health nobody", TODAY), "dated.body_unknown"),
        (DatedRow(TableKind.HOLIDAY, "2026-03-02", "عيد", date(2026, 3, 3)), "dated.holiday_day"),
        (DatedRow(TableKind.HOLIDAY, TODAY.isoformat(), "ع" * 121, TODAY), "dated.holiday_name"),
        (DatedRow(TableKind.HOLIDAY, TODAY.isoformat(), "a\nb", TODAY), "dated.holiday_name"),
        (DatedRow(TableKind.PERIOD, "lunch_days", "3", TODAY), "dated.period_unknown"),
        *(
            (DatedRow(TableKind.PERIOD, "payment_days", typed, TODAY), "dated.period_days")
            for typed in ("", "0", "-1", "1.5", "٣", str(LONGEST_PERIOD + 1), "9999")
        ),
    ],
)
def test_what_fits_no_table_is_refused(row: DatedRow, key: str) -> None:
    assert [one.key for one in check_row(row, make_reference())] == [key]


def test_a_new_row_has_a_day_to_come_and_a_reason() -> None:
    reference = make_reference()
    assert check_new_row(certificate("yes", TODAY), "كتاب", reference, TODAY) == ()
    why = check_new_row(certificate("yes", TODAY - timedelta(days=1)), " ", reference, TODAY)
    assert [one.about for one in why] == ["valid_from", "reason"]
