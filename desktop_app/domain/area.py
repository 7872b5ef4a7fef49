"""Floor area as whole hundredths of a square metre, so that a split adds up exactly."""

from __future__ import annotations


class Area(int):
    """An area in hundredths of a m²; never negative where it describes premises."""

    __slots__ = ()

    def __add__(self, other: int) -> Area:
        return Area(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> Area:
        return Area(int(self) - int(other))

    def __repr__(self) -> str:
        return f"Area({int(self)})"


def total_area(areas: tuple[Area, ...]) -> Area:
    """The exact sum."""
    return Area(sum(int(area) for area in areas))
