"""The look: readable in every scheme, icons after the first paint, Qt's own words in Arabic."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QPainter,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.texts import isolate
from desktop_app.texts.quantities import code, percent
from desktop_app.ui import icons, theme
from desktop_app.ui.gallery_parts import PARTS
from desktop_app.ui.icons import MIRRORED, Icon
from desktop_app.ui.theme import Metrics, Scheme, Tone, Type, fonts
from desktop_app.ui.theme.tokens import COLOURS, Colours
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label

ROOT = Path(__file__).resolve().parents[3]
Show = Callable[[QWidget], QWidget]


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp)


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    red, green, blue = made.redF(), made.greenF(), made.blueF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def _contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", Scheme)
def test_every_tone_is_readable_on_every_ground_it_stands_on(scheme: Scheme) -> None:
    colours: Colours = COLOURS[scheme]
    least = 7.0 if scheme is Scheme.HIGH_CONTRAST else 4.5
    for tone in Tone:
        for ground in (colours.raised, colours.surface, colours.soft(tone)):
            assert _contrast(colours.of(tone), ground) >= least, (tone, ground)
    assert _contrast(colours.on_accent, colours.accent) >= least
    assert _contrast(colours.ink, colours.accent_soft) >= least
    assert _contrast(colours.muted, colours.hover) >= 4.5
    assert _contrast(colours.field_line, colours.raised) >= 2.8


@pytest.mark.parametrize("scheme", Scheme)
def test_a_box_that_is_not_ticked_can_be_seen(scheme: Scheme, app: QApplication, shown: Show) -> None:
    theme.apply(app, scheme)
    box = QCheckBox()
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    shown(box)
    app.processEvents()
    picture = box.grab().toImage()
    ground = COLOURS[scheme].raised
    drawn = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert max(_contrast(colour, ground) for colour in drawn) >= 2.8


@pytest.mark.parametrize("scheme", Scheme)
def test_a_scheme_reaches_the_screen(scheme: Scheme, app: QApplication, shown: Show) -> None:
    theme.apply(app, scheme)
    window = shown(QWidget())
    assert window.grab().toImage().pixelColor(5, 5) == QColor(COLOURS[scheme].surface)


def test_everything_grows_with_the_text(app: QApplication) -> None:
    small = QFontMetrics(fonts.font(Metrics(1.0))).height()
    assert QFontMetrics(fonts.font(Metrics(1.5))).height() > 1.3 * small
    assert Metrics(1.5).space(2) == 24
    theme.apply(app, scale=1.5)
    tall = QPushButton("اقبل")
    tall.ensurePolished()
    assert tall.sizeHint().height() >= Metrics(1.5).control


def test_the_typeface_is_ours_and_has_the_letters() -> None:
    font = fonts.font(Metrics(), Type.BODY)
    assert QFontInfo(font).family() == fonts.FAMILY
    metrics = QFontMetrics(font)
    assert all(metrics.inFontUcs4(ord(char)) for char in "تجزئةأإآؤئىپ٠١٢٣٤٥٦٧٨٩٫٬،؛؟٪²—«»0Az")


def test_qts_dialogs_speak_arabic(app: QApplication) -> None:
    assert app.translate("QPlatformTheme", "Cancel") != "Cancel"
    assert app.layoutDirection() is Qt.LayoutDirection.RightToLeft


def _laid_out(text: str) -> tuple[QTextLayout, QTextLine]:
    """One line of a window from right to left; it lives as long as its layout."""
    layout = QTextLayout(text, fonts.font(Metrics()))
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return layout, line


def _drawn(text: str) -> list[int]:
    """The order in which the digits of a line stand, from left to right."""
    _layout, line = _laid_out(text)
    digits = [at for at, char in enumerate(text) if char.isdigit()]
    places: dict[int, Any] = {at: line.cursorToX(at) for at in digits}
    # The binding gives the position alone or with the cursor, by version.
    return sorted(digits, key=lambda at: places[at][0] if isinstance(places[at], tuple) else places[at])


@pytest.mark.parametrize("text", ["R-2026-08-000004", "+962 79 555 0123"])
def test_a_code_is_drawn_from_left_to_right(text: str) -> None:
    shown_text = code(text)
    order = "".join(shown_text[at] for at in _drawn(shown_text))
    assert order == "".join(char for char in shown_text if char.isdigit())


def test_icons_are_not_loaded_before_the_first_paint() -> None:
    """In a process of its own: here another test has warmed them."""
    script = (
        "import sys; from desktop_app import texts; texts.use('ar');"
        "from desktop_app.ui.application import make_application; app = make_application();"
        "from desktop_app.ui.frame.main_frame import MainFrame; from desktop_app.ui.messages import Messages;"
        "from desktop_app.ui.background import ThreadedBackground; m = Messages();"
        "b = ThreadedBackground(m, print); f = MainFrame([], b, m); seen = [];"
        "f.painted.connect(app.quit); before = 'desktop_app.ui.glyphs' in sys.modules; f.show();"
        "app.exec(); b.close(); print(before, 'desktop_app.ui.glyphs' in sys.modules, 'qtawesome' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True", "False"]


def _ink(icon: Icon, at: QRect) -> QImage:
    canvas = QImage(100, 100, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.white)
    painter = QPainter(canvas)
    icons.paint(painter, at, icon, "#000000")
    painter.end()
    return canvas


@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_is_drawn_where_it_was_asked_for(icon: Icon) -> None:
    icons.warm()
    at = QRect(60, 50, 24, 24)
    drawn = _ink(icon, at)
    dark = [(x, y) for x in range(100) for y in range(100) if drawn.pixelColor(x, y).lightness() < 128]
    assert dark
    assert all(at.adjusted(-2, -2, 2, 2).contains(x, y) for x, y in dark)


def test_only_icons_with_a_direction_turn_over() -> None:
    icons.warm()
    at = QRect(20, 20, 48, 48)
    rtl = {icon: _ink(icon, at) for icon in (Icon.NEXT, Icon.SOON)}
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    try:
        ltr = {icon: _ink(icon, at) for icon in rtl}
    finally:
        QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert Icon.NEXT in MIRRORED
    assert rtl[Icon.NEXT] != ltr[Icon.NEXT]
    assert rtl[Icon.SOON] == ltr[Icon.SOON]


def test_a_button_gets_its_icon_once_they_are_warm(shown: Show) -> None:
    made = QPushButton("أرسل")
    icons.set_icon(made, Icon.SEND)
    icons.warm()
    assert not made.icon().isNull()


def test_what_is_wrong_in_a_window_before_the_frame_has_its_icon(shown: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icons, "_warm", [])
    field = Field("login", "اسم المستخدم", QLineEdit())
    shown(field)
    assert not icons.ready()
    field.show_problem("اكتب اسم المستخدم.")
    assert icons.ready()


def test_the_sign_of_percent_stands_behind_its_figure_isolated_as_well() -> None:
    text = f"حتى الآن {isolate(percent(20))}"
    _layout, line = _laid_out(text)
    leftmost = line.xToCursor(1.0, QTextLine.CursorPosition.CursorOnCharacter)
    assert text[leftmost] == "٪"


@pytest.mark.parametrize("name", [part[0] for part in PARTS])
@pytest.mark.parametrize("scheme", Scheme)
def test_no_text_of_the_parts_is_cut_off(name: str, scheme: Scheme, app: QApplication, shown: Show) -> None:
    from PySide6.QtWidgets import QLabel

    theme.apply(app, scheme)
    part = next(make for part_name, _, _, make in PARTS if part_name == name)()
    shown(part)
    for each in part.findChildren(QLabel):
        if each.isVisible() and each.text():
            needed = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
            assert each.height() >= needed, each.text()
            assert each.wordWrap() or each.width() >= each.sizeHint().width(), each.text()
    for button in part.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()


def test_sizes_of_type_differ_on_screen(shown: Show) -> None:
    heights = [QFontMetrics(_polished(kind)).height() for kind in Type]
    assert heights == sorted(set(heights))


def _polished(kind: Type) -> QFont:
    made = label("نص", kind)
    made.ensurePolished()
    return made.font()


def test_nothing_is_collected_while_everything_is_drawn_anew(qtbot: QtBot) -> None:
    """A collection in the midst of it took away windows that Qt had just named, and the program with them."""
    seen: list[bool] = []

    class Watching(QWidget):
        def update(self, *_: object) -> None:
            seen.append(gc.isenabled())

    made = Watching()
    qtbot.addWidget(made)
    collecting = gc.isenabled()
    icons.refresh()
    assert seen == [False]
    assert gc.isenabled() == collecting


def test_windows_carry_the_products_mark_and_its_name() -> None:
    icons.warm()
    assert QGuiApplication.desktopFileName() == "tajzia"
    for side in (16, 32, 256):
        drawn = QGuiApplication.windowIcon().pixmap(side, side).toImage()
        corner, ground, sheet = (
            drawn.pixelColor(side * x // 32, side * y // 32) for x, y in ((0, 0), (3, 16), (10, 9))
        )
        assert corner.alpha() < 128
        assert ground.alpha() == 255
        assert sheet != ground
