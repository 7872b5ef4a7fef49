"""Whose papers they are: name, department, colours and logo, from a settings file.

`resources/documents/municipality.toml` shows how it is written.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktop_app.packaged import resources

COLOURS = ("accent", "ink", "muted", "line", "tint", "mark")


class MunicipalityError(ValueError):
    """The settings file cannot be used; the message says why, for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Logo:
    """Outlines as the `d` of SVG paths, in a box whose y runs down."""

    width: float
    height: float
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Municipality:
    """Arabic and English of both names; colours as ``#RRGGBB``."""

    name: tuple[str, str]
    department: tuple[str, str]
    colours: dict[str, str]
    logo: Logo | None = None


def read_municipality(file: Path) -> Municipality:
    """Raises MunicipalityError for a file that is missing, malformed or incomplete."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise MunicipalityError(f"{file}: {why}") from why
    colours = {name: said.get("colours", {}).get(name) for name in COLOURS}
    for name, value in colours.items():
        if not isinstance(value, str) or not re.fullmatch("#[0-9A-Fa-f]{6}", value):
            raise MunicipalityError(f"{file}: colours.{name} is to be written as #RRGGBB")
    return Municipality(
        _pair(file, said, "name"), _pair(file, said, "department"), colours, _logo(file, said.get("logo"))
    )


def _pair(file: Path, said: dict[str, Any], key: str) -> tuple[str, str]:
    match said.get(key):
        case [str(arabic), str(english)] if arabic.strip() and english.strip():
            return arabic.strip(), english.strip()
    raise MunicipalityError(f"{file}: {key} is to be written as [Arabic, English]")


def _logo(file: Path, said: Any) -> Logo | None:
    if said is None:
        return None
    match said:
        case {"box": [int() | float() as width, int() | float() as height], "paths": [str(), *_] as paths}:
            logo = Logo(float(width), float(height), tuple(map(str, paths)))
        case _:
            raise MunicipalityError(f"{file}: logo wants box = [width, height] and paths = [text, …]")
    from desktop_app.documents.text.outline import path_operators

    try:
        if logo.width <= 0 or logo.height <= 0:
            raise ValueError("an empty box")
        for path in logo.paths:
            path_operators(path, 0, 0, 1)
    except (ValueError, IndexError, TypeError, AssertionError) as why:
        raise MunicipalityError(f"{file}: the logo cannot be drawn: {why}") from why
    return logo


class _Chosen:
    """The one municipality of this process; None stands for the packaged file."""

    file: Path | None = None


def use_municipality(file: Path | None) -> None:
    """Papers drawn from here on are of the municipality that `file` describes (None: the packaged one).

    Raises MunicipalityError and changes nothing.
    """
    if file is not None:
        read_municipality(file)
    _Chosen.file = file
    municipality.cache_clear()


@lru_cache(maxsize=1)
def municipality() -> Municipality:
    """Raises MunicipalityError where the program is incomplete."""
    return read_municipality(_Chosen.file or resources() / "documents" / "municipality.toml")
