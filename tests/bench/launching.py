"""How long a program takes from its start until it says or paints something, seen from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
PAINTED = "Flushing QRegion"
"""What Qt's own log says when a window's picture goes to the screen for the first time."""
_PAINT_LOG = "qt.widgets.painting=true"
_LONGEST = 60.0


class NeverShownError(RuntimeError):
    """The program ended, or hung, before it came to what was waited for."""


def milliseconds_until(
    sign: str,
    arguments: Sequence[str | Path],
    *,
    paint_log: bool,
    program: Path | str = sys.executable,
    given: str = "",
) -> float:
    """Starts `program` (Python) with `arguments` and waits until a line on its error stream holds `sign`, then ends it.
    `given` is its input.

    With `paint_log` Qt tells of its painting: a program is then measured without a change to it.
    """
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "QT_LOGGING_TO_CONSOLE": "1"}
    # An installed program is compiled; both sides are, from their second start on.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["QT_LOGGING_RULES"] = _PAINT_LOG if paint_log else ""
    said: list[str] = []
    began = perf_counter()
    with subprocess.Popen(
        [program, *arguments], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stderr is not None
        assert started.stdin is not None
        with suppress(BrokenPipeError), started.stdin as told:
            told.write(given)
        try:
            for line in started.stderr:
                if sign in line:
                    return (perf_counter() - began) * 1000
                said.append(line)
                if perf_counter() - began > _LONGEST:
                    break
        finally:
            started.kill()
    raise NeverShownError(f"{arguments}: {''.join(said[-20:])}")
