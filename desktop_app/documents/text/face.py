"""A font file opened once: for HarfBuzz to shape with, and table by table for building subsets from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import uharfbuzz as hb
from fontTools.ttLib import TTFont

_INSTRUCTIONS_FOLLOW = 0x0100
_MORE_COMPONENTS = 0x0020
_REPEAT, _X_SHORT, _Y_SHORT, _X_SAME, _Y_SAME = 0x08, 0x02, 0x04, 0x10, 0x20


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One TrueType font, compared by identity. Lengths are in font units."""

    name: str
    units_per_em: int
    ascent: int
    descent: int
    cap_height: int
    bounds: tuple[int, int, int, int]
    italic_angle: float
    bold: bool
    characters: frozenset[int]
    shaper: Any
    head: bytes
    hhea: bytes
    maxp: bytes
    _glyf: bytes
    _loca: tuple[int, ...]

    _outlines: dict[int, bytes] = field(default_factory=dict)

    def outline(self, glyph: int) -> bytes:
        """The glyph's record without hinting instructions and padding; empty for a blank glyph.

        Instructions are left out because the programs they call (fpgm, prep) are not embedded.
        """
        found = self._outlines.get(glyph)
        if found is None:
            data = self._glyf[self._loca[glyph] : self._loca[glyph + 1]]
            if not data:
                found = b""
            elif is_composite(data):
                found = _plain_composite(data)
            else:
                found = _plain_contours(data)
            self._outlines[glyph] = found
        return found


@lru_cache(maxsize=32)
def load_face(path: str) -> Face:
    """Open the TrueType font at `path`.

    Raises OSError when it is missing and ValueError when its outlines are not TrueType.
    """
    with TTFont(path, lazy=True) as font:
        if "glyf" not in font:
            raise ValueError(f"{path}: only TrueType outlines can be embedded")
        os2, head = font["OS/2"], font["head"]
        return Face(
            name=font["name"].getDebugName(6) or "Font",
            units_per_em=head.unitsPerEm,
            ascent=font["hhea"].ascent,
            descent=font["hhea"].descent,
            cap_height=getattr(os2, "sCapHeight", 0) or font["hhea"].ascent,
            bounds=(head.xMin, head.yMin, head.xMax, head.yMax),
            italic_angle=font["post"].italicAngle,
            bold=os2.usWeightClass >= 600,
            characters=frozenset(font.getBestCmap()),
            shaper=hb.Font(hb.Face(hb.Blob.from_file_path(path))),
            head=bytes(font.reader["head"]),
            hhea=bytes(font.reader["hhea"]),
            maxp=bytes(font.reader["maxp"]),
            _glyf=bytes(font.reader["glyf"]),
            _loca=tuple(font["loca"].locations),
        )


def is_composite(outline: bytes) -> bool:
    """Whether the record refers to other glyphs."""
    return bool(outline) and outline[0] >= 0x80


def components(outline: bytes) -> list[tuple[int, int]]:
    """(byte position of the glyph id, glyph id) of each glyph a composite record refers to."""
    found, at = [], 10
    while True:
        flags = int.from_bytes(outline[at : at + 2], "big")
        found.append((at + 2, int.from_bytes(outline[at + 2 : at + 4], "big")))
        at += 4 + _arguments_length(flags)
        if not flags & _MORE_COMPONENTS:
            return found


def _arguments_length(flags: int) -> int:
    return (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)


def _plain_composite(data: bytes) -> bytes:
    result, end = bytearray(data), 0
    for at, _ in components(data):
        flags = int.from_bytes(data[at - 2 : at], "big")
        result[at - 2 : at] = (flags & ~_INSTRUCTIONS_FOLLOW).to_bytes(2, "big")
        end = at + 2 + _arguments_length(flags)
    return bytes(result[:end])


def _plain_contours(data: bytes) -> bytes:
    contours = int.from_bytes(data[:2], "big")
    at = 10 + 2 * contours
    length = int.from_bytes(data[at : at + 2], "big")
    points = int.from_bytes(data[at - 2 : at], "big") + 1 if contours else 0
    end = at = at + 2 + length
    coordinates = 0
    while points > 0:
        flag = data[end]
        end += 1
        repeated = 1
        if flag & _REPEAT:
            repeated += data[end]
            end += 1
        points -= repeated
        for short, same in ((_X_SHORT, _X_SAME), (_Y_SHORT, _Y_SAME)):
            coordinates += repeated * (1 if flag & short else 0 if flag & same else 2)
    head = 10 + 2 * contours
    return data[:head] + b"\0\0" + data[at : end + coordinates]
