"""The supervisor's queue: what must be before a supervisor as of an instant, the longest first, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.application.ports.queue import QueueFilter, QueueKey, QueueRow, QueueView
from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.forecast import Urgency, escalation_of
from desktop_app.domain.request import Status
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind, FactRow
from tests.domain.builders import NOW
from tests.workplaces import TestWorkplace, make_workplace, sample_centre

STATUSES = (Status.TO_SCHEDULE, Status.FEES_TO_APPROVE, Status.AWAITING_PAYMENT, Status.LODGED, Status.ISSUED)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[TestWorkplace]:
    made = make_workplace(tmp_path, centre=sample_centre(each=2, spare_licences=0, statuses=STATUSES))
    yield made
    made.close()


def escalated(workplace: TestWorkplace, days: int, page: int = 3) -> list[QueueRow]:
    found: list[QueueRow] = []
    after: QueueKey | None = None
    while True:
        read = workplace.queries.queue_page(QueueFilter(QueueView.ESCALATED, NOW + timedelta(days=days)), after, page)
        found += read.rows
        if (after := read.next) is None:
            return found


@pytest.mark.parametrize("days", [0, 1, 2, 3, 4, 30])
def test_the_queue_holds_what_the_rule_says_as_of_now(workplace: TestWorkplace, days: int) -> None:
    as_of = NOW + timedelta(days=days)
    calendar = workplace.queries.reference().calendar
    expected = {
        one.id: raised
        for one in workplace.centre.centre.requests.values()
        if (raised := escalation_of(one, calendar, as_of)) is not None
    }
    found = escalated(workplace, days)
    assert {row.id: row.escalated.escalation if row.escalated else None for row in found} == expected
    assert [row.id for row in found] == sorted(expected, key=lambda one: (expected[one].since, one))
    assert workplace.queries.queue_counts(as_of, None)[QueueView.ESCALATED] == len(expected)
    assert workplace.queries.queue_counts(as_of, 9)[QueueView.ESCALATED] == 0


def test_a_promise_is_foreseen_to_break_before_it_breaks(workplace: TestWorkplace) -> None:
    reasons = [
        [row.escalated.escalation.why for row in escalated(workplace, days) if row.escalated] for days in range(8)
    ]
    seen = [set(one) for one in reasons]
    assert {Urgency.FORESEEN} in seen
    assert seen[-1] == {Urgency.BROKEN}


def test_holidays_that_are_added_put_escalations_off(workplace: TestWorkplace) -> None:
    before = {row.id: row.escalated.escalation.since for row in escalated(workplace, 30) if row.escalated}
    assert before
    today = NOW.date()
    reference = workplace.queries.reference()
    held = tuple((today + timedelta(days=at), "عطلة") for at in range(7))
    calendar: WorkingCalendar = replace(reference.calendar, holidays=(*reference.calendar.holidays, *held))
    with workplace.store.writing() as writes:
        body = encode(replace(reference, calendar=calendar))
        writes.store([FactRow(FactKind.REFERENCE, "current", 0, 99, body)])
    after = {row.id: row.escalated.escalation.since for row in escalated(workplace, 30) if row.escalated}
    assert all(after[one] >= before[one] for one in before)
    assert any(after[one] > before[one] for one in before)
