"""A font file opened once: for HarfBuzz to shape with, and table by table for building subsets from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import uharfbuzz as hb
from fontTools.ttLib import TTFont

_INSTRUCTIONS_FOLLOW = 0x0100
_MORE_COMPONENTS = 0x0020


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

    def outline(self, glyph: int) -> bytes:
        """The glyph's record without hinting instructions; empty for a blank glyph.

        Instructions are left out because the programs they call (fpgm, prep) are not embedded.
        """
        data = self._glyf[self._loca[glyph] : self._loca[glyph + 1]]
        if not data:
            return b""
        contours = int.from_bytes(data[:2], "big", signed=True)
        if contours < 0:
            return data
        at = 10 + 2 * contours
        length = int.from_bytes(data[at : at + 2], "big")
        return data[:at] + b"\0\0" + data[at + 2 + length :]


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
        at += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
        if not flags & _MORE_COMPONENTS:
            return found


def without_instructions(outline: bytes) -> bytes:
    """A composite record without its instructions, flags adjusted."""
    result, end = bytearray(outline), 0
    for at, _ in components(outline):
        flags = int.from_bytes(outline[at - 2 : at], "big")
        result[at - 2 : at] = (flags & ~_INSTRUCTIONS_FOLLOW).to_bytes(2, "big")
        end = at + 2 + (4 if flags & 1 else 2)
        end += 2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
    return bytes(result[:end])
