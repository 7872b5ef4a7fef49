"""The edited tables on screen: another value from a day on, its confirmation, its history; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop_app.application.workplace import Workplace
from desktop_app.domain.dated_rows import DatedRow, TableKind
from desktop_app.domain.messages import Message
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError
from desktop_app.texts.clock_words import short_date
from desktop_app.ui.dated_tables.lines import TableLine
from desktop_app.ui.dated_tables.presenter import Chosen, TablesPresenter, TypedRow
from desktop_app.ui.dated_tables.screen import TablesScreen
from desktop_app.ui.dated_tables.view import TablesWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports, screen_entries
from desktop_app.ui.shell import entries_for
from tests.domain import builders
from tests.ui.administration.an_administration import AnAdministration
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found

TODAY = builders.NOW.date()


class ADisplay:
    def __init__(self) -> None:
        self.lines: dict[str, TableLine] = {}
        self.chosen: Chosen | None = None
        self.typed: dict[str, str] = {}
        self.findings: dict[str, str] = {}
        self.away = ""

    def show_loading(self) -> None: ...

    def show_offline(self, sentence: str) -> None:
        self.away = sentence

    def show_lines(self, lines: tuple[TableLine, ...], bodies: tuple[tuple[str, str], ...]) -> None:
        self.lines = {one.id: one for one in lines}

    def show_chosen(self, chosen: Chosen, today: object) -> None:
        self.chosen = chosen

    def show_typed(self, fields: dict[str, str]) -> None:
        self.typed = fields

    def show_findings(self, findings: tuple[Message, ...]) -> None:
        self.findings = {one.about: one.key for one in findings}


@pytest.fixture
def display() -> ADisplay:
    return ADisplay()


@pytest.fixture
def presenter(
    display: ADisplay, administrators_workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
) -> TablesPresenter:
    made = TablesPresenter(display, administrators_workplace, background, messages)
    made.look()
    return made


def test_a_change_counts_from_its_day_and_is_not_confirmed_until_it_is(
    presenter: TablesPresenter, display: ADisplay, administered: AnAdministration
) -> None:
    presenter.choose("certificate grocery")
    presenter.save(TypedRow("yes", presenter.today + timedelta(days=2), "كتاب الدفاع المدني"))
    line = display.lines["certificate grocery"]
    assert (line.raw, line.state) == ("no", "غير مؤكد")
    assert "تحتاجها" in line.coming
    presenter.save(TypedRow("yes", presenter.today, "من اليوم"))
    assert display.lines["certificate grocery"].raw == "yes"
    assert display.chosen is not None
    assert [one.pending for one in display.chosen.history] == ["غير مؤكد", "غير مؤكد"]
    assert display.chosen.open_place == 2
    presenter.confirm(2, " ")
    assert display.findings == {"source": "dated.source_missing"}
    presenter.confirm(2, "قرار ١٤ لسنة ٢٠٢٦")
    assert (display.lines["certificate grocery"].state, display.chosen.open_place) == ("مؤكد", 1)
    assert "قرار ١٤ لسنة ٢٠٢٦" in display.chosen.history[0].detail


@pytest.mark.parametrize(
    ("table", "key", "value", "about"),
    [
        (TableKind.PERIOD, "payment_days", "0", "value"),
        (TableKind.PERIOD, "payment_days", "", "value"),
        (TableKind.HOLIDAY, "", "ع" * 121, "value"),
        (TableKind.BODIES, "grocery", "nobody", "value"),
    ],
)
def test_what_the_rules_refuse_asks_nobody(
    presenter: TablesPresenter,
    display: ADisplay,
    administered: AnAdministration,
    table: TableKind,
    key: str,
    value: str,
    about: str,
) -> None:
    presenter.choose_table(table)
    presenter.choose(f"{table.value} {key}" if key else "")
    presenter.save(TypedRow(value, presenter.today, "x"))
    assert set(display.findings) == {about}
    presenter.save(TypedRow(value, None, "x"))
    presenter.save(TypedRow(value, presenter.today - timedelta(days=1), ""))
    assert {"valid_from", "reason"} <= set(display.findings)
    assert administered.done == []


def test_a_day_off_is_added_and_taken_back(
    presenter: TablesPresenter, display: ADisplay, administered: AnAdministration
) -> None:
    day = presenter.today + timedelta(days=9)
    identity = f"holiday {day.isoformat()}"
    presenter.choose_table(TableKind.HOLIDAY)
    presenter.choose("")
    presenter.save(TypedRow("عطلة طارئة", day, "بلاغ"))
    assert administered.rows[-1].row == DatedRow(TableKind.HOLIDAY, day.isoformat(), "عطلة طارئة", day)
    assert display.lines[identity].value == "عطلة طارئة"
    presenter.choose(identity)
    presenter.save(TypedRow("", day, "أُلغيت"))
    assert display.lines[identity].value == "يوم عمل"


@pytest.mark.parametrize("error", [CentreUnreachableError("x"), NotAdmittedError("x")])
def test_without_the_centre_nothing_typed_is_lost(
    presenter: TablesPresenter,
    display: ADisplay,
    administrators_workplace: Workplace,
    background: ImmediateBackground,
    messages: RecordedMessages,
    administered: AnAdministration,
    error: Exception,
) -> None:
    presenter.choose("certificate grocery")
    typed = {"value": "yes", "valid_from": "٢٠٢٦/٠٣/٠٩", "reason": "كتاب", "source": ""}
    presenter.keep(typed)
    administered.error = error
    presenter.save(TypedRow("yes", presenter.today, "كتاب"))
    assert (administered.done, len(messages.notices)) == ([], 1)
    again = ADisplay()
    other = TablesPresenter(again, administrators_workplace, background, messages)
    administered.error = error
    other.look()
    assert again.away
    other.look()
    other.choose("certificate grocery")
    assert again.typed == typed
    other.save(TypedRow("yes", other.today, "كتاب"))
    last = ADisplay()
    final = TablesPresenter(last, administrators_workplace, background, messages)
    final.look()
    final.choose("certificate grocery")
    assert last.typed == {}, "the draft went with the saving"


@pytest.fixture
def view(
    administrators_workplace: Workplace,
    background: ImmediateBackground,
    messages: RecordedMessages,
    shown: Callable[[QWidget], QWidget],
) -> TablesWidget:
    screen = TablesScreen(Ports(administrators_workplace, background, messages, lambda _: True))
    widget = screen.widget()
    assert isinstance(widget, TablesWidget)
    widget.setProperty("kept", screen)
    shown(widget)
    screen.activate(Route("dated_tables"))
    QApplication.processEvents()
    return widget


def test_the_screen_writes_rows_of_each_table(view: TablesWidget, administered: AnAdministration) -> None:
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def save(why: str) -> DatedRow:
        found(view, QPlainTextEdit, "dated_tables.reason").setPlainText(why)
        found(view, QPushButton, "dated_tables.save").click()
        QApplication.processEvents()
        assert administered.rows[-1].reason == why
        return administered.rows[-1].row

    found(view, QCheckBox, "dated_tables.needs").setChecked(True)
    assert save("أ").value == "yes"
    view.tabs.choose("bodies")
    QApplication.processEvents()
    view.bodies.item(1).setCheckState(view.bodies.item(1).checkState().Checked)
    assert save("ب").value == "environment"
    view.tabs.choose("civil_defence")
    QApplication.processEvents()
    needs = found(view, QCheckBox, "dated_tables.needs")
    assert (needs.isVisible(), needs.text()) == (True, "تحتاج رأي الدفاع المدني بعد الكشف")
    needs.setChecked(not needs.isChecked())
    wanted = "yes" if needs.isChecked() else "no"
    assert (save("هـ").table, administered.rows[-1].row.value) == (TableKind.CIVIL_DEFENCE, wanted)
    view.tabs.choose("period")
    QApplication.processEvents()
    found(view, QLineEdit, "dated_tables.value").setText("٧")
    assert (save("ج").key, administered.rows[-1].row.value) == ("rectification_days", "7")
    found(view, QLineEdit, "dated_tables.source").setText("قرار")
    found(view, QPushButton, "dated_tables.confirm").click()
    assert administered.rows[-1].row.source == "قرار"
    view.tabs.choose("holiday")
    QApplication.processEvents()
    found(view, QPushButton, "dated_tables.add").click()
    day = TODAY + timedelta(days=20)
    found(view, QLineEdit, "dated_tables.value").setText("عطلة")
    found(view, QLineEdit, "dated_tables.valid_from").setText(short_date(day))
    assert save("د") == DatedRow(TableKind.HOLIDAY, day.isoformat(), "عطلة", day)


def test_what_was_typed_beside_one_line_is_there_when_one_comes_back(view: TablesWidget) -> None:
    reason = found(view, QPlainTextEdit, "dated_tables.reason")
    reason.setPlainText("كتاب")
    view.table.setCurrentIndex(view.model.index(2, 0))
    assert reason.toPlainText() == ""
    view.table.setCurrentIndex(view.model.index(0, 0))
    assert reason.toPlainText() == "كتاب"


def test_only_administrators_are_led_there(
    administrators_workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    entries = screen_entries(Ports(administrators_workplace, background, messages, lambda _: True))
    for actor in (builders.administrator(), builders.clerk(), builders.supervisor()):
        (entry,) = [one for one in entries_for(actor, entries) if one.name == "dated_tables"]
        assert entry.navigated is (actor == builders.administrator())
