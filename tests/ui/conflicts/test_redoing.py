"""Doing it again: whatever a refused command said stands in the form that gives such a command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.application.ports.queries import RefusedCommand, RequestView
from desktop_app.domain.area import Area
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.fees.adjustment import Adjustment
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.messages import message
from desktop_app.domain.money import Fils
from desktop_app.domain.reference import ChecklistItem
from desktop_app.domain.request import Status
from desktop_app.domain.rights import Action
from desktop_app.domain.tracks import Finding, MeasuredUnit
from desktop_app.ui.conflicts.redoing import Redo, redo_of
from desktop_app.ui.fees.typed import typed_from
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake.form import EMPTY, SPLIT, IntakeForm
from desktop_app.ui.request.action_forms import FORMS, command_from
from desktop_app.ui.split_editor.keeping import restored
from desktop_app.ui.split_editor.sharing import Sharing
from desktop_app.ui.visit.record import record_from
from desktop_app.wire.codec import encode
from tests.domain.any_command import any_command
from tests.domain.builders import NOW
from tests.domain.journey import journey
from tests.ui.memory import MemoryWorkplace


def _refused(command: Command, action: Action) -> RefusedCommand:
    return RefusedCommand("c1", "r1", action.value, "clerk", NOW, NOW, (message("track.moved_on"),), encode(command))


def _view(status: Status) -> RequestView:
    return MemoryWorkplace(journey(status).centre).queries.get_request("r1")


def _redo(command: Command, action: Action, status: Status = Status.INSPECTION_SCHEDULED) -> Redo:
    return redo_of(_refused(command, action), _view(status))


WITH_FIELDS = [action for action, form in FORMS.items() if form.fields]


@pytest.mark.parametrize("action", WITH_FIELDS)
def test_a_form_under_an_action_gives_the_same_command_again(action: Action) -> None:
    command = any_command(action, journey(Status.AWAITING_APPROVALS))
    redo = _redo(command, action)
    assert redo.route == Route("request", {"id": "r1", "redo": "c1", "action": action.value})
    assert (redo.form, redo.key) == (f"request.{action.value}", "r1")
    assert command_from(FORMS[action], "r1", redo.fields) == command


@pytest.mark.parametrize("action", [action for action in Action if not FORMS[action].fields])
def test_every_other_action_leads_to_its_own_screen(action: Action) -> None:
    redo = _redo(any_command(action, journey(Status.FEES_TO_APPROVE)), action)
    assert redo.route.screen == (FORMS[action].route or "request")
    assert redo.route.args["redo"] == "c1"


@pytest.mark.parametrize("action", [Action.LODGE, Action.SAVE_DRAFT])
def test_the_intake_form_holds_the_same_content(action: Action) -> None:
    walked = journey(Status.RETURNED)
    redo = _redo(any_command(action, walked), action)
    texts = {**EMPTY, **redo.fields}
    units = restored(texts.pop(SPLIT))
    assert IntakeForm(texts).content(Sharing(None, units), certificate=True) == walked.content


def test_a_request_that_never_came_to_be_is_lodged_anew() -> None:
    redo = redo_of(_refused(any_command(Action.LODGE, journey(Status.LODGED)), Action.LODGE), None)
    assert redo.route == Route("intake", {"draft": "new:r1", "redo": "c1"})
    assert redo.key == "new:r1"


def test_a_visit_is_recorded_as_it_was() -> None:
    command = RecordInspection(
        "r1",
        False,
        (Finding("exits", True), Finding("sign", False, note="مائلة", rectify="تثبيت اللوحة")),
        (MeasuredUnit("c1", Area(123_456)), MeasuredUnit("c2", Area(4_000))),
        "زيارة ثانية",
    )
    redo = _redo(command, Action.RECORD_INSPECTION)
    view = _view(Status.INSPECTION_SCHEDULED)
    assert view.request.visit is not None
    assert (redo.form, redo.key) == ("visit", f"r1:{view.request.visit.ordinal}")
    items = tuple(ChecklistItem(code, code, code) for code in ("exits", "sign"))
    assert record_from(dict(redo.fields), items, view.request.plan.children).command("r1") == command


def test_the_lines_of_a_bill_keep_their_signs() -> None:
    adjustments = (
        Adjustment(LineKind.EXEMPTION, Fils(-1_234_500), "جمعية"),
        Adjustment(LineKind.FINE, Fils(25_000), "تأخير"),
        Adjustment(LineKind.ADJUSTMENT, Fils(-5), "تقريب"),
        Adjustment(LineKind.ADJUSTMENT, Fils(5), "تقريب"),
    )
    redo = _redo(AssessFees("r1", adjustments, ("c2",)), Action.ASSESS_FEES, Status.FEES_TO_ASSESS)
    typed = typed_from(redo.fields)
    assert typed.read() == (adjustments, ())
    assert typed.contracts == ("c2",)


def test_what_this_version_cannot_read_leads_to_the_request() -> None:
    broken = replace(_refused(any_command(Action.ACCEPT, journey(Status.LODGED)), Action.ACCEPT), body=b"{}")
    assert redo_of(broken, None) == Redo(Route("request", {"id": "r1"}))


def test_a_visit_that_could_not_be_booked_opens_the_week_it_was_for() -> None:
    command = any_command(Action.SCHEDULE_INSPECTION, journey(Status.TO_SCHEDULE))
    day = date.fromisoformat(_redo(command, Action.SCHEDULE_INSPECTION).route.args["day"])
    assert day == getattr(command, "day", None)
