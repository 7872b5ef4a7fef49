"""The icons' glyphs, drawn from the Phosphor font that QtAwesome's package carries.

The package's own code is not run: it loads every part of Qt there is, 100 ms in which the first window stands still.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

_HEIGHT = 0.875
"""Of the box: what is left over is the glyph's bearing."""


class GlyphsMissing(RuntimeError):
    """The package of the icons is broken: buttons without words would say nothing."""


@dataclass(frozen=True, slots=True)
class _Glyphs:
    family: str
    codes: dict[str, str]


@cache
def load() -> _Glyphs:
    """Registers the font, once. Raises GlyphsMissing."""
    found = find_spec("qtawesome")
    folders = list(found.submodule_search_locations or ()) if found is not None else []
    for folder in folders:
        for font in Path(folder, "fonts").glob("phosphor-[0-9]*.ttf"):
            # One of several releases may be there; a font goes with the map of its own.
            names = font.with_name(font.name.replace("phosphor-", "phosphor-charmap-")).with_suffix(".json")
            added = QFontDatabase.addApplicationFont(str(font))
            families = QFontDatabase.applicationFontFamilies(added) if added >= 0 else []
            if families and names.is_file():
                import json

                return _Glyphs(families[0], json.loads(names.read_text("utf-8")))
    raise GlyphsMissing(f"no Phosphor font in {folders}")


def glyph_icon(name: str, colour: QColor, muted: QColor, *, turned: bool) -> QIcon:
    """The glyph called `name` ("ph.stack") as an icon of any size; `muted` while disabled, `turned` left for right."""
    glyphs = load()
    try:
        char = chr(int(glyphs.codes[name.removeprefix("ph.")], 16))
    except KeyError as error:
        raise GlyphsMissing(name) from error
    return QIcon(_GlyphEngine(glyphs.family, char, colour, muted, turned))


class _GlyphEngine(QIconEngine):
    def __init__(self, family: str, char: str, colour: QColor, muted: QColor, turned: bool) -> None:
        super().__init__()
        self._drawn = (family, char, colour, muted, turned)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        family, char, colour, muted, turned = self._drawn
        painter.save()
        font = QFont(family)
        font.setPixelSize(max(1, round(_HEIGHT * rect.height())))
        painter.setFont(font)
        painter.setPen(muted if mode is QIcon.Mode.Disabled else colour)
        # The middle of the box is the origin, so that turning over leaves the glyph where it stands.
        painter.translate(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2)
        if turned:
            painter.scale(-1, 1)
        box = QRect(-rect.width(), -rect.height(), 2 * rect.width(), 2 * rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, char)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _GlyphEngine(*self._drawn)
