"""A paragraph cut into runs that one call of the shaper can take: one level, one script, one face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from fontTools.unicodedata import script, script_extension

from desktop_app.documents.text.bidi import REMOVED
from desktop_app.documents.text.face import Face

_NEUTRAL_SCRIPTS = ("Zyyy", "Zinh")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of a line, in logical order."""

    start: int
    end: int
    level: int
    script: str
    face: Face


def split_runs(text: str, levels: Sequence[int], faces: Sequence[Face]) -> list[Run]:
    """Runs of `text` in logical order; characters whose level is `REMOVED` belong to none."""
    scripts = _scripts(text)
    runs: list[Run] = []
    face = faces[0]
    start, own = 0, (REMOVED, "", face)
    for index, char in enumerate(text):
        level = levels[index]
        kind = own
        if level != REMOVED:
            face = _face_for(char, face, faces)
            kind = (level, scripts[index], face)
        elif own[0] != REMOVED:
            kind = (REMOVED, "", face)
        if kind != own:
            if own[0] != REMOVED:
                runs.append(Run(start, index, *own))
            start, own = index, kind
    if own[0] != REMOVED:
        runs.append(Run(start, len(text), *own))
    return runs


def _face_for(char: str, current: Face, faces: Sequence[Face]) -> Face:
    """The first face that has the character; a mark stays with its letter as long as that face has it."""
    code = ord(char)
    if category(char) in ("Mn", "Me", "Cf") and (code in current.characters or category(char) == "Cf"):
        return current
    for face in faces:
        if code in face.characters:
            return face
    return faces[0]


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    own = str(script(char))
    if own == "Zyyy" and script_extension(char) == {"Arab"}:
        return "Arab"
    return own


def _scripts(text: str) -> list[str]:
    """Script per character; common and inherited ones follow what stands before them, else what comes after."""
    found = [_script_of(char) for char in text]
    current = next((name for name in found if name not in _NEUTRAL_SCRIPTS), "Latn")
    for index, name in enumerate(found):
        if name in _NEUTRAL_SCRIPTS:
            found[index] = current
        else:
            current = name
    return found
