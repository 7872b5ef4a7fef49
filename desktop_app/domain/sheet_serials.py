"""The serials of blank sheets: a pad of them is numbered through, and they are used from the top."""

from __future__ import annotations

import re

from desktop_app.domain.digits import ascii_digits

_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")


def following(serial: str) -> str:
    """The serial of the sheet beneath, of as many digits; nothing where there are no digits, or the pad is at its end.

    It is proposed, never taken for granted: a person reads it off the sheet.
    """
    kept = ascii_digits("".join(serial.split())).upper()
    found = _LAST_DIGITS.search(kept)
    if found is None:
        return ""
    number = str(int(found[0]) + 1).zfill(len(found[0]))
    return kept[: found.start()] + number + kept[found.end() :] if len(number) == len(found[0]) else ""
