"""The run of the printer for the frame: route "print_run"."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.print_run.presenter import PrintRunPresenter
from desktop_app.ui.print_run.view import PrintRunWidget
from desktop_app.ui.screens import Ports


class PrintRunScreen:
    def __init__(self, ports: Ports) -> None:
        self._view = PrintRunWidget(
            lambda view: PrintRunPresenter(view, ports.workplace, ports.background, ports.messages)
        )
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Print certificates")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._view.presenter.open()

    def deactivate(self) -> bool:
        self._view.settle()
        self._view.presenter.stop()
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._view.presenter.reload()
