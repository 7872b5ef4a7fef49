"""The page of the synchronisation for the frame."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.sync.presenter import SyncPresenter
from desktop_app.ui.sync.view import SyncCalls, SyncWidget


class _Bridge(QObject):
    """Carries the word of the synchronisation's thread to the UI thread."""

    told = Signal(object)


class SyncScreen:
    """Route "sync"."""

    def __init__(self, ports: Ports) -> None:
        self._view = SyncWidget()
        self._presenter = SyncPresenter(self._view, ports.workplace, ports.background)
        self._view.attach(
            SyncCalls(
                now=self._presenter.sync_now,
                offline=self._presenter.work_offline,
                conflicts=lambda: self._leave(ports),
                request=lambda request_id: self._open(ports, request_id),
            )
        )
        self._bridge = _Bridge(self._view)
        self._bridge.told.connect(self._presenter.show)
        end = ports.workplace.sync.listen(self._bridge.told.emit)
        self._view.destroyed.connect(lambda _=None: end())

    @property
    def title(self) -> str:
        return tr("Synchronisation")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._presenter.show()

    def deactivate(self) -> bool:
        return True

    @staticmethod
    def _open(ports: Ports, request_id: str) -> None:
        ports.go(Route("request", {"id": request_id}))

    @staticmethod
    def _leave(ports: Ports) -> None:
        ports.go(Route("conflicts"))
