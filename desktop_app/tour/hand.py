"""A hand at the keyboard and mouse of a real window: finds widgets by name, clicks, types, waits, takes pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from desktop_app.texts import strip_marks

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 30_000
_STILL, _BETWEEN_LOOKS_MS = 3, 170
"""Together longer than the pause after which a form checks what was typed."""
_LONGEST_PAUSE_MS = 1_000


class LostError(RuntimeError):
    """What the journey expects did not appear; says what it waited for and what stood on the screen instead."""


class Hand:
    """Works on the visible windows of one process, as a person would."""

    def __init__(self, patience_ms: int = PATIENCE_MS) -> None:
        self._patience_ms = patience_ms

    def wait(self, what: str, ready: Callable[[], bool]) -> None:
        """Lets the program run until `ready`. Raises LostError, naming `what`, when patience ends."""
        deadline = QDeadlineTimer(self._patience_ms)
        while not ready():
            if deadline.hasExpired():
                raise LostError(f"waited in vain for {what}; on the screen: {self.named()}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QTest.qWait(5)

    def find(self, name: str, kind: type[W] = QWidget) -> W | None:  # type: ignore[assignment]
        """The visible widget of that name, if there is one."""
        for window in QApplication.topLevelWidgets():
            if not window.isVisible():
                continue
            if isinstance(window, kind) and window.objectName() == name:
                return window
            for found in window.findChildren(kind, name):
                if found.isVisible():
                    return found
        return None

    def get(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        """The widget of that name, waiting until it is there."""
        self.wait(name, lambda: self.find(name, kind) is not None)
        found = self.find(name, kind)
        assert found is not None
        return found

    def named(self) -> list[str]:
        """The names of what can be seen now."""
        return sorted(
            {
                child.objectName()
                for window in QApplication.topLevelWidgets()
                if window.isVisible()
                for child in window.findChildren(QWidget)
                if child.isVisible() and "." in child.objectName()
            }
        )

    def click(self, name: str) -> None:
        """Clicks a button once it can be clicked."""
        self.wait(
            f"{name} to be clickable", lambda: (b := self.find(name, QAbstractButton)) is not None and b.isEnabled()
        )
        found = self.get(name, QAbstractButton)
        self._bring_into_view(found)
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def type(self, name: str, text: str) -> None:
        """Replaces what stands in a line or a text by `text`, typed key by key, and leaves the field."""
        field: QWidget = self.get(name)
        self._bring_into_view(field)
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
            field.selectAll()
            QTest.keyClick(field, Qt.Key.Key_Delete)
            self.strike(field, text)
        else:
            raise LostError(f"{name} is a {type(field).__name__} and takes no text")
        QTest.keyClick(field, Qt.Key.Key_Tab)

    @staticmethod
    def strike(widget: QWidget, text: str) -> None:
        """One key event for each character, of any script (QTest knows the keys of ASCII only)."""
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character))

    def choose(self, name: str, value: object) -> None:
        """Chooses the entry of a list box whose data (or text) is `value`."""
        box = self.get(name, QComboBox)
        self._bring_into_view(box)
        place = next((at for at in range(box.count()) if value in (box.itemData(at), box.itemText(at))), -1)
        if place < 0:
            have = [(box.itemData(at), box.itemText(at)) for at in range(box.count())]
            raise LostError(f"{name} has no entry {value!r}, but {have}")
        box.setFocus()
        while box.currentIndex() != place:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)

    def pick(self, name: str, matches: Callable[[QModelIndex], bool], *, activate: bool = False) -> None:
        """Selects the first row of a list or table that matches, once it is there; `activate` opens it by Enter."""
        view = self.get(name, QAbstractItemView)
        self.wait(f"a row of {name}", lambda: self._row(view, matches) is not None)
        row = self._row(view, matches)
        assert row is not None
        view.setFocus()
        view.scrollTo(row)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(row).center())
        if view.currentIndex().row() != row.row():
            view.selectionModel().setCurrentIndex(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if activate:
            QTest.keyClick(view, Qt.Key.Key_Return)

    def pick_text(self, name: str, text: str, *, activate: bool = False) -> None:
        """Selects the first row in which `text` stands in some column."""
        self.pick(name, lambda row: strip_marks(text) in _row_text(row), activate=activate)

    def key_on(self, name: str, key: Qt.Key) -> None:
        """A key on the widget of that name that takes keys (others may bear the same name for show)."""

        def takers() -> list[QWidget]:
            return [
                child
                for window in QApplication.topLevelWidgets()
                if window.isVisible()
                for child in window.findChildren(QWidget, name)
                if child.isVisible() and child.focusPolicy() is not Qt.FocusPolicy.NoFocus
            ]

        self.wait(f"{name} to take keys", lambda: bool(takers()))
        taker = takers()[0]
        self._bring_into_view(taker)
        taker.setFocus()
        QTest.keyClick(taker, key)

    def show(self, name: str) -> None:
        """Scrolls until the widget of that name can be seen."""
        self._bring_into_view(self.get(name))

    def press(self, keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key for whatever has the focus."""
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if target is not None:
            QTest.keyClick(target, keys, modifiers)

    def picture(self, window: QWidget, path: Path) -> None:
        """Waits until the window looks the same four times in a row with nothing about to follow what was typed, and
        writes it as PNG. Raises LostError when patience ends before that."""
        same, before = 0, QImage()
        deadline = QDeadlineTimer(self._patience_ms)
        while same < _STILL and not deadline.hasExpired():
            QTest.qWait(_BETWEEN_LOOKS_MS)
            now = window.grab().toImage()
            same, before = (same + 1 if now == before and not _about_to_follow(window) else 0), now
        if same < _STILL:
            raise LostError(f"waited for the window to stand still for {path.name}; it did not")
        if not before.save(str(path)):
            raise OSError(f"could not write {path}")

    def _row(self, view: QAbstractItemView, matches: Callable[[QModelIndex], bool]) -> QModelIndex | None:
        model = view.model()
        if model.canFetchMore(QModelIndex()):
            model.fetchMore(QModelIndex())
        for at in range(model.rowCount()):
            index = model.index(at, 0)
            if matches(index):
                return index
        return None

    def _bring_into_view(self, widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea) and above.widget() is not None:
                above.ensureWidgetVisible(widget, 24, 48)
            above = above.parentWidget()
        QApplication.processEvents()


def _about_to_follow(window: QWidget) -> bool:
    """Whether something waits for a pause in the typing, as forms do before they look through what was typed."""
    pauses = (one for one in window.findChildren(QTimer) if one.isSingleShot() and one.interval() <= _LONGEST_PAUSE_MS)
    return any(one.isActive() for one in pauses)


def _row_text(row: QModelIndex) -> str:
    words, column = [], 0
    while (cell := row.siblingAtColumn(column)).isValid():
        words.append(str(cell.data(Qt.ItemDataRole.DisplayRole) or ""))
        column += 1
    return strip_marks(" ".join(words))
