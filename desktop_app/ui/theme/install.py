"""Putting a theme on the application, and asking which one is on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.ui.theme import fonts
from desktop_app.ui.theme.metrics import Metrics
from desktop_app.ui.theme.stylesheet import stylesheet
from desktop_app.ui.theme.tokens import COLOURS, Colours, Scheme, Tone


@dataclass(frozen=True, slots=True)
class Theme:
    scheme: Scheme
    colours: Colours
    metrics: Metrics

    def colour(self, tone: Tone) -> QColor:
        return QColor(self.colours.of(tone))

    def soft(self, tone: Tone) -> QColor:
        return QColor(self.colours.soft(tone))

    @property
    def neutral(self) -> QColor:
        """The ground of things without a meaning of their own."""
        return QColor(self.colours.hover)


_current = Theme(Scheme.LIGHT, COLOURS[Scheme.LIGHT], Metrics())


def current() -> Theme:
    """The theme now on screen. Painting code asks each time it paints, so that a change shows at once."""
    return _current


def space(units: float = 1) -> int:
    """Grid units in pixels under the current theme."""
    return _current.metrics.space(units)


def apply(app: QApplication, scheme: Scheme = Scheme.LIGHT, scale: float = 1.0) -> Theme:
    """Set palette, font and stylesheet; every widget gets a palette change and repaints."""
    global _current  # noqa: PLW0603 - one application, one theme
    _current = Theme(scheme, COLOURS[scheme], Metrics(scale))
    hints = app.styleHints()
    hints.setColorScheme(Qt.ColorScheme.Dark if scheme is Scheme.DARK else Qt.ColorScheme.Light)
    app.setFont(fonts.font(_current.metrics))
    app.setPalette(palette(_current.colours))
    app.setStyleSheet(stylesheet(_current.colours, _current.metrics))
    return _current


def palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in {
        role.Window: c.surface, role.WindowText: c.ink, role.Base: c.raised, role.AlternateBase: c.surface,
        role.Text: c.ink, role.Button: c.raised, role.ButtonText: c.ink, role.BrightText: c.on_accent,
        role.Highlight: c.accent, role.HighlightedText: c.on_accent, role.Link: c.accent, role.LinkVisited: c.blocked,
        role.ToolTipBase: c.raised, role.ToolTipText: c.ink, role.PlaceholderText: c.muted, role.Accent: c.accent,
        role.Light: c.raised, role.Midlight: c.hover, role.Mid: c.line, role.Dark: c.field_line, role.Shadow: c.ink,
    }.items():  # fmt: skip
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.muted))
    return made
