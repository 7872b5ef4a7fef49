"""Where the data that travels with the program lies.

A wheel and a bundle carry `resources/` and `i18n/` inside the package; in a source tree they lie beside it.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of images, districts and other data files. Raises FileNotFoundError without it."""
    return _folder("resources")


def catalogues() -> Path:
    """The folder of message catalogues (`<language>/LC_MESSAGES`). Raises FileNotFoundError without it."""
    return _folder("i18n")


def _folder(name: str) -> Path:
    for parent in (_PACKAGE, _PACKAGE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the program is incomplete: no folder {name!r} in or beside {_PACKAGE}")
