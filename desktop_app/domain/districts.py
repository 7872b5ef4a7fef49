"""The districts of Amman. Every list names them; the rest of the reference data is read with the first request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class District:
    """A district of Amman, which is also a branch; coordinates are approximate degrees."""

    number: int
    name_ar: str
    name_en: str
    latitude: float
    longitude: float


def district_of(districts: tuple[District, ...], number: int) -> District | None:
    return next((district for district in districts if district.number == number), None)
