"""One line that finds everything: requests, licences, people, and what can be done (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame

from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.names import fold
from desktop_app.texts import strip_marks, tr
from desktop_app.ui import icons
from desktop_app.ui.background import Background, Task
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, current, space
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.layouts import column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidget

SETTLE_MS = 120
AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something found; ``run`` goes there or does it."""

    title: str
    run: Callable[[], None] = field(compare=False)
    detail: str = ""
    icon: Icon = Icon.SEARCH
    shortcut: str = ""


class Finder(Protocol):
    """Searches the store; called off the UI thread with ASCII digits."""

    def __call__(self, text: str) -> Sequence[Suggestion]: ...


class CommandBox(LineEdit):
    """Commands are found at once, the store's rows as they come."""

    def __init__(self, background: Background, finder: Finder) -> None:
        super().__init__()
        # Reached by its key or a click: a window must not open with the cursor here instead of at the work.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._background, self._finder = background, finder
        self._commands: tuple[Suggestion, ...] = ()
        self._shown: list[Suggestion] = []
        self._task: Task | None = None
        self.setPlaceholderText(tr("Search requests, licences and people (Ctrl+K)"))
        self.setAccessibleName(tr("Search requests, licences and people (Ctrl+K)"))
        self.popup: QFrame | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE_MS)
        self._rest.timeout.connect(self._search)
        self.textEdited.connect(lambda _: self._typed())

    @cached_property
    def list(self) -> QListWidget:
        """What was found; made when something is first looked for."""
        from PySide6.QtWidgets import QListWidget

        made = QListWidget()
        made.itemClicked.connect(lambda item: self._run(made.row(item)))
        return made

    def set_commands(self, commands: Sequence[Suggestion]) -> None:
        self._commands = tuple(commands)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(self._shown)

    def summon(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._typed()

    def dismiss(self) -> None:
        self._rest.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self.popup is not None:
            self.popup.hide()

    def _typed(self) -> None:
        wanted = fold(self.text())
        self._show([command for command in self._commands if wanted in fold(command.title)])
        if wanted:
            self._rest.start()

    def _search(self) -> None:
        text = ascii_digits(strip_marks(self.text())).strip()
        if self._task is not None:
            self._task.cancel()
        finder = self._finder
        commands = list(self._shown)
        self._task = self._background.read(
            lambda: tuple(finder(text)), lambda found: self._show([*found, *commands]), owner=self
        )

    def _show(self, suggestions: Sequence[Suggestion]) -> None:
        from PySide6.QtWidgets import QListWidgetItem

        self._shown = [*suggestions[:AT_MOST]]
        self.list.clear()
        colour = current().colours.of(Tone.MUTED)
        for suggestion in self._shown:
            line = "    ".join(filter(None, (suggestion.title, suggestion.detail, suggestion.shortcut)))
            item = QListWidgetItem(icons.picture(suggestion.icon, colour), line)
            self.list.addItem(item)
        if self.text() and not self._shown:
            nothing = QListWidgetItem(tr("Nothing found yet"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0 if self._shown else -1)
        self._place()

    def _place(self) -> None:
        if self.popup is None:
            self.popup = QFrame(self.window())
            self.popup.setProperty("kind", "popup")
            self.popup.setLayout(column(self.list, gap=0, margin=0.5))
            self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.list.setFrameShape(QFrame.Shape.NoFrame)
        rows = max(1, self.list.count())
        height = rows * max(self.list.sizeHintForRow(0), space(4)) + space(2)
        self.popup.setFixedSize(self.width(), height)
        self.popup.move(self.mapTo(self.window(), QPoint(0, self.height() + space(0.5))))
        self.popup.setVisible(self.hasFocus())
        self.popup.raise_()

    def _run(self, at: int) -> None:
        if 0 <= at < len(self._shown):
            chosen = self._shown[at]
            self.clear()
            self.dismiss()
            self.clearFocus()
            chosen.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self.list.currentRow())
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                if self._shown:
                    self.list.setCurrentRow((self.list.currentRow() + step) % len(self._shown))
            case Qt.Key.Key_Escape:
                self.clear()
                self.dismiss()
                self.clearFocus()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # While the cursor is here, Esc closes the box and is not the window's way back.
        match event:
            case QKeyEvent() if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.dismiss()
