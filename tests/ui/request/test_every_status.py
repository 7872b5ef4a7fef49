"""The request screen for every status and every role: it draws, and it offers exactly what the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.domain.actions import Action, available_actions
from desktop_app.domain.actor import Actor
from desktop_app.domain.request import ENDED, Status
from desktop_app.texts import name_of
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.screens import Ports
from desktop_app.ui.widgets.steps import StepState, TaskList
from tests.domain.builders import administrator, auditor, cashier, clerk, inspector, officer, supervisor
from tests.domain.journey import Journey, journey
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace

ACTORS = (clerk(), cashier(), supervisor(), inspector(), officer(), auditor(), administrator())

NOT_NAMED = {
    "dues.none_unpaid", "approvals.all_letters_out", "civil_defence.already_requested", "print.nothing_waits",
    "copy.none_printed_yet",
}  # fmt: skip
"""What only says that there is no occasion for the action."""


@cache
def walked(status: Status) -> Journey:
    """Read only: no test here gives a command."""
    return journey(status)


def open_request(
    status: Status, actor: Actor, background: ImmediateBackground, messages: RecordedMessages
) -> tuple[RequestScreen, QWidget]:
    memory = MemoryWorkplace(walked(status).centre, actor)
    screen = RequestScreen(Ports(memory.workplace, background, messages, lambda route: True))
    screen.activate(Route("request", {"id": "r1"}))
    return screen, screen.widget()


@pytest.mark.parametrize("actor", ACTORS, ids=lambda one: "cashier" if one.cashier else one.role.value)
@pytest.mark.parametrize("status", Status)
def test_offers_what_the_rules_allow_and_nothing_else(
    status: Status,
    actor: Actor,
    background: ImmediateBackground,
    messages: RecordedMessages,
    shown: Callable[[QWidget], QWidget],
) -> None:
    _, widget = open_request(status, actor, background, messages)
    shown(widget)
    one = walked(status)
    wanted = {
        offered.action: offered.legal
        for offered in available_actions(one.case, one.centre.context(actor))
        if not any(why.key in NOT_NAMED for why in offered.missing)
        and (offered.legal or offered.action not in (Action.REMIND_BODY, Action.REMIND_CIVIL_DEFENCE))
    }
    if Action.LODGE in wanted:
        wanted.pop(Action.SAVE_DRAFT, None)
    for among_the_documents in (Action.ATTACH_DOCUMENT, Action.REMOVE_DOCUMENT):
        wanted.pop(among_the_documents, None)
    buttons = {
        Action(button.objectName().removeprefix("action.")): button.isEnabled()
        for button in widget.findChildren(QPushButton)
        if button.objectName().startswith("action.") and button.isVisibleTo(widget)
    }
    assert buttons == wanted


@pytest.mark.parametrize("status", Status)
def test_steps_tell_where_it_stands(
    status: Status, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    _, widget = open_request(status, clerk(), background, messages)
    steps = found(widget, TaskList, "request.steps").steps
    now = [step.name for step in steps if step.state is StepState.NOW]
    later = [step for step in steps if step.state is StepState.LATER]
    if status is Status.DELIVERED:
        assert not now
        assert not later
        assert all(step.state in (StepState.DONE, StepState.NOT_NEEDED) for step in steps)
    elif status is Status.REFUNDED:
        assert not now
    elif status in ENDED:
        assert not now
        assert not later, "nothing comes after an end"
        ended = [step for step in steps if step.state is StepState.BLOCKED]
        assert len(ended) == 1
        assert name_of(status) in ended[0].detail
    else:
        assert len(now) == 1
        names = [step.name for step in steps]
        done = [step.name for step in steps if step.state is StepState.DONE]
        assert all(names.index(one) < names.index(now[0]) for one in done)
