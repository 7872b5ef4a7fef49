"""Jordanian dinar as whole fils (1 JD = 1000 fils). Nothing here knows floating point."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


class Fils(int):
    """An amount of money in fils; negative for what is given back."""

    __slots__ = ()

    def __add__(self, other: int) -> Fils:
        return Fils(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> Fils:
        return Fils(int(self) - int(other))

    def __neg__(self) -> Fils:
        return Fils(-int(self))

    def __repr__(self) -> str:
        return f"Fils({int(self)})"


def half_up_to_fils(exact: Fraction) -> Fils:
    """The one rounding rule of the product: to the nearest fils, halves away from zero.

    Applied once to each line of a calculation; totals are sums of rounded lines, so the lines always add up.
    """
    doubled = abs(exact) * 2
    rounded = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return Fils(rounded if exact >= 0 else -rounded)


def total(amounts: tuple[Fils, ...]) -> Fils:
    """The exact sum."""
    return Fils(sum(int(amount) for amount in amounts))
