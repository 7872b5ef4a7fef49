"""The look: named colours, measures and type, in light, dark and high contrast."""

from desktop_app.ui.theme.install import Theme, apply, current, space
from desktop_app.ui.theme.metrics import Metrics, Type
from desktop_app.ui.theme.remembered import LARGEST, SMALLEST, Look, RememberedLook
from desktop_app.ui.theme.tokens import Colours, Scheme, Tone

__all__ = [
    "LARGEST",
    "SMALLEST",
    "Colours",
    "Look",
    "Metrics",
    "RememberedLook",
    "Scheme",
    "Theme",
    "Tone",
    "Type",
    "apply",
    "current",
    "space",
]
