"""The screens around a request over the workstation's real store: what it holds is what is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.application.ports.queue import QueueFilter, QueueView
from desktop_app.domain.actor import Role
from desktop_app.domain.request import Status
from desktop_app.texts import name_of
from desktop_app.ui.frame.main_frame import MainFrame
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Messages
from desktop_app.ui.queue.view import QueueWidget
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.shell import open_shell
from tests.ui.fakes import ImmediateBackground
from tests.ui.finding import found
from tests.workplaces import TestWorkplace, make_workplace

ROLES = (Role.CLERK, Role.SUPERVISOR, Role.INSPECTOR, Role.BODY_OFFICER, Role.AUDITOR)


def queue_of(frame: MainFrame) -> QueueWidget:
    frame.router.start(Route("queue"))
    view = frame.screens["queue"].widget()
    assert isinstance(view, QueueWidget)
    return view


def all_rows(view: QueueWidget) -> list[str]:
    while view.model.canFetchMore(QModelIndex()):
        view.model.fetchMore(QModelIndex())
    return [str(view.model.id_at(at)) for at in range(view.model.rowCount())]


@pytest.fixture
def opened(
    tmp_path: Path, background: ImmediateBackground, shown: Callable[[QWidget], QWidget]
) -> Callable[[Role], tuple[TestWorkplace, MainFrame]]:
    def open_as(role: Role) -> tuple[TestWorkplace, MainFrame]:
        workplace = make_workplace(tmp_path, role)
        frame = open_shell(workplace, background, Messages())
        shown(frame)
        return workplace, frame

    return open_as


@pytest.mark.parametrize("role", ROLES)
def test_every_view_shows_as_many_as_its_tab_says(
    role: Role, opened: Callable[[Role], tuple[TestWorkplace, MainFrame]]
) -> None:
    workplace, frame = opened(role)
    view = queue_of(frame)
    counts = workplace.queries.queue_counts(workplace.clock.now(), None)
    desk_only = role is Role.BODY_OFFICER
    for name in QueueView:
        view.tabs.choose(name.value)
        rows = all_rows(view)
        if not (desk_only and name is QueueView.AWAITING_APPROVALS):
            assert len(rows) == counts.get(name, 0), name
    workplace.close()


def test_every_request_can_be_opened(opened: Callable[[Role], tuple[TestWorkplace, MainFrame]]) -> None:
    workplace, frame = opened(Role.CLERK)
    seen = set()
    for view in (QueueView.ALL_OPEN, QueueView.ENDED):
        page = workplace.queries.queue_page(QueueFilter(view, workplace.clock.now()), None, 1000)
        for row in page.rows:
            frame.router.start(Route("request", {"id": row.id}))
            widget = frame.screens["request"].widget()
            assert isinstance(widget, RequestWidget)
            assert widget.state is None
            assert widget.identity.status.text == name_of(row.status)
            seen.add(row.status)
    assert seen >= set(Status) - {Status.TO_ISSUE}
    workplace.close()


def test_an_acceptance_made_without_the_centre_waits_for_it(
    opened: Callable[[Role], tuple[TestWorkplace, MainFrame]],
) -> None:
    workplace, frame = opened(Role.CLERK)
    page = workplace.queries.queue_page(
        QueueFilter(QueueView.NEW, workplace.clock.now(), status=Status.LODGED), None, 10
    )
    request_id = page.rows[0].id
    frame.router.start(Route("request", {"id": request_id}))
    found(frame, QPushButton, "action.accept").click()
    widget = frame.screens["request"].widget()
    assert isinstance(widget, RequestWidget)
    assert widget.identity.mark.isVisibleTo(widget), "pending until the centre has confirmed it"
    assert workplace.queries.get_request(request_id).pending == 1
    view = queue_of(frame)
    assert request_id not in all_rows(view)
    workplace.close()


@pytest.mark.parametrize("screen", ["today", "licences", "notices", "conflicts", "sync"])
def test_the_other_screens_open_over_it(screen: str, opened: Callable[[Role], tuple[TestWorkplace, MainFrame]]) -> None:
    workplace, frame = opened(Role.SUPERVISOR)
    frame.router.start(Route(screen))
    assert frame.heading.text() == frame.entries[screen].title
    workplace.close()
