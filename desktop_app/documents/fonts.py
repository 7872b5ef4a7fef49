"""Typefaces of the papers, taken from the installed font packages (Open Font Licence; none in the repository)."""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path

from fontpkg_amiri import ROOT as AMIRI
from fontpkg_ibm_plex_sans_arabic import ROOT as PLEX

from desktop_app.documents.text.face import Face, load_face


class Typeface(Enum):
    """A family and weight; the value is the font package's folder and its file."""

    BODY = (PLEX, "IBMPlexSansArabic-Regular.ttf")
    BODY_MEDIUM = (PLEX, "IBMPlexSansArabic-Medium.ttf")
    BODY_BOLD = (PLEX, "IBMPlexSansArabic-SemiBold.ttf")
    TITLE = (AMIRI, "Amiri-Bold.ttf")
    TITLE_REGULAR = (AMIRI, "Amiri-Regular.ttf")

    # Each is one object: what is kept by typeface need not hash the name anew each time.
    __hash__ = object.__hash__


_INSTEAD = {
    Typeface.BODY: Typeface.TITLE_REGULAR,
    Typeface.BODY_MEDIUM: Typeface.TITLE_REGULAR,
    Typeface.BODY_BOLD: Typeface.TITLE,
    Typeface.TITLE: Typeface.BODY_BOLD,
    Typeface.TITLE_REGULAR: Typeface.BODY,
}


@cache
def faces_of(typeface: Typeface) -> tuple[Face, ...]:
    """The face, then the one that stands in for characters it does not have."""
    return _face(typeface), _face(_INSTEAD[typeface])


def font_file(typeface: Typeface) -> Path:
    """Where the installed package keeps the face."""
    folder, name = typeface.value
    return Path(folder) / "files" / name


def _face(typeface: Typeface) -> Face:
    return load_face(str(font_file(typeface)))
