"""Where the data that travels with the program lies, and how it starts itself.

A wheel and a bundle carry `resources/` and `i18n/` inside the package; in a source tree they lie beside it.
"""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of images, districts and other data files. Raises FileNotFoundError without it."""
    return _folder("resources")


def catalogues() -> Path:
    """The folder of message catalogues (`<language>/LC_MESSAGES`). Raises FileNotFoundError without it."""
    return _folder("i18n")


def own_command() -> tuple[str, ...]:
    """What starts this very program again in `own_folder`, before its arguments."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "desktop_app")


def own_folder() -> Path:
    """Where it is to be started: in any other folder a stranger's `desktop_app` might lie."""
    return _PACKAGE.parent


def _folder(name: str) -> Path:
    for parent in (_PACKAGE, _PACKAGE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the program is incomplete: no folder {name!r} in or beside {_PACKAGE}")
