"""The queue against a plain Python reading of the same requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.application.lateness import due_of
from desktop_app.application.ports.queue import QueueFilter, QueueKey, QueueRow, QueueView
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.forecast import escalation_of
from desktop_app.domain.letters import awaited_letters
from desktop_app.domain.pauses import time_spent
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.waiting import Desk, desk_of
from desktop_app.storage.queue import _statement
from desktop_app.storage.store import Store
from desktop_app.sync.engine import Engine
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.domain.builders import NOW
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeCentre, FakeLink
from tests.workplaces import TestWorkplace, content_for, sample_centre

_VIEWS: dict[QueueView, Callable[[Request, Status, datetime], bool]] = {
    QueueView.ALL_OPEN: lambda request, status, at: status not in ENDED,
    QueueView.NEW: lambda request, status, at: request.clock.started is None and status not in ENDED,
    QueueView.AWAITING_APPROVALS: lambda request, status, at: (
        status in (Status.AWAITING_APPROVALS, Status.AWAITING_CIVIL_DEFENCE)
    ),
    QueueView.LETTERS: lambda request, status, at: bool(awaited_letters(request)),
    QueueView.TO_SCHEDULE: lambda request, status, at: status is Status.TO_SCHEDULE,
    QueueView.TODAYS_VISITS: lambda request, status, at: (
        status is Status.INSPECTION_SCHEDULED
        and request.visit is not None
        and request.visit.day == at.astimezone(AMMAN).date()
    ),
    QueueView.FEES_TO_ASSESS: lambda request, status, at: status is Status.FEES_TO_ASSESS,
    QueueView.FEES_TO_APPROVE: lambda request, status, at: status is Status.FEES_TO_APPROVE,
    QueueView.AWAITING_PAYMENT: lambda request, status, at: status is Status.AWAITING_PAYMENT,
    QueueView.TO_DELIVER: lambda request, status, at: status in (Status.TO_ISSUE, Status.ISSUED, Status.PRINTED),
    QueueView.ENDED: lambda request, status, at: status in ENDED,
}


def _late(workplace: TestWorkplace, request: Request, at: datetime) -> bool:
    """Late by the clock itself, asked now."""
    if status_of(request) in ENDED or request.clock.stopped is not None:
        return False
    spent = time_spent(request.clock, workplace.queries.reference().calendar, at)
    return spent is not None and spent.left <= timedelta()


def _expected(workplace: TestWorkplace, view: QueueView, at: datetime) -> set[str]:
    held = workplace.centre.centre.requests.values()
    if view is QueueView.LATE:
        return {one.id for one in held if _late(workplace, one, at)}
    if view is QueueView.ESCALATED:
        calendar = workplace.queries.reference().calendar
        return {one.id for one in held if escalation_of(one, calendar, at) is not None}
    return {one.id for one in held if _VIEWS[view](one, status_of(one), at)}


def _all_pages(workplace: TestWorkplace, wanted: QueueFilter, limit: int) -> list[QueueRow]:
    rows: list[QueueRow] = []
    after: QueueKey | None = None
    while True:
        page = workplace.queries.queue_page(wanted, after, limit)
        rows += page.rows
        if page.next is None:
            return rows
        assert len(page.rows) == limit
        after = page.next


def _since(row: QueueRow) -> datetime:
    assert row.escalated is not None
    return row.escalated.escalation.since


@pytest.mark.parametrize("view", QueueView)
@pytest.mark.parametrize("days", [-3, 0, 1, 9])
def test_each_view_holds_what_it_says_in_order_of_due_whatever_the_hour(
    workplace: TestWorkplace, view: QueueView, days: int
) -> None:
    at = NOW + timedelta(days=days)
    rows = _all_pages(workplace, QueueFilter(view, at), 3)
    assert {row.id for row in rows} == _expected(workplace, view, at)
    assert len(rows) == len({row.id for row in rows})
    never = datetime.max.replace(tzinfo=UTC)
    if view is QueueView.LETTERS:
        assert rows == sorted(rows, key=lambda row: (row.letters[0].since, row.id))
    elif view is QueueView.ESCALATED:
        assert rows == sorted(rows, key=lambda row: (_since(row), row.id))
    else:
        assert rows == sorted(rows, key=lambda row: (row.due or never, row.id))
    assert workplace.queries.queue_counts(at, None)[view] == len(rows)
    assert workplace.queries.queue_counts(at, 8)[view] == len(rows)
    assert workplace.queries.queue_counts(at, 9)[view] == 0
    assert workplace.queries.queue_page(QueueFilter(view, at, branch=9), None, 5).rows == ()


def test_some_samples_are_late_and_some_visits_are_of_today(workplace: TestWorkplace) -> None:
    """Or the test above would say nothing of them."""
    counts = workplace.queries.queue_counts(NOW, None)
    assert 0 < counts[QueueView.LATE] < counts[QueueView.ALL_OPEN]
    assert counts[QueueView.TODAYS_VISITS] > 0


@pytest.mark.parametrize("branch", [None, 8])
@pytest.mark.parametrize("status", Status)
def test_a_status_narrows_every_view(workplace: TestWorkplace, status: Status, branch: int | None) -> None:
    for view in QueueView:
        whole = _all_pages(workplace, QueueFilter(view, NOW, branch=branch), 50)
        narrowed = _all_pages(workplace, QueueFilter(view, NOW, branch=branch, status=status), 50)
        assert narrowed == [row for row in whole if row.status is status]


@pytest.mark.parametrize("desk", Desk)
def test_a_desk_narrows_every_view(workplace: TestWorkplace, desk: Desk) -> None:
    for view in QueueView:
        whole = _all_pages(workplace, QueueFilter(view, NOW), 50)
        assert _all_pages(workplace, QueueFilter(view, NOW, desk=desk), 50) == [
            row for row in whole if row.desk is desk
        ]


def test_a_row_says_what_the_request_says(workplace: TestWorkplace) -> None:
    people = {one.id: one.name_ar for one in workplace.queries.staff()}
    calendar = workplace.queries.reference().calendar
    for view in (QueueView.ALL_OPEN, QueueView.ENDED):
        for row in _all_pages(workplace, QueueFilter(view, NOW), 50):
            request = workplace.centre.centre.requests[row.id]
            licence = workplace.centre.centre.licences[row.parent_number]
            assert row.number == request.shown_number
            assert row.applicant_ar == request.applicant.person.name_ar
            assert row.trade_name == licence.trade_name
            assert (row.status, row.desk, row.branch) == (status_of(request), desk_of(request), request.branch)
            assert row.due == due_of(request, calendar).at
            assert row.paused == (request.clock.waiting_for is not None and request.clock.stopped is None)
            assert row.lodged_at == request.intake.lodged_at
            if row.status is Status.INSPECTION_SCHEDULED:
                assert row.holder == people["inspector"]


@pytest.mark.parametrize("text", ["", "ابراهيم", "R-2026", "zzz"])
@pytest.mark.parametrize("branch", [None, 8])
@pytest.mark.parametrize("view", QueueView)
def test_no_page_is_found_by_reading_or_sorting_the_whole_table(
    workplace: TestWorkplace, view: QueueView, branch: int | None, text: str
) -> None:
    wanted = QueueFilter(view, NOW, branch=branch, text=text)
    with workplace.store.glancing() as driver:
        sql, asked = _statement(driver, wanted, QueueKey("2026", "x"), 50)
        plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}", asked)]
    walks = "INTEGER PRIMARY KEY" if text else "USING INDEX"
    assert any(walks in step for step in plan), plan
    if not text and view is not QueueView.TODAYS_VISITS:
        assert not any("TEMP B-TREE" in step for step in plan), plan


def test_the_page_is_the_same_when_many_match_as_when_few_do(
    workplace: TestWorkplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("ابراهيم", "أحمد خليل", "R-2026-08", "L-2024-08-00001", "9800000003", "محل c1"):
        for branch in (None, 8, 9):
            wanted = QueueFilter(QueueView.ALL_OPEN, NOW, text=text, branch=branch)
            with monkeypatch.context() as patch:
                few = _all_pages(workplace, wanted, 3)
                patch.setattr("desktop_app.storage.queue.FEW", -1)
                many = _all_pages(workplace, wanted, 3)
            assert few == many
            assert bool(few) == (branch != 9)


_ops = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from([*Status, None]), st.sampled_from([8, 9])), min_size=1, max_size=25
)


@pytest.fixture(scope="module")
def requests_by_status() -> dict[Status, Request]:
    return {status_of(one): one for one in sample_centre(each=1).centre.requests.values()}


@settings(max_examples=30)
@given(ops=_ops)
def test_counts_equal_a_recount_after_any_writes(
    ops: list[tuple[int, Status | None, int]],
    requests_by_status: dict[Status, Request],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from dataclasses import replace

    store = Store.open(tmp_path_factory.mktemp("counts") / "store.db", STORE_KEY)
    try:
        centre = sample_centre(each=0, spare_licences=1)
        engine: Engine[Any] = Engine(store, _never, lambda: NOW)
        for at, status, branch in ops:
            body = None
            if status is not None:
                body = encode(replace(requests_by_status[status], id=f"q{at}", branch=branch))
            centre.publish(FactKind.REQUEST, f"q{at}", branch, body)
            engine.round(FakeLink(centre, "clerk", "K1"))
        with store.reading() as reads:
            held = reads.driver.execute("SELECT branch, status, held FROM queue_count WHERE held <> 0")
            counted = reads.driver.execute("SELECT branch, status, count(*) FROM request GROUP BY 1, 2")
            assert sorted(held.fetchall()) == sorted(counted.fetchall())
    finally:
        store.close()


def _never(*_: object) -> Any:
    raise AssertionError("nothing is pending")


def test_a_changed_calendar_moves_what_is_due(workplace: TestWorkplace) -> None:
    from dataclasses import replace

    centre: FakeCentre = workplace.centre
    before = {row.id: row.due for row in _all_pages(workplace, QueueFilter(QueueView.ALL_OPEN, NOW), 50)}
    calendar = centre.centre.reference.calendar
    days = tuple(((NOW + timedelta(days=day)).date(), "عطلة") for day in range(5))
    changed = replace(centre.centre.reference, calendar=replace(calendar, holidays=calendar.holidays + days))
    centre.publish(FactKind.REFERENCE, "current", 0, encode(changed))
    engine: Engine[Any] = Engine(workplace.store, _never, lambda: NOW)
    engine.round(FakeLink(centre, "clerk", "K1"))
    after = {row.id: row.due for row in _all_pages(workplace, QueueFilter(QueueView.ALL_OPEN, NOW), 50)}
    for request_id, due in after.items():
        assert due == due_of(centre.centre.requests[request_id], changed.calendar).at
    assert any(after[one] != before[one] for one in after)


def test_a_parent_that_comes_after_its_request_still_names_it(store: Store) -> None:
    centre = sample_centre(each=0, spare_licences=1)
    whole = sample_centre(each=1)
    request = next(one for one in whole.centre.requests.values() if status_of(one) is Status.TO_SCHEDULE)
    parent = centre.feed[8].pop((FactKind.LICENCE, content_for(0).plan.parent_number))
    from dataclasses import replace

    plan = replace(request.plan, parent_number=parent.id)
    centre.publish(FactKind.REQUEST, request.id, 8, encode(replace(request, plan=plan)))
    engine: Engine[Any] = Engine(store, _never, lambda: NOW)
    link = FakeLink(centre, "clerk", "K1", page=1)
    engine.round(link)
    centre.publish(FactKind.LICENCE, parent.id, 8, parent.body)
    engine.round(link)
    with store.reading() as reads:
        (name,) = reads.driver.execute("SELECT trade_name FROM request").fetchone()
    assert name == centre.centre.licences[parent.id].trade_name
