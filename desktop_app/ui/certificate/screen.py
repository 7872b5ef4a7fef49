"""The certificate screen for the frame: route "certificate" with the request's id."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.certificate.presenter import CertificatePresenter
from desktop_app.ui.certificate.view import CertificateWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports


class CertificateScreen:
    def __init__(self, ports: Ports) -> None:
        self._view = CertificateWidget(
            lambda view: CertificatePresenter(view, ports.workplace, ports.background, ports.messages)
        )
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Certificates")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._view.presenter.open(route.args["id"], anew="redo" in route.args)

    def deactivate(self) -> bool:
        self._view.settle()
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._view.presenter.reload()
