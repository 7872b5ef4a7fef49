"""The building blocks: what they say, what they refuse, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.area import Area
from desktop_app.domain.messages import InputError, message
from desktop_app.domain.money import Fils
from desktop_app.texts import strip_marks
from desktop_app.ui.theme import Tone
from desktop_app.ui.widgets.ask import ask
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.edits import AreaEdit, DateEdit, DigitsEdit, LineEdit, MoneyEdit, TextArea
from desktop_app.ui.widgets.filters import FilterStrip, ViewTabs
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column
from desktop_app.ui.widgets.sections import Facts, holding
from desktop_app.ui.widgets.states import Stateful, empty, loading, offline, refused
from desktop_app.ui.widgets.steps import Step, StepState, TaskList
from desktop_app.ui.widgets.timeline import Event, Timeline
from tests.ui.keys import type_text

Show = Callable[[QWidget], QWidget]


def _leave(edit: QWidget, other: QWidget) -> None:
    edit.setFocus()
    other.setFocus()


@pytest.fixture
def elsewhere() -> LineEdit:
    return LineEdit()


def test_an_area_is_tidied_when_one_leaves_it(shown: Show, qtbot: QtBot, elsewhere: LineEdit) -> None:
    edit = AreaEdit()
    shown(holding(column(edit, elsewhere)))
    edit.setFocus()
    type_text(edit, "120.5")
    elsewhere.setFocus()
    assert edit.text() == "١٢٠٫٥٠"
    assert edit.get_value() == Area(12050)


def test_what_cannot_be_read_stays_as_typed_with_its_sentence(shown: Show, qtbot: QtBot, elsewhere: LineEdit) -> None:
    edit = DateEdit()
    field = Field("date", "تاريخ الكتاب", edit)
    shown(holding(column(field, elsewhere)))
    edit.setFocus()
    type_text(edit, "31/04/2026")
    elsewhere.setFocus()
    assert edit.text() == "31/04/2026"
    assert "لا يوجد هذا اليوم" in field.problem
    assert edit.property("wrong") is True
    assert edit.find_value() is None
    with pytest.raises(InputError):
        edit.get_value()
    edit.show_value(date(2026, 4, 30))
    edit.editingFinished.emit()
    assert field.problem == ""
    assert edit.property("wrong") is False


def test_an_empty_value_is_no_problem_yet() -> None:
    assert MoneyEdit().problem == ""
    assert MoneyEdit().find_value() is None
    assert MoneyEdit(Fils(12500)).text() == "١٢٫٥٠٠"


def test_a_code_is_written_in_ascii_and_rests_in_the_languages_digits(
    shown: Show, qtbot: QtBot, elsewhere: LineEdit
) -> None:
    edit = DigitsEdit()
    shown(holding(column(edit, elsewhere)))
    edit.setFocus()
    type_text(edit, "L-٢٠٢٤-05-1517")
    elsewhere.setFocus()
    assert strip_marks(edit.text()) == "L-٢٠٢٤-٠٥-١٥١٧"
    assert edit.typed == "L-2024-05-1517"
    edit.setFocus()
    assert edit.text() == "L-2024-05-1517"


@pytest.mark.parametrize("make", [LineEdit, DigitsEdit, AreaEdit, TextArea])
def test_writing_begins_at_the_reading_side(make: Callable[[], QWidget], shown: Show) -> None:
    edit = make()
    shown(holding(column(edit, 1)))
    if isinstance(edit, TextArea):
        edit.setPlainText("ملاحظة")
        assert edit.document().defaultTextOption().alignment() & Qt.AlignmentFlag.AlignRight
        assert edit.cursorRect().center().x() > edit.width() // 2
    else:
        assert isinstance(edit, LineEdit)
        edit.setText("12")
        assert edit.cursorRect().center().x() > edit.width() // 2


def test_messages_of_the_domain_find_their_fields(shown: Show) -> None:
    area, day = Field("area", "المساحة", AreaEdit()), Field("date", "التاريخ", DateEdit())
    form = Form(area, day)
    shown(holding(column(area, day)))
    homeless = form.show_findings(
        [message("typed.not_a_date", "date"), message("typed.not_chosen", "elsewhere")],
        [message("typed.not_a_number", "area")],
    )
    assert [each.about for each in homeless] == ["elsewhere"]
    assert "ليس تاريخا" in day.problem
    assert "ليس عددا" in area.problem
    assert (area.edit.property("wrong"), day.edit.property("wrong")) == (False, True)
    assert day.edit.hasFocus()
    form.show_findings([])
    assert (area.problem, day.problem) == ("", "")


def test_an_action_that_is_nearly_legal_says_what_is_missing(shown: Show, qtbot: QtBot) -> None:
    done: list[str] = []
    bar = ActionBar()
    main = Action("approve", "اعتمد الرسوم", lambda: done.append("approve"), missing=("ينتظر نتيجة الكشف",))
    refuse = Action("refuse", "ارفض الطلب", lambda: done.append("refuse"), destructive=True)
    bar.show_actions(main, (refuse,))
    shown(bar)
    QTest.mouseClick(bar.buttons["approve"], Qt.MouseButton.LeftButton)
    assert done == []
    assert [reason.text() for reason in bar.reasons] == ["•  ينتظر نتيجة الكشف"]
    QTest.mouseClick(bar.buttons["refuse"], Qt.MouseButton.LeftButton)
    assert done == ["refuse"]
    # The main action begins the line; what destroys stands at its far end.
    assert bar.buttons["approve"].x() > bar.width() // 2 > bar.buttons["refuse"].x()
    bar.show_actions(Action("approve", "اعتمد الرسوم", lambda: done.append("approve")))
    assert bar.reasons == []
    bar.buttons["approve"].click()
    assert done == ["refuse", "approve"]


def test_labels_show_markup_as_it_was_typed() -> None:
    assert label("<b>اسم</b>").textFormat() is Qt.TextFormat.PlainText


def test_a_broken_line_begins_and_ends_within_its_label(shown: Show) -> None:
    sentence = "جدول الرسوم التجريبي لسنة ٢٠٢٦، البند ٤٤: نفايات مطاعم ومخابز آلية وأسواق خضار ولحوم"
    made = label(sentence, wrap=True)
    made.setFixedWidth(300)
    shown(made)
    picture = made.grab().toImage()
    paper = picture.pixel(0, 0)

    def ink(rows: range) -> list[int]:
        return [x for x in range(picture.width()) if any(picture.pixel(x, y) != paper for y in rows)]

    half = picture.height() // 2
    first, second = ink(range(half)), ink(range(half, picture.height()))
    assert second, "the sentence was to be broken"
    assert abs(first[-1] - second[-1]) <= 2, "both lines begin at the leading edge"
    assert first[0] > 0


def test_facts_leave_out_what_is_not_known() -> None:
    assert list(Facts(("الهاتف", ""), ("الصفة", "مالك")).values) == ["الصفة"]


def test_a_step_that_is_due_can_be_opened_and_a_later_one_cannot(shown: Show, qtbot: QtBot) -> None:
    steps = TaskList()
    steps.show_steps((Step("visit", "الكشف", StepState.NOW), Step("issue", "الإصدار", StepState.LATER)))
    shown(steps)
    with qtbot.waitSignal(steps.opened) as opened:
        steps.row_of("visit").findChildren(QPushButton)[0].click()
    assert opened.args == ["visit"]
    assert steps.row_of("issue").findChildren(QPushButton) == []
    assert steps.row_of("issue").accessibleName() == "الإصدار: لاحقا"


def test_the_timeline_shows_every_event_anew(shown: Show) -> None:
    line = Timeline()
    line.show_events((Event("قبل الطلب", "اليوم", "ليلى"), Event("قدم الطلب", "أمس", "ليلى")))
    line.show_events((Event("قبل الطلب", "اليوم", "ليلى"),))
    shown(line)
    assert len(line.events) == 1
    assert line.layout().count() == 1  # type: ignore[union-attr]


def test_a_state_gives_way_to_the_content_again() -> None:
    content = QWidget()
    area = Stateful(content)
    for state in (empty("لا شيء"), loading(), offline(), refused("لا")):
        area.show_state(state)
        assert area.currentWidget() is state
        assert area.count() == 2
    area.show_content()
    assert area.currentWidget() is content
    assert area.state is None


def test_a_state_in_a_narrow_place_shows_its_whole_sentence(shown: Show) -> None:
    state = empty("لم يُختر شيء", "اختر سطرا لتراه هنا، ومفتاح الإدخال يفتحه.")
    area = Stateful(QWidget())
    area.show_state(state)
    shown(area)
    area.resize(250, 600)
    QApplication.processEvents()
    words = state.what_to_do
    assert words.width() <= 250
    assert words.height() >= words.heightForWidth(words.width()) > words.fontMetrics().lineSpacing()


def test_the_search_line_has_room_for_what_it_says(shown: Show) -> None:
    said = "الرقم أو مقدم الطلب أو الرخصة أو الاسم التجاري"
    strip = FilterStrip(said)
    shown(strip)
    assert strip.search.contentsRect().width() > strip.search.fontMetrics().horizontalAdvance(said)


def test_filters_settle_before_they_are_told(qtbot: QtBot, shown: Show) -> None:
    strip = FilterStrip()
    strip.add_choice("district", "كل المناطق", (("5", "زهران"),))
    shown(strip)
    told: list[dict[str, str]] = []
    strip.changed.connect(lambda: told.append(strip.values()))
    type_text(strip.search, "ليلى")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [{"text": "ليلى"}]
    strip.choices["district"].setCurrentIndex(1)
    strip.choices["district"].activated.emit(1)
    assert told[-1] == {"text": "ليلى", "district": "5"}
    assert strip.clear.isVisible()
    strip.clear.click()
    assert told[-1] == {}
    assert not strip.clear.isVisible()


def test_tabs_tell_the_view_and_show_its_count(qtbot: QtBot) -> None:
    tabs = ViewTabs(("new", "جديدة"), ("late", "متأخرة"))
    qtbot.addWidget(tabs)
    tabs.show_count("late", 12)
    assert tabs.buttons["late"].text() == "متأخرة  ١٢"
    with qtbot.waitSignal(tabs.chosen) as chosen:
        tabs.choose("late")
    assert (chosen.args, tabs.current) == (["late"], "late")


def test_a_chip_always_says_its_word() -> None:
    chip = Chip("متأخر", Tone.LATE)
    assert chip.accessibleName() == "متأخر"
    assert chip.icon is not None


def test_a_question_names_its_verb_and_prefers_the_safe_way(shown: Show, qtbot: QtBot) -> None:
    done: list[str] = []
    window = shown(QWidget())
    box = ask(window, "أتلغي الإيصال؟", "ألغ الإيصال", lambda: done.append("void"), destructive=True)
    assert isinstance(box, QMessageBox)
    assert box.defaultButton().text() == "تراجع"
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert done == []
    box = ask(window, "أتلغي الإيصال؟", "ألغ الإيصال", lambda: done.append("void"), destructive=True)
    [verb] = [each for each in box.buttons() if each.text() == "ألغ الإيصال"]
    verb.click()
    assert done == ["void"]
