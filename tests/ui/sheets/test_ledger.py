"""The ledger of sheets over a real store: every sheet with what became of it, filtered, paged, with its request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.modeltest import ModelTester

from desktop_app.application.ports.sheets import SheetFilter, SheetRow
from desktop_app.domain.actor import Role
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.copies import CopyReason
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Spoilt
from desktop_app.texts import name_of, tr
from desktop_app.texts.quantities import code
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.sheets.screen import LedgerScreen
from desktop_app.ui.sheets.view import LedgerWidget
from desktop_app.ui.tables.model import PAGE
from tests.domain import builders
from tests.domain.centre_in_memory import Centre
from tests.sync.fake_centre import FakeCentre
from tests.ui.desks import Desk, desk_of, draw, meanwhile, requests_in
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.workplaces import STAFF, TestWorkplace, make_workplace

Show = Callable[[QWidget], QWidget]


def sheet(workplace: TestWorkplace, request_id: str, serial: str, spoilt: Spoilt | None = None, note: str = "") -> None:
    number = workplace.queries.get_request(request_id).request.issue.licences[0].number
    word = ConfirmPrint(request_id, number, serial, spoilt is None, spoilt, note)
    meanwhile(workplace, builders.clerk(), word)


@pytest.fixture
def workplace(tmp_path: Path) -> TestWorkplace:
    """Beside what was printed there: two spoilt sheets, a fine one, and a copy, with gaps between."""
    made = make_workplace(tmp_path, Role.SUPERVISOR, online=True)
    first, second = requests_in(made, Status.ISSUED)[:2]
    sheet(made, first, "KA0100", Spoilt.SMUDGED)
    sheet(made, first, "KA0101", Spoilt.OTHER, "انسكبت القهوة")
    sheet(made, first, "KA0104")
    number = made.queries.get_request(first).request.issue.licences[0].number
    meanwhile(made, builders.clerk(), OrderCopy(first, number, CopyReason.LOST))
    meanwhile(made, builders.clerk(), ConfirmPrint(first, number, "KA0106", fine=True, copy=1))
    sheet(made, second, "KA0107", Spoilt.JAMMED)
    return made


@pytest.fixture
def desk(
    workplace: TestWorkplace, background: ImmediateBackground, messages: RecordedMessages, shown: Show
) -> Desk[LedgerWidget]:
    made = desk_of(workplace, LedgerScreen, LedgerWidget, background, messages)
    shown(made.view)
    made.screen.activate(Route("sheets"))
    return made


def cells(desk: Desk[LedgerWidget], name: str) -> list[str]:
    model = desk.view.model
    at = model.column_named(name)
    return [model.index(row, at).data() for row in range(model.rowCount())]


def search(desk: Desk[LedgerWidget], text: str) -> None:
    desk.type("sheets.search", text)
    desk.view.filters.search.returnPressed.emit()
    draw()


def on_day(desk: Desk[LedgerWidget], text: str) -> None:
    desk.type("sheets.day", text)
    desk.view.day.returnPressed.emit()
    draw()


def choose(desk: Desk[LedgerWidget], name: str, value: str) -> None:
    box = desk.find(QComboBox, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    draw()


def test_each_sheet_says_what_became_of_it_on_what_and_by_whom(desk: Desk[LedgerWidget]) -> None:
    search(desk, "ka٠١")
    said = zip(cells(desk, "state"), cells(desk, "licence"), strict=True)
    found = dict(zip(cells(desk, "serial"), said, strict=True))
    assert set(found) == {code(one) for one in ("KA0100", "KA0101", "KA0104", "KA0106", "KA0107")}
    assert found[code("KA0100")][0] == tr("spoilt: {why}", why=name_of(Spoilt.SMUDGED))
    assert found[code("KA0101")][0] == tr("spoilt: {why}", why="انسكبت القهوة")
    assert found[code("KA0104")][0] == found[code("KA0106")][0] == tr("fine")
    licence = found[code("KA0104")][1]
    assert found[code("KA0106")][1] == tr("{licence}, copy no. {count}", licence=licence, count=1)
    assert set(cells(desk, "who")) == {"ليلى حدّاد"}


def test_what_is_missing_is_named_and_what_the_list_covers(desk: Desk[LedgerWidget]) -> None:
    said = desk.view.missing.text()
    gap = tr("{first} to {last}", first=code("KA0102"), last=code("KA0103"))
    assert desk.view.missing.isVisible()
    assert gap in said
    assert code("KA0105") in said
    assert code("KA0104") not in said
    assert "زهران" in desk.view.covers.text()


def test_fine_spoilt_and_a_day_are_filtered_and_summed(desk: Desk[LedgerWidget], workplace: TestWorkplace) -> None:
    everything = desk.view.model.rowCount()
    choose(desk, "sheets.state", "spoilt")
    assert len(cells(desk, "state")) == 3
    assert all(one.startswith(tr("spoilt")) for one in cells(desk, "state"))
    choose(desk, "sheets.state", "")
    assert desk.view.model.rowCount() == everything
    queries = workplace.queries
    days = {row.at.astimezone(AMMAN).date() for row in queries.sheet_page(SheetFilter(), None, 500).rows}
    by_day = {day: queries.sheet_sums(SheetFilter(day=day)) for day in days}
    assert sum(sums.fine + sums.spoilt for sums in by_day.values()) == everything
    day, sums = next(iter(by_day.items()))
    on_day(desk, f"{day:%d/%m/%Y}")
    assert desk.view.model.rowCount() == sums.fine + sums.spoilt
    on_day(desk, "32/13")
    assert desk.view._unread.isVisible()
    assert desk.view.model.rowCount() == sums.fine + sums.spoilt, "what cannot be read changes nothing"
    on_day(desk, "01/01/2020")
    assert desk.view._place.state is not None
    desk.click("sheets.clear_all")
    assert desk.view.model.rowCount() == everything


def test_a_sheet_leads_to_its_request(desk: Desk[LedgerWidget], workplace: TestWorkplace) -> None:
    search(desk, "KA0104")
    desk.view.table.setCurrentIndex(desk.view.model.index(0, 0))
    desk.click("sheets.request")
    assert desk.went == [Route("request", {"id": requests_in(workplace, Status.ISSUED)[0]})]


def test_a_sheet_that_is_recorded_meanwhile_comes_with_the_news(
    desk: Desk[LedgerWidget], workplace: TestWorkplace
) -> None:
    before = desk.view.model.rowCount()
    sheet(workplace, requests_in(workplace, Status.ISSUED)[1], "KA0108")
    desk.tell_news()
    draw()
    assert desk.view.model.rowCount() == before + 1
    assert cells(desk, "serial").count(code("KA0108")) == 1


def test_the_model_keeps_qts_rules(desk: Desk[LedgerWidget], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(desk.view.model)  # type: ignore[no-untyped-call]


def test_pages_follow_one_another_without_gaps(desk: Desk[LedgerWidget], workplace: TestWorkplace) -> None:
    second = requests_in(workplace, Status.ISSUED)[1]
    for at in range(PAGE):
        sheet(workplace, second, f"KB{at:04d}", Spoilt.FAINT)
    desk.tell_news()
    model = desk.view.model
    choose(desk, "sheets.state", "spoilt")
    assert model.rowCount() == PAGE
    model.fetchMore(QModelIndex())
    assert model.rowCount() == PAGE + 3
    assert not model.canFetchMore(QModelIndex())
    assert len(set(cells(desk, "serial"))) == PAGE + 3
    one_by_one: list[SheetRow] = []
    after: str | None = None
    while True:
        page = workplace.queries.sheet_page(SheetFilter(fine=False), after, 1)
        one_by_one += page.rows
        after = page.next
        if after is None:
            break
    assert one_by_one == list(workplace.queries.sheet_page(SheetFilter(fine=False), None, 500).rows)
    assert one_by_one == sorted(one_by_one, key=lambda row: (row.at, row.request_id, row.place), reverse=True)


def test_other_branches_are_left_out_where_one_is_chosen(workplace: TestWorkplace) -> None:
    everything = workplace.queries.sheet_sums(SheetFilter())
    own = workplace.queries.sheet_sums(SheetFilter(branch=8))
    elsewhere = workplace.queries.sheet_sums(SheetFilter(branch=9))
    assert (own.fine, own.spoilt) == (everything.fine, everything.spoilt)
    assert (elsewhere.fine, elsewhere.spoilt) == (0, 0)
    assert elsewhere.missing == everything.missing, "a pad is shared among branches"


@pytest.mark.parametrize("ending", [VoidReceipt, Refund])
def test_a_sheet_of_a_licence_that_was_taken_back_stays_in_the_ledger(
    desk: Desk[LedgerWidget], workplace: TestWorkplace, ending: type[VoidReceipt] | type[Refund]
) -> None:
    first = requests_in(workplace, Status.ISSUED)[0]
    meanwhile(workplace, builders.supervisor(), ending(first, "خطأ في المبلغ"))
    desk.tell_news()
    search(desk, "KA0104")
    assert cells(desk, "state") == [tr("fine, the licence was taken back")]
    assert code("KA0104") not in desk.view.missing.text()


def test_a_computer_that_holds_none_says_so(
    workplace: TestWorkplace, background: ImmediateBackground, messages: RecordedMessages, shown: Show, tmp_path: Path
) -> None:
    empty = make_workplace(tmp_path, Role.SUPERVISOR, device="K9", centre=FakeCentre(Centre(), STAFF))
    desk = desk_of(replace(workplace, queries=empty.queries), LedgerScreen, LedgerWidget, background, messages)
    shown(desk.view)
    desk.screen.activate(Route("sheets"))
    assert desk.view._place.state is not None
    assert not desk.view.missing.isVisible()
