"""An identity as it is typed: a kind from a list and a number in whatever digits."""

from __future__ import annotations

from desktop_app.domain.identifiers import clean
from desktop_app.domain.people import Identity, IdentityKind


def identity_of(kind: str, number: str) -> Identity:
    """With ASCII digits and without spaces; a letter's number keeps its inner spaces, as bodies write them."""
    known = IdentityKind(kind) if kind in set(IdentityKind) else IdentityKind.NATIONAL_NUMBER
    return Identity(known, " ".join(clean(part) for part in number.split()) if _spaced(known) else clean(number))


def _spaced(kind: IdentityKind) -> bool:
    return kind is IdentityKind.GOVERNMENT_LETTER
