"""The districts' names by number, for where no replica is open yet. Facts of Amman, so they travel with the program."""

from __future__ import annotations

import csv
from functools import cache

from desktop_app.packaged import resources


@cache
def _names() -> dict[int, str]:
    with (resources() / "reference" / "districts.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["number"]): row["name_ar"] for row in csv.DictReader(file)}


def district_name(number: int) -> str:
    """The Arabic name. Raises KeyError for a number that is no district."""
    return _names()[number]
