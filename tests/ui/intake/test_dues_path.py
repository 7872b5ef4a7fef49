"""The card's line of the dues, on the screens: each amount, the hold, the release by the reference; owners alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop_app.application.command_desk import ReplicaDesk
from desktop_app.application.sealed_keys import make_key
from desktop_app.domain.actor import Role
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.ui.dues.notice import DuesNotice
from desktop_app.ui.dues.screen import DuesScreen
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.presenter import IntakePresenter
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.intake.conftest import OWING, fill
from tests.ui.split_editor.hands import type_text
from tests.workplaces import CHEAP, LOGIN_OF, STAFF, TestWorkplace

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def ports(place: TestWorkplace, background: ImmediateBackground, messages: RecordedMessages) -> Ports:
    return Ports(place, background, messages, lambda route: True)


def lodged(presenter: IntakePresenter, went: list[Route], capacity: Capacity) -> str:
    presenter.open()
    fill(presenter, identity=OWING)
    presenter.typed(fields.CAPACITY, capacity.value)
    presenter.typed(fields.AUTHORITY, "وكالة ٧")
    presenter.lodge()
    return went[-1].args["id"]


def page(ports: Ports, request_id: str, shown: Show) -> RequestWidget:
    screen = RequestScreen(ports)
    view = screen.widget()
    assert isinstance(view, RequestWidget)
    screen.activate(Route("request", {"id": request_id}))
    shown(view)
    QApplication.processEvents()
    return view


def accept_of(view: RequestWidget) -> QPushButton:
    return found(view, QPushButton, "action.accept")


def test_an_owner_is_held_until_the_reference_of_the_payment_is_given(
    presenter: IntakePresenter, place: TestWorkplace, ports: Ports, went: list[Route], shown: Show
) -> None:
    request_id = lodged(presenter, went, Capacity.OWNER)
    held = page(ports, request_id, shown)
    assert found(held, DuesNotice, "request.dues").total.text() == "١٥٥٫٥٠٠ دينار"
    assert [line[2] for line in found(held, DuesNotice, "request.dues").lines] == ["١٢٠٫٥٠٠ دينار", "٣٥٫٠٠٠ دينار"]
    assert not accept_of(held).isEnabled()
    assert any("١٥٥٫٥٠٠" in reason.text() for reason in held.action_bar.reasons)

    dues = DuesScreen(ports)
    shown(dues.widget())
    dues.activate(Route("dues", {"id": request_id}))
    type_text(dues.view.reference, "EFWT-٧٧١")
    dues.view.action_bar.buttons["dues.settle"].click()

    released = page(ports, request_id, shown)
    assert not released.findChildren(DuesNotice, "request.dues")
    assert accept_of(released).isEnabled()
    accept_of(released).click()
    request = place.queries.get_request(request_id).request
    assert status_of(request) not in (Status.LODGED, Status.DUES_OUTSTANDING)
    assert request.dues.payment_reference == "EFWT-771"


@pytest.mark.parametrize("capacity", [Capacity.TENANT, Capacity.AGENT])
def test_nobody_but_an_owner_is_shown_or_held(
    presenter: IntakePresenter, ports: Ports, went: list[Route], shown: Show, capacity: Capacity
) -> None:
    request_id = lodged(presenter, went, capacity)
    assert presenter.dues == ()
    view = page(ports, request_id, shown)
    assert not view.findChildren(DuesNotice, "request.dues")
    assert accept_of(view).isEnabled()


def test_whoever_may_not_release_sees_each_amount_and_no_field(
    presenter: IntakePresenter, place: TestWorkplace, ports: Ports, went: list[Route], shown: Show
) -> None:
    request_id = lodged(presenter, went, Capacity.OWNER)
    leader = next(one for one in STAFF if one.id == LOGIN_OF[Role.SUPERVISOR])
    session = replace(place.session, actor=leader)
    desk = replace(
        place, session=session, commands=ReplicaDesk(place.store, session, make_key("", "", CHEAP)[1], place.clock)
    )
    dues = DuesScreen(replace(ports, workplace=desk))
    shown(dues.widget())
    dues.activate(Route("dues", {"id": request_id}))
    assert len(dues.view.notice.lines) == 2
    assert not dues.view.field.isVisible()
    assert not dues.view.action_bar.isVisible()
