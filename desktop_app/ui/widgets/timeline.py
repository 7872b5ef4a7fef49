"""What happened, newest first: when, who, in what role, from which device."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.ui.theme import Tone, Type, current, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row


@dataclass(frozen=True, slots=True)
class Event:
    """``when`` and ``who`` already in words; ``pending`` marks what the centre has not confirmed."""

    what: str
    when: str
    who: str
    detail: str = ""
    tone: Tone = Tone.MUTED
    pending: str = ""


class _Dot(QWidget):
    def __init__(self, tone: Tone, *, last: bool) -> None:
        super().__init__()
        self._tone, self._last = tone, last
        self.setFixedWidth(space(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top, size = self.width() // 2, space(0.75), space(1)
        if not self._last:
            painter.fillRect(middle, top + size, theme.metrics.hairline, self.height(), theme.colours.line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._tone))
        painter.drawEllipse(middle - size // 2, top, size, size)
        painter.end()


class Timeline(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.events: tuple[Event, ...] = ()
        self._box = column(gap=0)
        self.setLayout(self._box)

    def show_events(self, events: tuple[Event, ...]) -> None:
        while (item := self._box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.events = events
        for at, event in enumerate(events):
            self._box.addWidget(self._row(event, last=at == len(events) - 1))

    def _row(self, event: Event, *, last: bool) -> QWidget:
        words = column(
            row(
                label(event.what, strong=True, wrap=True),
                label(event.pending, Type.SMALL, Tone.SOON) if event.pending else None,
                gap=1,
            ),
            label(" · ".join(filter(None, (event.when, event.who))), Type.SMALL, Tone.MUTED, wrap=True),
            label(event.detail, wrap=True, selectable=True) if event.detail else None,
            gap=0.25,
        )
        words.setContentsMargins(0, 0, 0, space(1.5))
        made = QWidget()
        made.setLayout(row(_Dot(event.tone, last=last), words, gap=1))
        return made
