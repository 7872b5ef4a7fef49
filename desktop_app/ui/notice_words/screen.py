"""The words of messages for the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.notice_words.presenter import WordsPresenter
from desktop_app.ui.notice_words.view import WordsCalls, WordsWidget
from desktop_app.ui.screens import Ports


class WordsScreen:
    """Route "notice_words"."""

    def __init__(self, ports: Ports) -> None:
        self._view = WordsWidget(ports.background)
        self._presenter = presenter = WordsPresenter(self._view, ports.workplace, ports.background, ports.messages)
        self._view.attach(
            WordsCalls(
                look=presenter.look,
                choose=presenter.choose,
                typing=presenter.typing,
                keep=presenter.keep,
                save=presenter.save,
                use_own=presenter.use_own,
            )
        )

    @property
    def title(self) -> str:
        return tr("Words of messages")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._presenter.look()

    def deactivate(self) -> bool:
        self._view.settle()
        return True
