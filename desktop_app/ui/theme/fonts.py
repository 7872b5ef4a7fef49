"""The interface's typeface, from its own package; nothing depends on what the machine has installed."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from desktop_app.ui.theme.metrics import Metrics, Type

FAMILY = "IBM Plex Sans Arabic"
_WEIGHTS = ("Regular", "Medium", "SemiBold")


class FontMissing(RuntimeError):
    """The typeface's package is broken; Arabic must not fall to a face nobody has looked at."""


def load() -> None:
    """Register the weights in use. Raises FontMissing."""
    from fontpkg_ibm_plex_sans_arabic import ROOT

    for weight in _WEIGHTS:
        file = ROOT / "files" / f"IBMPlexSansArabic-{weight}.ttf"
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FontMissing(str(file))


def font(metrics: Metrics, kind: Type = Type.BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    made = QFont(FAMILY)
    made.setPointSizeF(metrics.points(kind))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
