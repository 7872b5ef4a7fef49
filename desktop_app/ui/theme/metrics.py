"""The measures: an 8-pixel grid and four sizes of type, all scaled together by one factor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GRID = 8


class Type(StrEnum):
    """The four sizes of type."""

    SMALL = "small"
    BODY = "body"
    HEADING = "heading"
    TITLE = "title"


_POINTS = {Type.SMALL: 9.0, Type.BODY: 10.0, Type.HEADING: 12.5, Type.TITLE: 16.0}


@dataclass(frozen=True, slots=True)
class Metrics:
    """``scale`` is the user's text size, 1.0 as delivered."""

    scale: float = 1.0

    def points(self, kind: Type) -> float:
        return _POINTS[kind] * self.scale

    def space(self, units: float = 1) -> int:
        """``units`` of the grid in pixels; a half is the smallest step."""
        return round(GRID * units * self.scale)

    @property
    def hairline(self) -> int:
        return max(1, round(self.scale))

    @property
    def radius(self) -> int:
        return self.space(0.5)

    @property
    def icon(self) -> int:
        return self.space(2)

    @property
    def control(self) -> int:
        """Height of a button or a line of typing."""
        return self.space(4)

    @property
    def table_row(self) -> int:
        return self.space(4)
