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
        self.view = DuesWidget(
            lambda view: DuesPresenter(view, ports.workplace, ports.background, ports.messages, ports.go)
        )
        self._area = scrolled(self.view)
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Dues notice")

    def widget(self) -> QWidget:
        return self._area

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self.view.presenter.open(route.args["id"], anew="redo" in route.args)

    def deactivate(self) -> bool:
        self.view.settle()
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self.view.presenter.reload()
