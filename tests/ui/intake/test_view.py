"""The intake form by hand, with real widgets over a real store; and the notice of dues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.people import ApplicantKind, Capacity
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.texts import strip_marks
from desktop_app.ui.dues.screen import DuesScreen
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.looking import FORM
from desktop_app.ui.intake.screen import IntakeScreen
from desktop_app.ui.screens import Ports
from desktop_app.ui.split_editor.cards import ChildCard
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.intake.conftest import BUSY, FREE, OWING, SHOWN, fill
from tests.ui.intake.test_presenter import request_in
from tests.ui.split_editor.hands import type_text
from tests.workplaces import TestWorkplace

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def ports(
    place: TestWorkplace, background: ImmediateBackground, messages: RecordedMessages, went: list[Route]
) -> Ports:
    def go(route: Route) -> bool:
        went.append(route)
        return True

    return Ports(place, background, messages, go)


@pytest.fixture
def screen(ports: Ports, shown: Show) -> IntakeScreen:
    made = IntakeScreen(ports)
    shown(made.widget())
    made.activate(Route("intake"))
    return made


def test_typing_the_number_shows_the_licence(screen: IntakeScreen, place: TestWorkplace) -> None:
    view = screen.view
    assert view.lines[fields.PARENT].hasFocus(), "work begins there"
    assert not view.side.licence.isVisible()
    type_text(view.lines[fields.PARENT], FREE)
    licence = place.queries.find_licence(FREE)
    assert licence is not None
    assert view.side.licence.isVisible()
    assert view.side.licence.trade_name.text() == licence.trade_name
    assert ascii_digits(strip_marks(view.side.licence.facts.values["الرقم"].text())) == FREE
    assert view.split.add.isVisible()


def test_a_card_grows_with_the_chips_that_it_is_given(screen: IntakeScreen) -> None:
    view, split = screen.view, screen.presenter.split
    view.window().resize(1150, 700)
    type_text(view.lines[fields.PARENT], FREE)
    view.split.add.click()
    view.split.add.click()
    card = view.split.children_cards["c2"]
    assert isinstance(card, ChildCard)
    QApplication.processEvents()
    parent = split.sharing.parent
    assert parent is not None
    for vocation in split.reference.vocations:
        if vocation.code in parent.vocations:
            split.move_vocation(vocation.code, None, "c2")
        else:
            split.add_vocation("c2", vocation.code)
        screen.view.rest()  # the pause would show everything anew
        for _ in range(5):
            QApplication.processEvents()
        assert card.height() >= card.heightForWidth(card.width())
        assert all(field.edit.height() >= field.edit.sizeHint().height() for field in card.fields.values())
    assert len({chip.y() for chip in card.vocations.chips}) > 1, (
        "the chips did not fill a second line: nothing was tested"
    )


def test_a_pause_keeps_what_is_typed(screen: IntakeScreen, place: TestWorkplace, qtbot: QtBot) -> None:
    type_text(screen.view.lines[fields.NAME], "سمير")
    assert place.drafts.all_of(FORM) == ()
    qtbot.waitUntil(lambda: bool(place.drafts.all_of(FORM)))
    assert place.drafts.all_of(FORM)[0].fields[fields.NAME] == "سمير"


def test_leaving_at_once_keeps_it_too_and_coming_back_finds_it(screen: IntakeScreen, place: TestWorkplace) -> None:
    type_text(screen.view.lines[fields.NAME], "سمير")
    assert screen.deactivate()
    assert len(place.drafts.all_of(FORM)) == 1
    screen.activate(Route("intake"))
    assert screen.view.lines[fields.NAME].text() == "سمير"


def test_a_closed_program_offers_the_unfinished_form(
    screen: IntakeScreen, ports: Ports, place: TestWorkplace, shown: Show
) -> None:
    fill(screen.presenter)
    screen.deactivate()
    later = IntakeScreen(ports)
    shown(later.widget())
    later.activate(Route("intake"))
    (offered,) = later.view.side.draft_buttons
    assert "أحمد خليل الحسن" in offered.accessibleName()
    QApplication.processEvents()
    (words,) = offered.findChildren(QLabel)
    assert words.height() >= words.heightForWidth(words.width()) > words.fontMetrics().lineSpacing()
    offered.click()
    assert later.view.lines[fields.MOBILE].text() == "٠٧٩ ١٢٣ ٤٥٦٧"
    assert later.presenter.split.sharing.units == screen.presenter.split.sharing.units
    assert list(later.view.split.children_cards) == ["c1"]


def test_fields_come_and_go_with_what_is_chosen(screen: IntakeScreen) -> None:
    view = screen.view

    def choose(name: str, value: str) -> None:
        box = view.choices[name]
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    assert not view.fields[fields.SIGNATORY].isVisible()
    assert not view.fields[fields.AUTHORITY].isVisible()
    assert not view.fields[fields.CERTIFICATE].isVisible()
    choose(fields.KIND, ApplicantKind.BUSINESS.value)
    assert view.fields[fields.SIGNATORY].isVisible()
    assert view.choices[fields.IDENTITY_KIND].currentData() == "establishment_number"
    choose(fields.CAPACITY, Capacity.AGENT.value)
    assert view.fields[fields.AUTHORITY].isVisible()
    fill(screen.presenter)
    needing = next(v for v in screen.presenter.reference.vocations if v.needs_construction_certificate)
    screen.presenter.split.add_vocation("c1", needing.code)
    assert view.fields[fields.CERTIFICATE].isVisible()


def test_lodging_by_key_goes_to_the_request(screen: IntakeScreen, went: list[Route], qtbot: QtBot) -> None:
    fill(screen.presenter)
    view = screen.view
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    QTest.keyClick(view.lines[fields.PARENT], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(went))  # Qt shows the button going down first
    assert [route.screen for route in went] == ["request"]
    assert view.lines[fields.NAME].text() == "", "ready for the next applicant"


def test_a_refused_lodging_goes_to_the_first_field_and_lists_the_rest(screen: IntakeScreen, went: list[Route]) -> None:
    view = screen.view
    type_text(view.lines[fields.PARENT], FREE)
    view.action_bar.buttons["intake.lodge"].click()
    assert went == []
    wrong = [name for name, field in view.fields.items() if field.problem]
    assert {fields.NAME, fields.IDENTITY, fields.MOBILE, fields.TITLE_DEED} <= set(wrong)
    assert view.focusWidget() in view.lines.values()
    assert len(view.side.remaining_buttons) == len(screen.presenter.say_remaining())
    deed = next(one for one in view.side.remaining_buttons if "سند" in one.accessibleName())
    deed.click()
    assert view.lines[fields.TITLE_DEED].hasFocus()


def test_what_is_wrong_with_a_child_is_reached_from_the_list(screen: IntakeScreen) -> None:
    fill(screen.presenter)
    screen.presenter.split.type_text("c1", "trade_name", "")
    screen.presenter.pause()
    (left,) = screen.view.side.remaining_buttons
    assert left.accessibleName() == "رخصة جديدة ١: اكتب الاسم التجاري."
    left.click()
    card = screen.view.split.children_cards["c1"]
    assert card.fields["trade_name"].edit.hasFocus()  # type: ignore[union-attr]


def test_the_form_of_a_licence_number_is_shown_in_the_screens_own_digits(screen: IntakeScreen) -> None:
    hint = strip_marks(screen.view.lines[fields.PARENT].placeholderText())
    assert hint == "L-٢٠٢٦-٠٨-٠٠٠١٢٣"
    type_text(screen.view.lines[fields.PARENT], hint)
    assert screen.presenter.form.parent_number == "L-2026-08-000123"


def test_a_second_request_is_warned_of_with_the_way_to_the_first(screen: IntakeScreen, went: list[Route]) -> None:
    assert not screen.view.side.rival.isVisible()
    type_text(screen.view.lines[fields.PARENT], BUSY)
    assert screen.view.side.rival.isVisible()
    screen.view.side.compare.click()
    (other,) = screen.presenter.duplicates.others
    found(screen.view, QPushButton, f"duplicates.open.{other.id}").click()
    assert went == [Route("request", {"id": other.id})]


def test_possible_duplicates_stand_side_by_side_before_lodging(screen: IntakeScreen, place: TestWorkplace) -> None:
    """On another licence, by the same person and deed, both written in another way."""
    view, first = screen.view, place.queries.get_request(request_in(place, Status.LODGED)).request
    assert not view.duplicates.isVisible()
    fill(screen.presenter)
    assert view.duplicates.isVisible() is bool(screen.presenter.duplicates.others)
    name = first.applicant.person.name_ar
    screen.presenter.typed(fields.NAME, name.replace("أ", "ا").replace("ة", "ه").replace(" ", "  "))
    screen.presenter.typed(fields.TITLE_DEED, f" {first.requirements.title_deed.lower()} ".replace("-", "/"))
    screen.presenter.typed(fields.IDENTITY, "9990000001")
    screen.presenter.pause()
    assert view.duplicates.isVisible()
    same = {title for (title, other), marked in view.duplicates.cells.items() if other == first.id and marked}
    assert {"سند الملكية", "مقدم الطلب"} <= same
    assert not same & {"الرخصة الأم", "إثبات الشخصية"}
    screen.presenter.lodge()
    assert place.queries.open_requests_on(FREE), "a warning holds nothing up"


def test_a_request_that_is_typed_on_is_no_duplicate_of_itself(screen: IntakeScreen, place: TestWorkplace) -> None:
    returned = request_in(place, Status.RETURNED)
    screen.activate(Route("intake", {"id": returned}))
    assert returned not in {other.id for other in screen.presenter.duplicates.others}


def test_the_dues_notice_names_each_amount_and_the_total(screen: IntakeScreen) -> None:
    fill(screen.presenter, identity=OWING)
    notice = screen.view.side.dues
    assert notice.isVisible()
    assert [(line[0], line[2]) for line in notice.lines] == [
        ("مسقفات: ضريبة الأبنية ٢٠٢٥", "١٢٠٫٥٠٠ دينار"),
        ("تحققات", "٣٥٫٠٠٠ دينار"),
    ]
    assert "M-2026-1" in ascii_digits(strip_marks(notice.lines[0][1]))
    assert notice.total.text() == "١٥٥٫٥٠٠ دينار"
    assert "إلكترونيا" in notice.told.text()


def test_discarding_asks_first(screen: IntakeScreen, place: TestWorkplace) -> None:
    type_text(screen.view.lines[fields.NAME], "سمير")
    screen.view.action_bar.buttons["intake.discard"].click()
    box = screen.view.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert screen.view.lines[fields.NAME].text() == "سمير"
    box.accept()
    assert screen.view.lines[fields.NAME].text() == ""
    assert place.drafts.all_of(FORM) == ()


def test_a_returned_request_opens_with_the_reason_on_top(screen: IntakeScreen, place: TestWorkplace) -> None:
    requests = place.centre.centre.requests.values()
    returned = next(one for one in requests if status_of(one) is SHOWN[2])
    screen.activate(Route("intake", {"id": returned.id}))
    assert screen.view.returned.isVisible()
    assert screen.view.reason.text() == returned.intake.reason
    assert screen.view.lines[fields.NAME].text() == returned.applicant.person.name_ar
    assert returned.shown_number in screen.title


def test_the_dues_of_a_request_are_settled_by_a_reference(
    screen: IntakeScreen, ports: Ports, shown: Show, place: TestWorkplace, went: list[Route]
) -> None:
    fill(screen.presenter, identity=OWING)
    screen.presenter.lodge()
    request_id = went[-1].args["id"]
    dues = DuesScreen(ports)
    shown(dues.widget())
    dues.activate(Route("dues", {"id": request_id}))
    assert dues.view.notice.isVisible()
    dues.view.action_bar.buttons["dues.settle"].click()
    assert "الرقم المرجعي" in dues.view.field.problem
    type_text(dues.view.reference, "EFWT-٧٧١")
    assert dues.deactivate()
    again = DuesScreen(ports)
    shown(again.widget())
    again.activate(Route("dues", {"id": request_id}))
    assert again.view.reference.text() == "EFWT-٧٧١", "what was typed is found again"
    dues = again
    QTest.keyClick(dues.view.reference, Qt.Key.Key_Return)
    request = place.queries.get_request(request_id).request
    assert request.dues.payment_reference == "EFWT-771"
    assert status_of(request) is Status.LODGED
    assert went[-1] == Route("request", {"id": request_id})
    dues.activate(Route("dues", {"id": request_id}))
    assert not dues.view.notice.isVisible()
    assert dues.view.nothing.isVisible()


def test_the_keyboard_goes_through_the_form_in_reading_order(screen: IntakeScreen, qtbot: QtBot) -> None:
    view = screen.view
    type_text(view.lines[fields.PARENT], FREE)
    view.split.add.click()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.lines[fields.PARENT].setFocus()
    card = view.split.children_cards["c1"]
    assert isinstance(card, ChildCard)
    wanted = [
        view.choices[fields.KIND],
        view.choices[fields.CAPACITY],
        view.lines[fields.NAME],
        view.lines[fields.IDENTITY],
        view.lines[fields.MOBILE],
        view.choices[fields.LANGUAGE],
        view.lines[fields.TITLE_DEED],
        view.split.bar,
        view.split.remainder.vocations.chips[0],
        card.area,
        card.trade_name,
        card.holder,
        card.kind,
        card.identity,
        card.search,
        view.action_bar.buttons["intake.lodge"],
    ]
    qtbot.waitUntil(lambda: card.search.isVisible() and view.split.remainder.vocations.chips[0].isVisible())
    went: list[QWidget | None] = []
    for _ in range(60):
        QTest.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
        went.append(view.focusWidget())
        if went[-1] is wanted[-1]:
            break
    assert [one for one in went if one in wanted] == wanted


def test_another_request_is_begun_and_this_one_waits(screen: IntakeScreen) -> None:
    fill(screen.presenter)
    screen.view.action_bar.buttons["intake.another"].click()
    assert screen.presenter.form.empty
    (waiting,) = screen.view.side.draft_buttons
    waiting.click()
    assert screen.presenter.form.get(fields.TITLE_DEED) == "٢٠٢٦/٥٥"
    assert screen.view.lines[fields.TITLE_DEED].text() == "٢٠٢٦/٥٥"


def test_the_title_follows_what_the_form_is_about(ports: Ports, shown: Show) -> None:
    titles: list[str] = []
    made = IntakeScreen(replace(ports, retitle=lambda: titles.append(made.title)))
    shown(made.widget())
    made.activate(Route("intake", {"parent": FREE}))
    made.view.action_bar.buttons["intake.save_draft"].click()
    assert titles[0] == "طلب جديد"
    assert titles[-1].startswith("المسودة")
