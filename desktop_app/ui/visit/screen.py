"""The visit for the frame: route "visit" with the request's id."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.visit.presenter import VisitPresenter
from desktop_app.ui.visit.view import VisitWidget


class VisitScreen:
    def __init__(self, ports: Ports) -> None:
        self._request = ""
        self._view = VisitWidget(
            lambda view: VisitPresenter(view, ports.workplace, ports.background, ports.messages),
            lambda: ports.go(Route("request", {"id": self._request})),
        )
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Visit")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._request = route.args["id"]
        self._view.presenter.open(self._request, anew="redo" in route.args)

    def deactivate(self) -> bool:
        self._view.settle()
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._view.presenter.reload()
