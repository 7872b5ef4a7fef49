"""Recording a visit over a real store: answers kept at every pause, refusals beside their items, the outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.actor import Role
from desktop_app.domain.commands.confirm_rectification import ConfirmRectification
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.messages import message
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Finding, Visit, VisitState
from desktop_app.texts import describe, name_of, tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from desktop_app.ui.theme import space
from desktop_app.ui.visit.record import earlier_findings
from desktop_app.ui.visit.screen import VisitScreen
from desktop_app.ui.visit.view import VisitWidget
from tests.domain.builders import clerk, inspector, make_content, make_licence, supervisor
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey
from tests.sync.fake_centre import FakeCentre
from tests.ui.desks import Desk, desk_of, draw, meanwhile, requests_in
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.workplaces import STAFF, TestWorkplace, make_workplace

Show = Callable[[QWidget], QWidget]
Sit = Callable[[TestWorkplace], Desk[VisitWidget]]
AREAS = {"c1": "60", "c2": "40"}


@pytest.fixture
def sit(shown: Show, background: ImmediateBackground, messages: RecordedMessages) -> Sit:
    def sit_down(workplace: TestWorkplace) -> Desk[VisitWidget]:
        desk = desk_of(workplace, VisitScreen, VisitWidget, background, messages)
        shown(desk.view)
        return desk

    return sit_down


@pytest.fixture
def workplace(tmp_path: Path) -> TestWorkplace:
    return make_workplace(tmp_path, Role.INSPECTOR)


def open_visit(sit: Sit, workplace: TestWorkplace) -> tuple[Desk[VisitWidget], str]:
    desk = sit(workplace)
    wanted = requests_in(workplace, Status.INSPECTION_SCHEDULED)[0]
    desk.screen.activate(Route("visit", {"id": wanted}))
    draw()
    return desk, wanted


def answer_all(desk: Desk[VisitWidget], *, unmet: str = "") -> None:
    for item in desk.view.cards:
        desk.click(f"visit.{item}.{'unmet' if item == unmet else 'met'}")
    for unit, area in AREAS.items():
        desk.type(f"visit.measured.{unit}", area)


def visit_of(desk: Desk[VisitWidget], wanted: str) -> VisitState:
    visit = desk.workplace.queries.get_request(wanted).request.visit
    assert visit is not None
    return visit.state


def test_a_compliant_visit(sit: Sit, workplace: TestWorkplace, messages: RecordedMessages) -> None:
    desk, wanted = open_visit(sit, workplace)
    assert desk.view.outcome.text() == tr("Still open")
    answer_all(desk)
    assert desk.view.outcome.text() == tr("Compliant")
    assert desk.view.progress.value() == desk.view.progress.maximum() == len(desk.view.cards)
    desk.type("visit.exits.note", "باب ثان من الخلف")
    desk.click("visit.finish")
    visit = workplace.queries.get_request(wanted).request.visit
    assert visit is not None
    assert visit.state is VisitState.COMPLIANT
    assert {one.unit: int(one.area) for one in visit.measured} == {"c1": 6000, "c2": 4000}
    assert next(one.note for one in visit.findings if one.item == "exits") == "باب ثان من الخلف"
    assert desk.went == [Route("request", {"id": wanted})]
    assert messages.notices[-1].level is Level.DONE
    assert workplace.drafts.find("visit", f"{wanted}:1") is None


def test_an_unmet_item_asks_what_to_put_right(sit: Sit, workplace: TestWorkplace) -> None:
    desk, wanted = open_visit(sit, workplace)
    answer_all(desk, unmet="walls")
    assert "شرط واحد" in desk.view.outcome.text()
    desk.click("visit.finish")
    assert desk.view.cards["walls"].problem == describe(message("visit.rectify_missing", item="walls"))
    assert visit_of(desk, wanted) is VisitState.SCHEDULED
    desk.type("visit.walls.rectify", "بناء جدار فاصل")
    desk.click("visit.finish")
    assert visit_of(desk, wanted) is VisitState.NON_COMPLIANT


def test_what_is_unanswered_or_unmeasured_is_said_at_its_place(
    sit: Sit,
    workplace: TestWorkplace,
) -> None:
    desk, wanted = open_visit(sit, workplace)
    desk.click("visit.exits.met")
    desk.type("visit.measured.c1", "٦٠")
    desk.click("visit.finish")
    assert visit_of(desk, wanted) is VisitState.SCHEDULED
    assert desk.view.cards["exits"].problem == ""
    assert desk.view.cards["walls"].problem == describe(message("visit.item_unanswered", item="walls"))
    assert desk.view.measures["c1"].problem == ""
    assert desk.view.measures["c2"].problem == describe(message("visit.unit_unmeasured", unit="c2"))
    assert desk.button("visit.walls.met").hasFocus()


def test_an_area_that_cannot_be_read_is_said_beside_it_and_stays(sit: Sit, workplace: TestWorkplace) -> None:
    desk, wanted = open_visit(sit, workplace)
    answer_all(desk)
    desk.type("visit.measured.c2", "٤٠ متر")
    desk.click("visit.finish")
    assert desk.view.measures["c2"].problem == describe(message("typed.not_an_area"))
    assert desk.line("visit.measured.c2").text() == "٤٠ متر"
    assert visit_of(desk, wanted) is VisitState.SCHEDULED


def test_answers_are_kept_when_typing_rests(sit: Sit, workplace: TestWorkplace, qtbot: QtBot) -> None:
    """A laptop's battery ends without warning: nobody leaves the screen here."""
    desk, wanted = open_visit(sit, workplace)
    desk.click("visit.exits.met")
    qtbot.waitUntil(lambda: workplace.drafts.find("visit", f"{wanted}:1") is not None)


def test_everything_typed_survives_the_end_of_the_program(sit: Sit, workplace: TestWorkplace) -> None:
    desk, wanted = open_visit(sit, workplace)
    desk.click("visit.exits.met")
    desk.click("visit.walls.unmet")
    desk.type("visit.walls.rectify", "جدار")
    desk.type("visit.exits.note", "ملاحظة")
    desk.type("visit.measured.c1", "59.x")
    desk.type("visit.note", "عودة الأحد")
    desk.screen.deactivate()
    again = sit(workplace)
    again.screen.activate(Route("visit", {"id": wanted}))
    draw()
    assert again.button("visit.exits.met").isChecked()
    assert again.button("visit.walls.unmet").isChecked()
    assert again.line("visit.walls.rectify").text() == "جدار"
    assert again.line("visit.exits.note").text() == "ملاحظة"
    assert again.line("visit.measured.c1").text() == "59.x"
    assert again.line("visit.note").text() == "عودة الأحد"
    assert again.view.progress.value() == 2


def test_an_untouched_visit_leaves_no_draft(sit: Sit, workplace: TestWorkplace) -> None:
    desk, wanted = open_visit(sit, workplace)
    desk.screen.deactivate()
    assert workplace.drafts.find("visit", f"{wanted}:1") is None


def test_the_second_visit_begins_with_what_the_first_found(sit: Sit, tmp_path: Path) -> None:
    centre = Centre(make_licence())
    journey(Status.RECTIFICATION, centre, make_content(), "r1")
    first = centre.requests["r1"].visits[0]
    assert centre.give(clerk(), ConfirmRectification("r1")).accepted
    assert centre.give(clerk(), ScheduleInspection("r1", inspector().id, date(2026, 3, 4), "noon")).accepted
    workplace = make_workplace(tmp_path, Role.INSPECTOR, centre=FakeCentre(centre, STAFF))
    desk, _ = open_visit(sit, workplace)
    unmet = [finding for finding in first.findings if not finding.met]
    assert unmet
    for finding in unmet:
        card = desk.view.cards[finding.item]
        assert card.earlier.isVisible()
        assert finding.rectify in card.earlier.text()
    others = set(desk.view.cards) - {finding.item for finding in unmet}
    assert not any(desk.view.cards[item].earlier.isVisible() for item in others)


def test_what_was_unmet_comes_first_and_of_the_last_visit_alone() -> None:
    def visit(ordinal: int, **met: bool) -> Visit:
        findings = tuple(Finding(item, fine, rectify="" if fine else f"أصلح {item}") for item, fine in met.items())
        return Visit(ordinal, VisitState.RECTIFIED, findings=findings)

    visits = (visit(1, exits=False, sign=True), visit(2, exits=True, sign=False), Visit(3))
    assert earlier_findings(visits) == {"sign": "أصلح sign"}
    assert earlier_findings(visits[:2]) == {"exits": "أصلح exits"}
    assert earlier_findings(visits[:1]) == {}


def test_the_cards_of_the_second_visit_begin_with_what_was_unmet(sit: Sit, tmp_path: Path) -> None:
    centre = Centre(make_licence())
    walked = journey(Status.INSPECTION_SCHEDULED, centre, make_content(), "r1")
    record = walked.visit_record()
    last = record.findings[-1].item
    findings = tuple(
        replace(one, met=False, rectify="فتح المخارج") if one.item == last else one for one in record.findings
    )
    assert centre.give(inspector(), replace(record, compliant=False, findings=findings)).accepted
    assert centre.give(clerk(), ConfirmRectification("r1")).accepted
    assert centre.give(clerk(), ScheduleInspection("r1", inspector().id, date(2026, 3, 4), "noon")).accepted
    workplace = make_workplace(tmp_path, Role.INSPECTOR, centre=FakeCentre(centre, STAFF))
    desk, _ = open_visit(sit, workplace)
    usual = [one.item for one in record.findings]
    assert len(usual) > 1
    assert list(desk.view.cards) == [last, *usual[:-1]]


def test_while_another_visit_is_read_nothing_of_the_one_before_can_be_answered(
    shown: Show, workplace: TestWorkplace, messages: RecordedMessages
) -> None:
    background = HeldBackground(messages)
    desk = desk_of(workplace, VisitScreen, VisitWidget, background, messages)
    shown(desk.view)
    first, second = requests_in(workplace, Status.INSPECTION_SCHEDULED)[:2]
    desk.screen.activate(Route("visit", {"id": first}))
    background.release()
    assert all(card.isVisible() for card in desk.view.cards.values())
    desk.screen.activate(Route("visit", {"id": second}))
    assert not any(card.isVisible() for card in desk.view.cards.values())
    background.release()
    assert all(card.isVisible() for card in desk.view.cards.values())


def test_answers_are_large_enough_for_a_finger(sit: Sit, workplace: TestWorkplace) -> None:
    desk, _ = open_visit(sit, workplace)
    for name in ("visit.exits.met", "visit.exits.unmet"):
        made = desk.button(name)
        assert made.height() >= space(6)
        assert made.width() >= space(12)


def test_news_of_the_same_visit_disturb_nothing(sit: Sit, workplace: TestWorkplace) -> None:
    desk, _ = open_visit(sit, workplace)
    desk.type("visit.exits.note", "ملاحظة")
    line = desk.line("visit.exits.note")
    desk.tell_news()
    assert desk.line("visit.exits.note") is line
    assert line.hasFocus()
    assert line.text() == "ملاحظة"


def test_a_request_that_has_moved_on_says_so_and_keeps_the_answers(
    sit: Sit, tmp_path: Path, messages: RecordedMessages
) -> None:
    workplace = make_workplace(tmp_path, Role.INSPECTOR, online=True)
    desk, wanted = open_visit(sit, workplace)
    desk.click("visit.exits.met")
    meanwhile(workplace, supervisor(), Refuse(wanted, "وثائق غير صحيحة"))
    desk.tell_news()
    draw()
    assert name_of(Status.REFUSED) in desk.view.closed.text()
    assert not desk.offers("visit.finish")
    assert messages.notices[-1].kept
    desk.screen.deactivate()
    kept = workplace.drafts.find("visit", f"{wanted}:1")
    assert kept is not None
    assert kept.fields["met.exits"] == "yes"


def test_a_visit_booked_anew_shows_its_new_day_and_keeps_the_answers(sit: Sit, tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path, Role.INSPECTOR, online=True)
    desk, wanted = open_visit(sit, workplace)
    answer_all(desk)
    meanwhile(workplace, clerk(), ScheduleInspection(wanted, "inspector", date(2026, 3, 4), "noon"))
    desk.tell_news()
    draw()
    assert "٤ آذار" in desk.view.facts.values[tr("Day")].text()
    assert desk.view.progress.value() == len(desk.view.cards)
    desk.click("visit.finish")
    assert visit_of(desk, wanted) is VisitState.COMPLIANT


def test_another_inspectors_visit_says_whose_it_is(sit: Sit, tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path, Role.INSPECTOR, login="inspector-2")
    desk, _ = open_visit(sit, workplace)
    assert not desk.button("visit.finish").isEnabled()
    assert desk.view.bar.reasons
    assert not desk.button("visit.exits.met").isEnabled()


def test_a_visit_decided_meanwhile_is_refused_and_nothing_is_lost(sit: Sit, workplace: TestWorkplace) -> None:
    """The same visit was recorded on this device by another window: the second word finds no visit to be held."""
    desk, wanted = open_visit(sit, workplace)
    answer_all(desk)
    request = workplace.queries.get_request(wanted).request
    command = desk.view.presenter.record.command(request.id)
    assert isinstance(command, RecordInspection)
    assert workplace.commands.give(replace(command, note="الأول")).accepted
    desk.click("visit.finish")
    assert desk.went == []
    assert desk.view.closed.isVisible()
    assert workplace.queries.get_request(wanted).request.visits[-1].note == "الأول"
    assert desk.view.presenter.record.answered == len(desk.view.cards)


def test_a_request_that_is_not_here_says_so(sit: Sit, workplace: TestWorkplace) -> None:
    desk, _ = open_visit(sit, workplace)
    desk.screen.activate(Route("visit", {"id": "nowhere"}))
    assert desk.view.stage.state is not None


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.CLERK, Role.SUPERVISOR, Role.AUDITOR])
def test_every_status_draws_and_says_when_there_is_nothing_to_record(sit: Sit, tmp_path: Path, role: Role) -> None:
    workplace = make_workplace(tmp_path, role)
    desk = sit(workplace)
    for status in Status:
        wanted = requests_in(workplace, status)[0]
        desk.screen.activate(Route("visit", {"id": wanted}))
        draw()
        mine = status is Status.INSPECTION_SCHEDULED and role is Role.INSPECTOR
        assert desk.offers("visit.finish") == mine, status
        assert desk.view.closed.isVisible() != mine
        if status is not Status.INSPECTION_SCHEDULED:
            assert name_of(status) in desk.view.closed.text()
