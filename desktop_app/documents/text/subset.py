"""A TrueType program holding exactly the cells a document uses: glyph number = code.

Every cell becomes a glyph of its own with its own advance, its ink composed out of the face's outlines at the
places HarfBuzz gave.  So a shown string needs no corrections between glyphs, widths in the file are the
widths of the program, and the same letter kerned in two ways costs a few bytes.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from functools import lru_cache

from desktop_app.documents.text.face import Face, components, is_composite
from desktop_app.documents.text.shaping import Cell, Ink

_ARGS_ARE_WORDS_AND_XY = 0x0003
_MORE = 0x0020
_CHECKSUM_MAGIC = 0xB1B0AFBA


def build_program(face: Face, cells: Sequence[Cell]) -> bytes:
    """The font file: glyph 0 is the face's .notdef, glyph n is `cells[n - 1]`."""
    glyphs, advances, parts = _glyph_records(face, cells)
    glyf, offsets = bytearray(), [0]
    for record in glyphs:
        glyf += record
        glyf += b"\0" * (-len(glyf) % 4)
        offsets.append(len(glyf))
    hmtx = b"".join(
        [
            advance.to_bytes(2, "big") + (record[2:4] or b"\0\0")
            for advance, record in zip(advances, glyphs, strict=False)
        ]
    )
    head = bytearray(face.head)
    head[8:12] = b"\0\0\0\0"
    head[50:52] = struct.pack(">h", 1)
    hhea = face.hhea[:34] + struct.pack(">H", len(glyphs))
    tables = {
        b"glyf": bytes(glyf),
        b"head": bytes(head),
        b"hhea": hhea,
        b"hmtx": hmtx,
        b"loca": struct.pack(f">{len(offsets)}L", *offsets),
        b"maxp": _maximum_profile(face.maxp, len(glyphs), parts),
    }
    return _assemble(tables)


def _glyph_records(face: Face, cells: Sequence[Cell]) -> tuple[list[bytes], list[int], int]:
    """Records and advances of all glyphs, and the largest number of parts in one."""
    uses: dict[int, int] = {}
    for cell in cells:
        for glyph, _, _ in cell.ink:
            uses[glyph] = uses.get(glyph, 0) + 1
    records: list[bytes] = [face.outline(0)]
    advances = [face.units_per_em // 2]
    parts = 1
    placed: dict[int, int] = {}
    queue: list[int] = []

    def number_of(glyph: int) -> int:
        if glyph not in placed:
            placed[glyph] = len(cells) + 1 + len(queue)
            queue.append(glyph)
        return placed[glyph]

    for cell in cells:
        ink, box, places = _drawn(face, cell.ink)
        parts = max(parts, len(ink))
        advances.append(cell.advance)
        single = len(ink) == 1 and ink[0][1:] == (0, 0) and uses[ink[0][0]] == 1
        if not ink:
            records.append(b"")
        elif single and not is_composite(face.outline(ink[0][0])):
            records.append(face.outline(ink[0][0]))
        else:
            composed = box
            for (glyph, _, _), (flags, place) in zip(ink, places, strict=True):
                composed += flags + number_of(glyph).to_bytes(2, "big") + place
            records.append(composed)
    at = 0
    while at < len(queue):
        outline = face.outline(queue[at])
        if is_composite(outline):
            record = bytearray(outline)
            found = components(outline)
            parts = max(parts, len(found))
            for position, glyph in found:
                record[position : position + 2] = struct.pack(">H", number_of(glyph))
            outline = bytes(record)
        records.append(outline)
        advances.append(0)
        at += 1
    return records, advances, parts


@lru_cache(maxsize=65536)
def _drawn(face: Face, ink: Ink) -> tuple[Ink, bytes, tuple[tuple[bytes, bytes], ...]]:
    """What of `ink` has an outline, and the composite record of it but for the numbers of its parts: they are what
    differs from one document to another."""
    shown = tuple(part for part in ink if face.outline(part[0]))
    if not shown:
        return (), b"", ()
    boxes, places = [], []
    for index, (glyph, x, y) in enumerate(shown):
        left, bottom, right, top = struct.unpack(">4h", face.outline(glyph)[2:10])
        boxes.append((left + x, bottom + y, right + x, top + y))
        more = _MORE if index + 1 < len(shown) else 0
        places.append((struct.pack(">H", _ARGS_ARE_WORDS_AND_XY | more), struct.pack(">hh", x, y)))
    lefts, bottoms, rights, tops = zip(*boxes, strict=False)
    return shown, struct.pack(">5h", -1, min(lefts), min(bottoms), max(rights), max(tops)), tuple(places)


def _maximum_profile(original: bytes, glyphs: int, parts: int) -> bytes:
    values = list(struct.unpack(">L14H", original[:32]))
    values[1] = glyphs
    points, contours, nested_points, nested_contours = values[2:6]
    values[4] = min(0xFFFF, max(points, nested_points) * parts)
    values[5] = min(0xFFFF, max(contours, nested_contours) * parts)
    values[6:13] = [2, 0, 0, 0, 0, 0, 0]
    values[13] = max(values[13], parts)
    values[14] = values[14] + 2
    return struct.pack(">L14H", *values)


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, (count - (1 << power)) * 16)
    at = len(header) + 16 * count
    directory, body = b"", b""
    head_at = total = 0
    for tag in sorted(tables):
        data = tables[tag]
        if tag == b"head":
            head_at = at + len(body)
        checksum = _checksum(data)
        total += checksum
        directory += tag + struct.pack(">LLL", checksum, at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    program = bytearray(header + directory + body)
    # The checksum of the whole is the sum of its parts': each begins at a multiple of four.
    adjustment = (_CHECKSUM_MAGIC - total - _checksum(header + directory)) & 0xFFFFFFFF
    program[head_at + 8 : head_at + 12] = struct.pack(">L", adjustment)
    return bytes(program)


def _checksum(data: bytes) -> int:
    words = array("I", data + b"\0" * (-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
