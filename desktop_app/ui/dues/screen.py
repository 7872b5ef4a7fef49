"""The dues of a request for the frame: route "dues" with "id"."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.dues.presenter import DuesPresenter
from desktop_app.ui.dues.view import DuesWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.widgets.layouts import scrolled


class DuesScreen:
    def __init__(self, ports: Ports) -> None:
        self.view = DuesWidget(self._settle)
        self._area = scrolled(self.view)
        self.presenter = DuesPresenter(self.view, ports.workplace, ports.background, ports.messages, ports.go)

    @property
    def title(self) -> str:
        return tr("Dues notice")

    def widget(self) -> QWidget:
        return self._area

    def activate(self, route: Route) -> None:
        self.presenter.open(route.args["id"])

    def deactivate(self) -> bool:
        return True

    def _settle(self, typed: str) -> None:
        self.presenter.settle(typed)
