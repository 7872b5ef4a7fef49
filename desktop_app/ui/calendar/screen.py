"""The calendar for the frame: route "calendar", with the id of a request whose visit is to be booked or without."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.calendar.presenter import CalendarPresenter
from desktop_app.ui.calendar.view import CalendarWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.letters.presenter import LettersPresenter
from desktop_app.ui.screens import Ports


class CalendarScreen:
    def __init__(self, ports: Ports) -> None:
        def open_request(request_id: str) -> None:
            ports.go(Route("request", {"id": request_id}))

        self._view = CalendarWidget(
            lambda view: CalendarPresenter(view, ports.workplace, ports.background, ports.messages), open_request
        )
        self._view.attach(LettersPresenter(self._view, ports.workplace, ports.background, ports.messages))
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Inspections")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._view.presenter.open(route.args.get("id", ""), route.args.get("day", ""))
        self._view.focus_work()

    def deactivate(self) -> bool:
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._view.presenter.reload()
