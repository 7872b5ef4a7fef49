"""The dated tables for the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.dated_tables.presenter import TablesPresenter
from desktop_app.ui.dated_tables.view import TablesCalls, TablesWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports


class TablesScreen:
    """Route "dated_tables"."""

    def __init__(self, ports: Ports) -> None:
        self._view = TablesWidget(ports.background)
        self._presenter = presenter = TablesPresenter(self._view, ports.workplace, ports.background, ports.messages)
        self._view.attach(
            TablesCalls(
                look=presenter.look,
                choose_table=presenter.choose_table,
                choose=presenter.choose,
                keep=presenter.keep,
                save=presenter.save,
                confirm=presenter.confirm,
            )
        )

    @property
    def title(self) -> str:
        return tr("Tables")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._presenter.look()

    def deactivate(self) -> bool:
        self._view.settle()
        return True
