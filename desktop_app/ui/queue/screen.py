"""The queue for the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.queue.presenter import QueuePresenter
from desktop_app.ui.queue.view import QueueCalls, QueueWidget
from desktop_app.ui.screens import Ports


class QueueScreen:
    """Route "queue"; "view" may name the saved view to begin with."""

    def __init__(self, ports: Ports) -> None:
        self._view = QueueWidget(ports.background)
        self._presenter = presenter = QueuePresenter(
            self._view, ports.workplace, ports.background, ports.messages, ports.go, ports.show_count
        )
        self._view.attach(
            QueueCalls(presenter.choose, presenter.filter, presenter.select, presenter.lost, presenter.open)
        )
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Requests")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._presenter.activate(route.args.get("view", ""))
        self._view.focus_list()

    def deactivate(self) -> bool:
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._presenter.news()
