"""How the program looked when it was last used on this workstation: a file of a few bytes beside the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.ui.theme.tokens import Scheme

SMALLEST, LARGEST = 0.8, 1.5
"""How far the text may shrink and grow: what the windows can bear."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, and the size of the text against the usual one."""

    scheme: Scheme = Scheme.LIGHT
    scale: float = 1.0


class RememberedLook:
    """Reads and writes one file. A file that is missing or spoilt is the usual look; one that cannot be written is
    no reason to trouble anybody: the look is what stands on the screen."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> Look:
        try:
            held = self._file.read_text("utf-8")
        except (OSError, ValueError):
            return Look()
        import json  # not loaded at a start where nothing is remembered

        try:
            look = json.loads(held)
            return Look(Scheme(look["scheme"]), min(LARGEST, max(SMALLEST, float(look["scale"]))))
        except (ValueError, KeyError, TypeError):
            return Look()

    def write(self, look: Look) -> None:
        import json

        written = self._file.with_suffix(".new")
        try:
            written.write_text(json.dumps({"scheme": look.scheme.value, "scale": round(look.scale, 2)}), "utf-8")
            written.replace(self._file)
        except OSError:
            written.unlink(missing_ok=True)
