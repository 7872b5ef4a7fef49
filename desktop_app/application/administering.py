"""What names, codes and passwords must be like, said before the centre is asked (which looks for itself)."""

from __future__ import annotations

import re
from enum import Enum

SHORTEST_PASSWORD = 10
LONGEST_HOURS = 720
"""For how long the code of an invitation may be good."""

_DEVICE = re.compile(r"[A-Z][A-Z0-9]{0,11}")
_LOGIN = re.compile(r"[a-z][a-z0-9_.]{1,30}")


def is_device_name(name: str) -> bool:
    """A capital letter and up to eleven capitals or digits: it stands in the device's receipts."""
    return _DEVICE.fullmatch(name) is not None


def is_login(login: str) -> bool:
    """Small letters, digits, point and underscore, and none of the server's own roles."""
    return _LOGIN.fullmatch(login) is not None and not login.startswith(("tajzia_", "pg_")) and login != "registrar"


class PasswordTrouble(Enum):
    """What is wrong with a password."""

    SHORT = "short"
    DIFFERS = "differs"


def password_trouble(password: str, again: str, *, needed: bool) -> PasswordTrouble | None:
    """`again` is the password as it was typed once more; one that is not `needed` may be empty."""
    if not password and not again and not needed:
        return None
    if len(password) < SHORTEST_PASSWORD:
        return PasswordTrouble.SHORT
    return None if password == again else PasswordTrouble.DIFFERS
