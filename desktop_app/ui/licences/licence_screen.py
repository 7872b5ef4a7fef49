"""One licence for the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ui.frame.routes import Route
from desktop_app.ui.licences.licence_presenter import LicencePresenter
from desktop_app.ui.licences.licence_view import LicenceCalls, LicenceWidget
from desktop_app.ui.screens import Ports


class LicenceScreen:
    """Route "licence" with its "number"."""

    def __init__(self, ports: Ports) -> None:
        self._view = LicenceWidget()
        self._presenter = presenter = LicencePresenter(
            self._view, ports.workplace, ports.background, ports.go, ports.retitle
        )
        self._view.attach(LicenceCalls(presenter.go_to_licence, presenter.go_to_request, presenter.go_to_paper))
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return self._presenter.title

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._presenter.open(route.args["number"])

    def deactivate(self) -> bool:
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._presenter.reload()
