"""The serials of blank sheets: a pad of them is numbered through, and they are used from the top."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.digits import ascii_digits

LARGEST_PAD = 1_000
"""Sheets. Serials that are further apart are of different pads, and nothing is missing between them."""
_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")


@dataclass(frozen=True, slots=True)
class MissingSheets:
    """Serials between recorded ones that nobody has recorded, fine or spoilt: `count` of them, first and last."""

    first: str
    last: str
    count: int


def serial_as_kept(typed: str) -> str:
    """One spelling for one sheet, however it was typed or scanned: without spaces, ASCII digits, capitals."""
    return ascii_digits("".join(typed.split())).upper()


def following(serial: str) -> str:
    """The serial of the sheet beneath, of as many digits; nothing where there are no digits, or the pad is at its end.

    It is proposed, never taken for granted: a person reads it off the sheet.
    """
    kept = serial_as_kept(serial)
    found = _LAST_DIGITS.search(kept)
    if found is None:
        return ""
    number = str(int(found[0]) + 1).zfill(len(found[0]))
    return kept[: found.start()] + number + kept[found.end() :] if len(number) == len(found[0]) else ""


def missing_among(serials: Iterable[str]) -> tuple[MissingSheets, ...]:
    """What is missing between `serials` (as they are kept), in their order: what an auditor asks for by number."""
    pads: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for serial in serials:
        found = _LAST_DIGITS.search(serial)
        if found is not None:
            pads[serial[: found.start()], serial[found.end() :], len(found[0])].append(int(found[0]))
    missing = []
    for (head, tail, digits), numbers in sorted(pads.items()):
        numbers.sort()
        for before, after in itertools.pairwise(numbers):
            if 1 < after - before <= LARGEST_PAD:
                first, last = (f"{head}{number:0{digits}}{tail}" for number in (before + 1, after - 1))
                missing.append(MissingSheets(first, last, after - before - 1))
    return tuple(missing)
