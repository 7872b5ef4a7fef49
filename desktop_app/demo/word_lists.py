"""The lists that sample data draws from: names, places and trades, read from `resources/sample`."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app.packaged import resources


@dataclass(frozen=True, slots=True)
class Word:
    """A name in Arabic and as it is written in Latin letters."""

    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Place:
    """A district's quarters, streets and basins; `weight` is its share of the city's licences."""

    district: int
    weight: int
    village: str
    basins: tuple[str, ...]
    quarters: tuple[str, ...]
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """How premises of a vocation group look: how many there are, their size in m², which groups go with it."""

    group: str
    weight: int
    smallest: int
    largest: int
    kin: tuple[str, ...]
    prefixes: tuple[str, ...]


@cache
def words(kind: str) -> tuple[Word, ...]:
    """The names of one kind: male, female, family, brand or government. Raises KeyError for another kind."""
    file = "officials.csv" if kind == "government" else "names.csv"
    found = tuple(Word(row["ar"], row["en"]) for row in _table(file) if row["kind"] == kind)
    if not found:
        raise KeyError(kind)
    return found


@cache
def places() -> tuple[Place, ...]:
    """The places of every district, in the order of their numbers."""
    return tuple(
        Place(
            district=int(row["district"]),
            weight=int(row["weight"]),
            village=row["village"],
            basins=_list(row["basins"]),
            quarters=_list(row["quarters"]),
            streets=_list(row["streets"]),
        )
        for row in _table("places.csv")
    )


@cache
def trades() -> tuple[Trade, ...]:
    """The trades by vocation group."""
    return tuple(
        Trade(
            group=row["group"],
            weight=int(row["weight"]),
            smallest=int(row["smallest_m2"]),
            largest=int(row["largest_m2"]),
            kin=tuple(row["kin"].split()),
            prefixes=_list(row["prefixes"]),
        )
        for row in _table("trades.csv")
    )


@cache
def tour_scripts() -> tuple[dict[str, Any], ...]:
    """The guided journeys as they stand in their file."""
    text = (resources() / "sample" / "tours.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["tour"])


def _table(name: str) -> list[dict[str, str]]:
    with (resources() / "sample" / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(";"))
