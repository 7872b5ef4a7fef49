"""The lazy table: pages by key, immutable rows, a selection that follows its row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.ui.tables.columns import ChipOf, Column
from desktop_app.ui.tables.model import CHIP_ROLE, PAGE, LazyTableModel, Page
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone
from tests.ui.fakes import HeldBackground, ImmediateBackground


@dataclass(frozen=True, slots=True)
class Line:
    key: int
    name: str
    fees: int = 0


COLUMNS: list[Column[Line]] = [
    Column("key", "الرقم", lambda row: str(row.key), 10),
    Column("name", "الاسم", lambda row: row.name, chip=lambda row: ChipOf(row.name, Tone.DONE)),
    Column("fees", "الرسوم", lambda row: str(row.fees), 10, number=True),
]


class Source:
    """A list in order of key, as a store would page it."""

    def __init__(self, count: int) -> None:
        self.rows = [Line(n, f"سطر {n}") for n in range(count)]
        self.asked: list[tuple[object | None, int]] = []

    def fetch(self, after: object | None, count: int) -> Page[Line]:
        self.asked.append((after, count))
        rest = [row for row in self.rows if after is None or row.key > int(str(after))]
        page = tuple(rest[:count])
        return Page(page, page[-1].key if len(rest) > count else None)


@pytest.fixture
def source() -> Source:
    return Source(250)


@pytest.fixture
def model(background: ImmediateBackground) -> LazyTableModel[Line]:
    return LazyTableModel(COLUMNS, lambda row: row.key, background)


def test_the_model_keeps_qts_contract(held: HeldBackground, source: Source, qtmodeltester: ModelTester) -> None:
    model = LazyTableModel(COLUMNS, lambda row: row.key, held)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show(source.fetch)
    held.release()
    model.fetchMore(QModelIndex())
    held.release()
    assert model.rowCount() >= 2 * PAGE
    source.rows.pop(3)
    model.refresh()
    held.release()
    source.rows[0] = replace(source.rows[0], name="جديد")
    model.refresh()
    held.release()
    assert model.row_at(0).name == "جديد"


def test_pages_come_by_key_only_as_they_are_needed(model: LazyTableModel[Line], source: Source) -> None:
    model.show(source.fetch)
    assert model.rowCount() == PAGE
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert [model.row_at(n).key for n in range(model.rowCount())] == list(range(250))
    assert source.asked == [(None, PAGE), (99, PAGE), (199, PAGE)]


def test_a_page_is_not_asked_for_twice_while_it_is_on_its_way(held: HeldBackground, source: Source) -> None:
    model = LazyTableModel(COLUMNS, lambda row: row.key, held)
    model.show(source.fetch)
    assert not model.settled
    held.release()
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert len(held.held) == 1


def test_a_newer_question_drops_the_answer_to_the_older(held: HeldBackground) -> None:
    model = LazyTableModel(COLUMNS, lambda row: row.key, held)
    model.show(Source(5).fetch)
    model.show(Source(2).fetch)
    held.release()
    assert model.rowCount() == 2


def test_a_changed_row_is_told_as_a_change_not_as_a_new_list(
    model: LazyTableModel[Line], source: Source, qtbot: QtBot
) -> None:
    model.show(source.fetch)
    source.rows[4] = replace(source.rows[4], name="جديد")
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        model.refresh()
    assert changed.args is not None
    assert changed.args[0].row() == changed.args[1].row() == 4
    assert model.data(model.index(4, 1)) == "جديد"


def test_a_refresh_reads_as_many_rows_as_were_shown(model: LazyTableModel[Line], source: Source) -> None:
    model.show(source.fetch)
    model.fetchMore(QModelIndex())
    model.refresh()
    assert model.rowCount() == 2 * PAGE
    assert source.asked[-1] == (None, 2 * PAGE)


def test_a_failed_page_is_told_and_can_be_asked_for_again(
    model: LazyTableModel[Line], source: Source, qtbot: QtBot
) -> None:
    def broken(after: object | None, count: int) -> Page[Line]:
        raise ConnectionError

    with qtbot.waitSignal(model.failed):
        model.show(broken)
    model.show(source.fetch)
    assert model.rowCount() == PAGE


def test_figures_stand_with_their_units_under_each_other(model: LazyTableModel[Line], source: Source) -> None:
    model.show(source.fetch)
    side = model.data(model.index(0, 2), Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight
    assert side & Qt.AlignmentFlag.AlignAbsolute
    assert model.data(model.index(0, 1), CHIP_ROLE) == ChipOf("سطر 0", Tone.DONE)


@pytest.fixture
def view(model: LazyTableModel[Line], source: Source, shown: Callable[[QWidget], QWidget]) -> TableView:
    model.show(source.fetch)
    made = TableView(model)
    shown(made)
    return made


def test_enter_opens_the_row(view: TableView, qtbot: QtBot) -> None:
    assert view.select_id(3)
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [3]


def test_arrows_tell_the_row_they_come_to(view: TableView, qtbot: QtBot) -> None:
    view.select_id(3)
    with qtbot.waitSignal(view.current_changed) as moved:
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert moved.args == [4]


def test_the_selection_follows_its_row_through_a_refresh(view: TableView, source: Source) -> None:
    view.select_id(40)
    source.rows.insert(0, Line(-1, "أول"))
    view.rows.refresh()
    assert view.find_current() == 40
    assert view.currentIndex().row() == 41


def test_a_row_that_went_takes_its_selection_along(view: TableView, source: Source) -> None:
    view.select_id(40)
    source.rows = [row for row in source.rows if row.key != 40]
    view.rows.refresh()
    assert view.find_current() is None


def test_the_first_column_is_at_the_reading_side(view: TableView) -> None:
    assert view.columnViewportPosition(0) > view.columnViewportPosition(1) > view.columnViewportPosition(2)
