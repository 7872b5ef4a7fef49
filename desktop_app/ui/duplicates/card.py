"""Possible duplicates beside the request, field by field; what is the same is marked. Nothing here holds anything up.

Names: `duplicates`, `duplicates.open.<id>`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.texts import name_of, ntr, tr
from desktop_app.ui.duplicates.comparing import Comparison, OtherShown
from desktop_app.ui.icons import Icon
from desktop_app.ui.status_look import icon_of, tone_of
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import Card, holding


class DuplicatesCard(Card):
    """Hidden while nothing looks alike. ``open_request`` goes to one of the others."""

    def __init__(self, mine: str, open_request: Callable[[str], None]) -> None:
        """`mine` heads the column of the request itself."""
        self._mine, self._open = mine, open_request
        self._shown = Comparison()
        self.said = label(
            tr("Compare them before you go on. You may go on all the same."), Type.SMALL, Tone.MUTED, wrap=True
        )
        self.more = label(kind=Type.SMALL, tone=Tone.MUTED)
        self._place = column(gap=0)
        super().__init__(tr("Possible duplicates"), self.said, self._place, self.more)
        self.setObjectName("duplicates")
        self.cells: dict[tuple[str, str], bool] = {}
        """(title of the line, id of the other request): whether it is marked as the same."""
        self.hide()

    def show_comparison(self, shown: Comparison) -> None:
        self.setVisible(bool(shown.others))
        if shown == self._shown:
            return
        self._shown = shown
        count = len(shown.others) + shown.more
        self.heading.setText(ntr("{n} open request looks like this one", "{n} open requests look like this one", count))
        self.more.setText(ntr("and {n} more", "and {n} more", shown.more) if shown.more else "")
        self.more.setVisible(bool(shown.more))
        while (item := self._place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if shown.others:
            table = self._table(shown)
            self._place.addWidget(table)
            table.show()  # at once, and not when the window has gone on

    def _table(self, shown: Comparison) -> QWidget:
        self.cells = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(space(1))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(self._mine, strong=True), 0, 1, top)
        for at, other in enumerate(shown.others, 2):
            grid.addWidget(self._head(other), 0, at, top)
        for line, field in enumerate(shown.lines, 1):
            grid.addWidget(label(field.title, Type.SMALL, Tone.MUTED), line, 0, top)
            grid.addWidget(label(field.mine, wrap=True, selectable=True), line, 1)
            for at, (other, (text, same)) in enumerate(zip(shown.others, field.theirs, strict=True), 2):
                self.cells[field.title, other.id] = same
                grid.addWidget(_cell(text, same=same), line, at)
        for at in range(len(shown.others) + 1):
            grid.setColumnStretch(at + 1, 1)
        return holding(grid)

    def _head(self, other: OtherShown) -> QWidget:
        see = button(other.number, "quiet", Icon.NEXT, partial(self._open, other.id))
        see.setObjectName(f"duplicates.open.{other.id}")
        see.setAccessibleName(tr("Open request {number}", number=other.number))
        status = Chip(name_of(other.status), tone_of(other.status), icon_of(other.status))
        lodged = label(tr("lodged {when}", when=other.lodged), Type.SMALL, Tone.MUTED) if other.lodged else None
        return holding(column(row(see, 1), row(status, 1), lodged, gap=0.5))


def _cell(text: str, *, same: bool) -> QWidget:
    words = label(text, strong=same, wrap=True, selectable=True)
    if not same:
        return words
    box = row(words, Chip(tr("the same"), Tone.ACCENT))
    box.setStretch(0, 1)
    return holding(box)
