"""The cells of one row as typed values; everything that is wrong with the row is gathered, not only the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from desktop_app.application.importing.table import Row
from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import Findings, InputError, Message, message
from desktop_app.domain.money import Fils
from desktop_app.domain.names import fold
from desktop_app.texts.typed import read_area, read_count, read_date, read_money

T = TypeVar("T")

YEARS = range(1900, 2201)


class Cells:
    """Reads a row. Where a cell is wrong, the reason is kept in `wrong` and a stand-in value is returned."""

    def __init__(self, row: Row) -> None:
        self._cells = row.cells
        self.wrong: list[Message] = []

    def text(self, column: str) -> str:
        """A cell that may not be empty."""
        cell = self._cells[column]
        if not cell:
            self.wrong.append(message("import.cell_missing", column))
        return cell

    def maybe(self, column: str) -> str:
        """A cell that may be empty."""
        return self._cells[column]

    def number(self, column: str) -> int:
        return self._typed(column, read_count, 0)

    def year(self, column: str) -> int:
        year = self._typed(column, read_count, YEARS.start)
        if year not in YEARS:
            self.wrong.append(message("import.year_out_of_range", column))
            return YEARS.start
        return year

    def area(self, column: str) -> Area:
        """An area of more than nothing."""
        area = self._typed(column, read_area, Area(1))
        if area <= 0:
            self.wrong.append(message("import.not_positive", column))
        return area

    def money(self, column: str) -> Fils:
        return self._typed(column, read_money, Fils(0))

    def day(self, column: str, otherwise: date | None = None) -> date:
        """A date; `otherwise` stands for an empty cell where one may be."""
        if otherwise is not None and not self._cells[column]:
            return otherwise
        day = self._typed(column, read_date, date(YEARS.start, 1, 1))
        if day.year not in YEARS:
            self.wrong.append(message("import.year_out_of_range", column))
        return day

    def choice(self, column: str, choices: Mapping[str, T]) -> T:
        """One of the words of `choices`, in either language; the first one stands in for a wrong word."""
        cell = self.text(column)
        folded = {fold(word): value for word, value in choices.items()}
        if cell and fold(cell) not in folded:
            words = "، ".join(choices)
            self.wrong.append(message("import.not_one_of", column, words=words))
        return folded.get(fold(cell), next(iter(choices.values())))

    def codes(self, column: str) -> tuple[str, ...]:
        """Codes with commas, semicolons or spaces between, at least one, each once."""
        codes = tuple(code for code in re.split(r"[;,،؛|+/\s]+", ascii_digits(self.text(column))) if code)
        if len(set(codes)) != len(codes):
            self.wrong.append(message("import.code_twice", column))
        return codes

    def check(self, findings: Findings) -> None:
        """Keeps the refusals of a rule of the domain; its warnings do not stop a row."""
        self.wrong += findings.refusals

    def _typed(self, column: str, read: Callable[[str, str], T], otherwise: T) -> T:
        cell = self.text(column)
        if not cell:
            return otherwise
        try:
            return read(cell, column)
        except InputError as error:
            self.wrong.append(error.why)
            return otherwise
