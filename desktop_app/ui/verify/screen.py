"""Checking certificates, for the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.verify.presenter import VerifyPresenter
from desktop_app.ui.verify.view import VerifyWidget


class VerifyScreen:
    """Route "verify"."""

    def __init__(self, ports: Ports) -> None:
        self._view = VerifyWidget(lambda view: VerifyPresenter(view, ports.workplace, ports.background))
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Verify certificates")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._view.presenter.open()

    def deactivate(self) -> bool:
        self._on_stage = False
        self._view.presenter.leave()
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._view.presenter.reload()
