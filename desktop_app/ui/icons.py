"""Icons, one family, by what they mean. Drawn once ``warm`` was called, after the first paint.

Until then nothing is drawn in their place; ``warm`` fills them all in. Only icons whose direction means
something are turned over in a right-to-left window.
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop_app.ui.theme import Tone, current, space


class Icon(StrEnum):
    """Meaning to glyph."""

    TODAY = "ph.gauge"
    REQUESTS = "ph.stack"
    INTAKE = "ph.file-plus"
    INSPECTION = "ph.clipboard-text"
    CALENDAR = "ph.calendar-blank"
    FEES = "ph.calculator"
    LICENCE = "ph.medal"
    MESSAGES = "ph.chat-text"
    CONFLICT = "ph.git-fork"
    SYNCED = "ph.cloud-check"
    SYNCING = "ph.arrows-clockwise"
    OFFLINE = "ph.cloud-slash"
    PENDING = "ph.cloud-arrow-up"
    SEARCH = "ph.magnifying-glass"
    BACK = "ph.arrow-left"
    NEXT = "ph.arrow-right"
    SEND = "ph.paper-plane-right"
    GENEALOGY = "ph.tree-structure"
    SPLIT = "ph.scissors"
    DONE = "ph.check-circle"
    WAITING = "ph.circle-dashed"
    BLOCKED = "ph.lock-simple"
    LATE = "ph.clock-counter-clockwise"
    SOON = "ph.clock"
    WARNING = "ph.warning"
    ERROR = "ph.warning-octagon"
    INFO = "ph.info"
    CLOSE = "ph.x"
    ADD = "ph.plus"
    REMOVE = "ph.trash"
    EDIT = "ph.pencil-simple"
    PRINT = "ph.printer"
    VOCATION = "ph.storefront"
    SIGN = "ph.traffic-sign"
    DOCUMENT = "ph.file-text"
    ATTACH = "ph.paperclip"
    PHOTO = "ph.camera"
    MONEY = "ph.money"
    PAYMENT = "ph.credit-card"
    EMPTY = "ph.tray"
    REFUSED = "ph.prohibit"
    RETURNED = "ph.arrow-u-up-left"
    SETTINGS = "ph.gear-six"
    SIGN_OUT = "ph.sign-out"
    KEY = "ph.key"
    SAMPLE = "ph.flask"
    MENU = "ph.dots-three"
    PORTAL = "ph.globe"
    SCAN = "ph.corners-out"
    NEARER = "ph.magnifying-glass-plus"
    FARTHER = "ph.magnifying-glass-minus"


MIRRORED = frozenset({Icon.BACK, Icon.NEXT, Icon.SEND, Icon.RETURNED, Icon.SIGN_OUT, Icon.GENEALOGY, Icon.REQUESTS})
"""Direction means something in these."""

_warm: list[bool] = []
_waiting: dict[int, tuple[weakref.ref[QObject], Icon, Tone]] = {}


def ready() -> bool:
    return bool(_warm)


def warm() -> None:
    """Load the icon font and draw every icon asked for so far. The frame calls it after its first paint."""
    if not _warm:
        from desktop_app.ui import glyphs
        from desktop_app.ui.mark import mark

        glyphs.load()
        QApplication.setWindowIcon(mark())
        _warm.append(True)
    refresh()


def refresh() -> None:
    """Draw all icons anew: after warming, and after a change of theme."""
    for key, (ref, icon, tone) in tuple(_waiting.items()):
        target = ref()
        if target is None:
            _waiting.pop(key, None)  # drawing another may have let it go meanwhile
        else:
            _put(target, icon, tone)
    with _nothing_collected():
        for widget in QApplication.allWidgets():
            widget.update()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """While Qt's list of widgets becomes Python's, a collection would take away windows that it still names."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def set_icon(target: QAbstractButton | QAction, icon: Icon, tone: Tone = Tone.PLAIN) -> None:
    """Give a button or action its icon, now or as soon as icons are warm, and again at each change of theme."""
    key = id(target)

    def forget(_: object) -> None:
        _waiting.pop(key, None)

    _waiting[key] = (weakref.ref(target, forget), icon, tone)
    _put(target, icon, tone)


def picture(icon: Icon, colour: QColor | str) -> QIcon:
    """The icon as a QIcon in one colour; an empty QIcon while icons are cold."""
    if not _warm:
        return QIcon()
    from desktop_app.ui.glyphs import glyph_icon

    return glyph_icon(icon.value, QColor(colour), QColor(current().colours.muted), turned=_turned(icon))


def paint(painter: QPainter, rect: QRect, icon: Icon, colour: QColor | str) -> None:
    """Draw the icon into ``rect``; draws nothing while icons are cold."""
    if not _warm:
        return
    picture(icon, colour).paint(painter, rect, Qt.AlignmentFlag.AlignCenter)


def _turned(icon: Icon) -> bool:
    app = QApplication.instance()
    rtl = isinstance(app, QApplication) and app.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return icon in MIRRORED and rtl


def _put(target: QObject, icon: Icon, tone: Tone) -> None:
    import shiboken6

    if not _warm or not shiboken6.isValid(target):
        return
    colours = current().colours
    colour = colours.on_accent if target.property("kind") == "main" else colours.of(tone)
    if isinstance(target, QAbstractButton):
        side = current().metrics.icon
        # Wider than the glyph, so that the word does not stick to it.
        target.setIconSize(QSize(side + space(0.75) if target.text() else side, side))
    if isinstance(target, QAbstractButton | QAction):
        target.setIcon(picture(icon, colour))
