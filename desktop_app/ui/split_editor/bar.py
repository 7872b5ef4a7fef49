"""The parent as one bar of its area: children as segments whose borders are dragged or moved by keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.area import Area
from desktop_app.texts import tr
from desktop_app.texts.quantities import area, number
from desktop_app.ui.split_editor.sharing import COARSE, FINE, Sharing
from desktop_app.ui.theme import Tone, Type, current, fonts, space

LEAP = 1000
"""Hundredths that Shift and an arrow move a border: ten square metres."""


class Part(StrEnum):
    CHILD = "child"
    LEFT = "left"
    RESERVED = "reserved"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the bar in hundredths of m²; `title` is its short name."""

    part: Part
    title: str
    start: int
    size: int


_TONES = {Part.CHILD: Tone.ACCENT, Part.RESERVED: Tone.BLOCKED}


def segments_of(sharing: Sharing) -> tuple[Segment, ...]:
    """After the split: children in their order, what is left, what other requests hold."""
    found, at = [], 0
    for place, unit in enumerate(sharing.units, 1):
        found.append(Segment(Part.CHILD, number(place), at, unit.area))
        at += unit.area
    left = max(0, sharing.left)
    if left:
        found.append(Segment(Part.LEFT, tr("The parent keeps"), at, left))
    return (*found, *_held(sharing, at + left))


def segments_before(sharing: Sharing) -> tuple[Segment, ...]:
    """Before the split: the parent whole, with what other requests hold of it."""
    if sharing.parent is None:
        return ()
    free = sharing.parent.free_area
    return (Segment(Part.WHOLE, tr("Free"), 0, free), *_held(sharing, free))


def _held(sharing: Sharing, at: int) -> list[Segment]:
    found = []
    for held in sharing.parent.reservations if sharing.parent else ():
        found.append(Segment(Part.RESERVED, held.request_number, at, held.area))
        at += held.area
    return found


class AreaBar(QWidget):
    """``border_moved`` gives the border's place among the children, where to (hundredths) and the step.

    Without ``movable`` it is a picture. The bar begins at the leading side.
    """

    border_moved = Signal(int, int, int)
    settled = Signal()

    def __init__(self, *, movable: bool = False) -> None:
        super().__init__()
        self._movable = movable
        self._segments: tuple[Segment, ...] = ()
        self._borders: tuple[int, ...] = ()
        self._whole = 1
        self._over = 0
        self._free = 0
        self.chosen = 0
        self._dragged: int | None = None
        self._hovered: int | None = None
        self.setMouseTracking(movable)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if movable else Qt.FocusPolicy.NoFocus)

    def show_segments(self, segments: tuple[Segment, ...], sharing: Sharing) -> None:
        self._segments = segments
        self._borders = tuple(int(sharing.border(at)) for at in range(len(sharing.units))) if self._movable else ()
        self._over = max(0, -int(sharing.left)) if any(s.part is Part.CHILD for s in segments) else 0
        self._free = int(sharing.parent.free_area) if sharing.parent else 0
        self._whole = max(1, sum(segment.size for segment in segments))
        self.chosen = min(self.chosen, max(0, len(self._borders) - 1))
        said = [tr("{part}: {size}", part=s.title, size=Area(s.size)) for s in segments]
        self.setAccessibleDescription("؛ ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(60), space(6 if self._movable else 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(space(20), self.sizeHint().height())

    # -- where things are ------------------------------------------------------------------------------------

    @property
    def _rtl(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    @property
    def _span(self) -> int:
        return max(1, self.width() - space(1))

    def x_of(self, size: int) -> int:
        """The pixel at which so many hundredths from the beginning end."""
        along = round(size * self._span / self._whole) + space(0.5)
        return self.width() - along if self._rtl else along

    def size_at(self, x: int) -> int:
        """The hundredths from the beginning to a pixel; beyond the ends where the mouse is."""
        along = (self.width() - x if self._rtl else x) - space(0.5)
        return round(along * self._whole / self._span)

    def _border_at(self, x: int) -> int | None:
        near = [(abs(self.x_of(size) - x), -at) for at, size in enumerate(self._borders)]
        distance, place = min(near, default=(space(100), 0))
        return -place if distance <= space(1) else None

    # -- the mouse -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._border_at(round(event.position().x())) if event.button() is Qt.MouseButton.LeftButton else None
        if at is None:
            event.ignore()
            return
        self._dragged = self.chosen = at
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = round(event.position().x())
        if self._dragged is None:
            self._hover(self._border_at(x))
            return
        fine = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        self.border_moved.emit(self._dragged, self.size_at(x), int(FINE if fine else COARSE))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._dragged = None
            self.settled.emit()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, at: int | None) -> None:
        if at != self._hovered:
            self._hovered = at
            self.setCursor(Qt.CursorShape.ArrowCursor if at is None else Qt.CursorShape.SplitHCursor)
            self.update()

    # -- the keyboard ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self._borders:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            grows = (key == Qt.Key.Key_Left) == self._rtl
            self._push(event.modifiers(), 1 if grows else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.choose(self.chosen + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(0 if key == Qt.Key.Key_Home else len(self._borders) - 1)
        else:
            super().keyPressEvent(event)

    def choose(self, at: int) -> None:
        """Take another border in hand, for the arrow keys."""
        self.chosen = max(0, min(at, len(self._borders) - 1))
        self.settled.emit()
        self.update()

    def _push(self, modifiers: Qt.KeyboardModifier, way: int) -> None:
        fine = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        leap = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        by = int(FINE) if fine else LEAP if leap else int(COARSE)
        self.border_moved.emit(self.chosen, self._borders[self.chosen] + way * by, int(FINE if fine else COARSE))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settled.emit()

    # -- the picture -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for segment in self._segments:
            self._paint_segment(painter, segment)
        if self._over:
            self._paint_over(painter)
        for segment in self._segments:
            self._paint_words(painter, segment)
        for at in range(len(self._borders)):
            self._paint_border(painter, at)
        painter.end()

    def _rect(self, start: int, size: int) -> QRect:
        first, last = sorted((self.x_of(start), self.x_of(start + size)))
        return QRect(first, space(0.5), last - first, self.height() - space(1))

    def _paint_segment(self, painter: QPainter, segment: Segment) -> None:
        theme = current()
        rect = self._rect(segment.start, segment.size)
        if rect.width() < 1:
            return
        tone = _TONES.get(segment.part, Tone.PLAIN)
        ground = theme.soft(tone) if tone is not Tone.PLAIN else theme.neutral
        edge = theme.colour(tone) if tone is not Tone.PLAIN else QColor(theme.colours.field_line)
        box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(edge, theme.metrics.hairline))
        painter.setBrush(ground)
        painter.drawRect(box)
        if segment.part is Part.RESERVED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(edge, Qt.BrushStyle.BDiagPattern))
            painter.drawRect(box)

    def _paint_words(self, painter: QPainter, segment: Segment) -> None:
        """In the part of the segment that is really there, if any."""
        theme = current()
        tone = _TONES.get(segment.part, Tone.PLAIN)
        there = min(segment.size, self._free - segment.start) if segment.part is Part.CHILD else segment.size
        if there <= 0:
            return
        rect = self._rect(segment.start, there)
        font = fonts.font(current().metrics, Type.SMALL)
        metrics = QFontMetrics(font)
        room = rect.width() - space(1.5)
        long = f"{segment.title}  ·  {area(Area(segment.size))}"
        text = next((t for t in (long, segment.title) if metrics.horizontalAdvance(t) <= room), "")
        if not text:
            return
        painter.setFont(font)
        if segment.part is Part.RESERVED:
            plate = metrics.boundingRect(rect, Qt.AlignmentFlag.AlignCenter, text).adjusted(
                -space(0.5), 0, space(0.5), 0
            )
            painter.fillRect(plate, theme.soft(tone))
        painter.setPen(theme.colour(tone))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_over(self, painter: QPainter) -> None:
        """What is given away and is not there: a hatched end in the colour of what is wrong, beyond a strong line."""
        theme = current()
        rect = self._rect(self._free, self._over)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(rect, theme.soft(Tone.LATE))
        painter.setBrush(QBrush(theme.colour(Tone.LATE), Qt.BrushStyle.DiagCrossPattern))
        painter.drawRect(rect)
        x = self.x_of(self._free)
        painter.setPen(QPen(theme.colour(Tone.LATE), 3 * theme.metrics.hairline))
        painter.drawLine(x, 0, x, self.height())

    def _paint_border(self, painter: QPainter, at: int) -> None:
        theme = current()
        x = self.x_of(self._borders[at])
        in_hand = at == self._dragged or (self.hasFocus() and at == self.chosen)
        strong = in_hand or at == self._hovered
        colour = theme.colour(Tone.ACCENT)
        painter.setPen(QPen(colour, theme.metrics.hairline * (3 if strong else 2)))
        painter.drawLine(x, 0, x, self.height())
        grip = QRectF(x - space(0.5), self.height() / 2 - space(1), space(1), space(2))
        painter.setBrush(colour if in_hand else theme.colours.raised)
        painter.drawRoundedRect(grip, theme.metrics.radius, theme.metrics.radius)
