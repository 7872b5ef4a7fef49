"""A file of comma-separated values as rows of named cells, whatever spreadsheet wrote it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.messages import InputError, Message, message
from desktop_app.domain.names import fold
from desktop_app.texts.bidi import strip_marks


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a file may have: its name, and its Arabic heading, which is understood too."""

    name: str
    heading_ar: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the line of the file it begins on (from 1); every known column has a cell, "" where it is empty."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not taken, with every reason; `Message.about` names the column."""

    line: int
    why: tuple[Message, ...]


def read_text(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by their marks, UTF-8 without one, or else Windows-1256. Never fails."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1256", errors="replace")


def read_rows(data: bytes, columns: tuple[Column, ...]) -> Iterator[Row | BadRow]:
    """The rows below the heading, empty ones left out.

    Raises InputError for a file without a heading, or whose heading lacks a required column or has one twice.
    """
    text = read_text(data)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    places: dict[str, int] | None = None
    begins = 1
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            break
        except csv.Error as error:
            if places is None:
                raise InputError(message("import.no_heading")) from None
            yield BadRow(begins, (_unreadable(error),))
            begins = lines.line_num + 1
            continue
        line, begins = begins, lines.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if places is None:
            places = _places(cells, columns)
        else:
            yield _row(line, cells, places, columns)
    if places is None:
        raise InputError(message("import.no_heading"))


def _unreadable(error: csv.Error) -> Message:
    """The reader has one kind of error for everything, told apart by its words alone."""
    if "field limit" in str(error):
        return message("import.cell_too_long", most=csv.field_size_limit())
    return message("import.row_unreadable")


def _delimiter(text: str) -> str:
    heading = text.lstrip().partition("\n")[0]
    return max(",;\t", key=heading.count)


def _places(cells: list[str], columns: tuple[Column, ...]) -> dict[str, int]:
    known = {fold(heading): one.name for one in columns for heading in (one.name, one.heading_ar)}
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = known.get(fold(_clean(cell)))
        if name is None:
            continue
        if name in places:
            raise InputError(message("import.column_twice", name, column=name))
        places[name] = place
    missing = [column.name for column in columns if column.required and column.name not in places]
    if missing:
        raise InputError(
            message("import.columns_missing", "", columns=", ".join(missing))
            if missing[1:]
            else message("import.column_missing", missing[0], column=missing[0])
        )
    return places


def _row(line: int, cells: list[str], places: dict[str, int], columns: tuple[Column, ...]) -> Row | BadRow:
    named = {
        one.name: _clean(cells[places[one.name]]) if places.get(one.name, len(cells)) < len(cells) else ""
        for one in columns
    }
    spoilt = [name for name, cell in named.items() if any(unicodedata.category(c) in ("Cc", "Co", "Cn") for c in cell)]
    if spoilt:
        return BadRow(line, tuple(message("import.strange_character", name, column=name) for name in spoilt))
    return Row(line, named)


def _clean(cell: str) -> str:
    """Without direction marks and without white space at its ends; runs of it inside are one space."""
    return re.sub(r"\s+", " ", strip_marks(cell)).strip()
