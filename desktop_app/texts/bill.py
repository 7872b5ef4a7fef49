"""Figures of a bill's lines as shown: a line carries its base and rate in plain ASCII, so that it replays anywhere."""

from __future__ import annotations

from desktop_app.texts import tr
from desktop_app.texts.quantities import digits


def figure(text: str) -> str:
    """``120.50 m²`` as ``١٢٠٫٥٠ م²`` and ``3.000/m²`` as ``٣٫٠٠٠ لكل م²`` in Arabic."""
    per = text.removesuffix("/m²")
    if per != text:
        return tr("{rate} per m²", rate=_number(per))
    plain = text.removesuffix(" m²")
    return tr("{area} m²", area=_number(plain)) if plain != text else _number(text)


def _number(text: str) -> str:
    shown = digits(text)
    return shown.replace(".", "٫").replace("%", "٪") if shown != text else text
