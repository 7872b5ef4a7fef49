"""The register of licences for the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.licences.presenter import RegisterPresenter
from desktop_app.ui.licences.view import RegisterCalls, RegisterWidget
from desktop_app.ui.screens import Ports


class LicencesScreen:
    """Route "licences"."""

    def __init__(self, ports: Ports) -> None:
        self._view = RegisterWidget(ports.background)
        self._presenter = RegisterPresenter(self._view, ports.workplace, ports.background, ports.go)
        self._view.attach(RegisterCalls(self._presenter.filter, self._presenter.open))
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Licences")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._presenter.activate()
        self._view.filters.search.setFocus()

    def deactivate(self) -> bool:
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._presenter.activate()
