"""Adding a vocation that is new to a child: a line to search in and the vocations that match."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QCompleter

from desktop_app.domain.reference import Vocation
from desktop_app.texts import current, tr
from desktop_app.ui.widgets.edits import LineEdit


class VocationSearch(LineEdit):
    """``find`` gives the matches of a text, ``chosen`` is called with the code of the one that is taken."""

    def __init__(self, find: Callable[[str], tuple[Vocation, ...]], chosen: Callable[[str], None]) -> None:
        super().__init__(placeholder=tr("Add a vocation: type part of its name"))
        self._find, self._chosen = find, chosen
        self._codes: list[str] = []
        self._names = QStringListModel(self)
        box = QCompleter(self._names, self)
        box.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        box.setMaxVisibleItems(12)
        cast(Any, box.activated)[QModelIndex].connect(lambda index: self._take(index.row()))
        self.box = box
        self.textEdited.connect(self._search)
        self.returnPressed.connect(self._take_first)
        self.setAccessibleName(tr("Add a vocation"))

    def _search(self, text: str) -> None:
        hits = self._find(text)
        self._codes = [hit.code for hit in hits]
        self._names.setStringList([hit.name_ar if current().arabic else hit.name_en for hit in hits])
        self.box.setWidget(self)
        if hits:
            self.box.complete()
        else:
            self._close_list()

    def _take_first(self) -> None:
        if self._codes and self.text().strip():
            self._take(0)

    def _take(self, at: int) -> None:
        if not 0 <= at < len(self._codes):
            return
        code, self._codes = self._codes[at], []
        self._close_list()
        self._chosen(code)
        # The completer writes the name into the line after this; the line is for the next search.
        self.clear()
        QTimer.singleShot(0, self, self.clear)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_list(self) -> None:
        popup = self.box.popup()
        if popup is not None:
            popup.hide()
