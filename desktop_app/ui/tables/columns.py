"""What a table's columns are: named, each a view of one immutable row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ChipOf:
    """What a chip column shows for a row."""

    text: str
    tone: Tone
    icon: Icon | None = None


@dataclass(frozen=True, slots=True)
class BarOf:
    """What a column of time left shows for a row: words over a thin bar. ``used`` is 0 to 1; None draws no bar."""

    words: str
    used: float | None
    tone: Tone


@dataclass(frozen=True, slots=True)
class MarkOf:
    """An icon at the far end of a cell's text."""

    icon: Icon
    tone: Tone


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """``name`` is for code and settings, ``title`` for people. Give ``chip`` to draw the cell as a chip, ``bar`` as
    words over a bar; ``mark`` puts an icon at the far end of the text, whose words the tooltip says.

    ``width`` is in grid units; 0 takes what is left. ``number`` sets figures with their units under each other.
    """

    name: str
    title: str
    text: Callable[[Row], str]
    width: float = 0
    number: bool = False
    tone: Callable[[Row], Tone] | None = field(default=None)
    chip: Callable[[Row], ChipOf | None] | None = field(default=None)
    bar: Callable[[Row], BarOf | None] | None = field(default=None)
    tooltip: Callable[[Row], str] | None = field(default=None)
    mark: Callable[[Row], MarkOf | None] | None = field(default=None)
