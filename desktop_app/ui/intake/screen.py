"""Intake for the frame: route "intake"; "id" opens a request, "draft" a kept text, "parent" begins with a licence."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop_app.ui.documents.card import calls_of
from desktop_app.ui.documents.presenter import DocumentsPresenter
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake.presenter import IntakePresenter
from desktop_app.ui.intake.view import IntakeWidget
from desktop_app.ui.screens import Ports


class IntakeScreen:
    def __init__(self, ports: Ports) -> None:
        self.presenter = IntakePresenter(ports.workplace, ports.background, ports.messages, ports.go)
        self.presenter.retitle = ports.retitle
        self.view = IntakeWidget(self.presenter)
        card = self.view.side.documents
        documents = DocumentsPresenter(
            card, ports.workplace, ports.background, ports.messages, self.presenter.with_request
        )
        card.attach(calls_of(documents))
        documents.changed = self.presenter.attached
        self.presenter.on_looked = documents.show
        self._opened: Mapping[str, str] | None = None

    @property
    def title(self) -> str:
        return self.presenter.title

    def widget(self) -> QWidget:
        return self.view

    def activate(self, route: Route) -> None:
        """Coming back to the same place finds the form as it was left."""
        args = dict(route.args)
        if args == self._opened and not self.presenter.form.empty and "redo" not in args:
            self.presenter.pause()
            return
        self._opened = args
        self.presenter.open(args.get("id", ""), args.get("draft", ""), args.get("parent", ""))

    def deactivate(self) -> bool:
        self.view.rest()
        self.presenter.keep()
        return True
