"""Empty, loading, offline, refused: each drawn on purpose, each with what to do next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop_app.texts import tr
from desktop_app.ui import icons
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, current, space
from desktop_app.ui.widgets.buttons import Action, button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row


class IconView(QWidget):
    """An icon of its own size and tone."""

    def __init__(self, icon: Icon, units: float = 2, tone: Tone = Tone.MUTED) -> None:
        super().__init__()
        self.icon, self.tone, self._units = icon, tone, units
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(space(self._units), space(self._units))

    def show_icon(self, icon: Icon, tone: Tone) -> None:
        self.icon, self.tone = icon, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self.rect(), self.icon, current().colour(self.tone))
        painter.end()


class StatePage(QWidget):
    """One state, centred: an icon, what it is, what to do."""

    def __init__(
        self, icon: Icon, title: str, what_to_do: str = "", action: Action | None = None, tone: Tone = Tone.MUTED
    ) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignCenter
        self.title = label(title, Type.HEADING)
        self.what_to_do = label(what_to_do, tone=Tone.MUTED, wrap=True)
        self.what_to_do.setAlignment(middle)
        if not what_to_do:  # to show it here would make it a window of its own, and take the keys from the real one
            self.what_to_do.hide()
        self.title.setAlignment(middle)
        self.button: QPushButton | None = button(action.text, "plain", action.icon, action.run) if action else None
        if self.button is not None and action is not None:
            self.button.setObjectName(action.name)
        self.setLayout(
            column(
                1,
                row(1, IconView(icon, 6, tone), 1),
                self.title,
                self.what_to_do,
                row(1, self.button, 1) if self.button else None,
                2,
                gap=1.5,
                margin=4,
            )
        )


def empty(title: str, what_to_do: str = "", action: Action | None = None) -> StatePage:
    return StatePage(Icon.EMPTY, title, what_to_do, action)


def loading(title: str = "") -> StatePage:
    return StatePage(Icon.SYNCING, title or tr("Loading…"))


def offline(what_still_works: str = "", action: Action | None = None) -> StatePage:
    said = what_still_works or tr("Your work is kept on this computer and is sent when the centre is back.")
    return StatePage(Icon.OFFLINE, tr("The centre cannot be reached."), said, action, Tone.SOON)


def refused(why: str, what_to_do: str = "", action: Action | None = None) -> StatePage:
    return StatePage(Icon.REFUSED, why, what_to_do, action, Tone.LATE)


class Stateful(QStackedWidget):
    """A content that gives way to a state while there is nothing to show of it."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.content = content
        self._state: StatePage | None = None
        self.addWidget(content)

    @property
    def state(self) -> StatePage | None:
        return self._state

    def replace_content(self, content: QWidget) -> None:
        """Another content from now on; what is shown stays."""
        before, self.content = self.content, content
        self.addWidget(content)
        self.removeWidget(before)
        before.deleteLater()

    def show_content(self) -> None:
        self._drop()
        self.setCurrentWidget(self.content)

    def show_state(self, state: StatePage) -> None:
        self._drop()
        self._state = state
        self.addWidget(state)
        self.setCurrentWidget(state)

    def _drop(self) -> None:
        if self._state is not None:
            self.removeWidget(self._state)
            self._state.deleteLater()
            self._state = None
