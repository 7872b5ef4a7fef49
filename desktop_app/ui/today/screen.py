"""The board of the day for the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.today.presenter import TodayPresenter, counters_for
from desktop_app.ui.today.view import TodayCalls, TodayWidget

if TYPE_CHECKING:
    from desktop_app.ui.letters.presenter import LettersPresenter


def _letters(view: TodayWidget, ports: Ports) -> LettersPresenter:
    from desktop_app.ui.letters.presenter import LettersPresenter

    return LettersPresenter(view, ports.workplace, ports.background, ports.messages)


class TodayScreen:
    """Route "today": where the program opens."""

    def __init__(self, ports: Ports) -> None:
        actor = ports.workplace.session.actor
        self._view = TodayWidget(counters_for(actor), ports.background, actor.cashier)
        self._presenter = presenter = TodayPresenter(self._view, ports.workplace, ports.background, ports.go)
        self._view.attach(TodayCalls(presenter.open_view, presenter.open_visit, presenter.open_request))
        self._view.attach_close(lambda: _letters(self._view, ports), presenter.draw_close)
        self._on_stage = False
        ports.on_news(self._news)

    @property
    def title(self) -> str:
        return tr("Today")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._on_stage = True
        self._presenter.activate()
        self._view.focus_work()

    def deactivate(self) -> bool:
        self._on_stage = False
        return True

    def _news(self) -> None:
        if self._on_stage:
            self._presenter.activate()
