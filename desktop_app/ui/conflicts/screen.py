"""The inbox of refused commands for the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.conflicts.presenter import ConflictsPresenter
from desktop_app.ui.conflicts.view import ConflictsCalls, ConflictsWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports


class ConflictsScreen:
    """Route "conflicts"."""

    def __init__(self, ports: Ports) -> None:
        self._view = ConflictsWidget()
        self._presenter = ConflictsPresenter(
            self._view, ports.workplace, ports.background, ports.messages, ports.go, ports.show_count
        )
        self._view.attach(ConflictsCalls(self._presenter.open, self._presenter.redo, self._presenter.dismiss))
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Refused by the centre")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._presenter.reload()

    def deactivate(self) -> bool:
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._presenter.reload()
