"""The ledger of sheets for the frame: route "sheets"."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.sheets.presenter import LedgerPresenter
from desktop_app.ui.sheets.view import LedgerCalls, LedgerWidget


class LedgerScreen:
    def __init__(self, ports: Ports) -> None:
        self._view = LedgerWidget(ports.background)
        self._presenter = LedgerPresenter(self._view, ports.workplace, ports.background, ports.go)
        self._view.attach(LedgerCalls(self._presenter.filter, self._presenter.open))
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Ledger of sheets")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._presenter.activate()

    def deactivate(self) -> bool:
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._presenter.activate()
