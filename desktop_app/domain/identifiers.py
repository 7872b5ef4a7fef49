"""Identifiers of people, places and papers: their forms (domain.md, Identifiers). Typed text in, ASCII out."""

from __future__ import annotations

import re

from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import Findings, message
from desktop_app.domain.people import Identity, IdentityKind

_LICENCE = re.compile(r"L-(\d{4})-(\d{2})-(\d{6})")
_REQUEST = re.compile(r"R-(\d{4})-(\d{2})-(\d{6})")
_MOBILE = re.compile(r"\+9627[789]\d{7}")
_PASSPORT = re.compile(r"[A-Z0-9]{5,15}")


def clean(text: str) -> str:
    """What was typed, trimmed, with ASCII digits and capitals, without spaces inside."""
    return re.sub(r"[\s\u200e\u200f\u2066-\u2069]+", "", ascii_digits(text)).upper()


def licence_number(year: int, district: int, serial: int) -> str:
    """A licence's number: year, district and serial of that year and district."""
    return f"L-{year:04d}-{district:02d}-{serial:06d}"


def request_number(year: int, district: int, serial: int) -> str:
    """A request's number: year, district and serial of that year and district."""
    return f"R-{year:04d}-{district:02d}-{serial:06d}"


def receipt_number(year: int, district: int, device: str, serial: int) -> str:
    """A receipt's number in the device's own series."""
    return f"C-{year:04d}-{district:02d}-{device.upper()}-{serial:05d}"


def is_licence_number(text: str) -> bool:
    return _LICENCE.fullmatch(text) is not None


def is_request_number(text: str) -> bool:
    return _REQUEST.fullmatch(text) is not None


def is_mobile(text: str) -> bool:
    """Whether `text` is a Jordanian mobile number in full international form."""
    return _MOBILE.fullmatch(text) is not None


def check_identity(identity: Identity, about: str) -> Findings:
    """Whether an identity has the form its kind must have. No checksum of a national number is published."""
    number = identity.number
    if not number:
        return Findings((message("identity.missing", about),))
    match identity.kind:
        case IdentityKind.NATIONAL_NUMBER:
            if not re.fullmatch(r"\d{10}", number):
                return Findings((message("identity.national_number_form", about),))
        case IdentityKind.ESTABLISHMENT_NUMBER:
            if not re.fullmatch(r"\d+", number):
                return Findings((message("identity.establishment_form", about),))
            if len(number) != 9:
                return Findings(warnings=(message("identity.establishment_length", about),))
        case IdentityKind.RESIDENCY_NUMBER:
            if not re.fullmatch(r"\d{6,12}", number):
                return Findings((message("identity.residency_form", about),))
        case IdentityKind.PASSPORT:
            if not _PASSPORT.fullmatch(number):
                return Findings((message("identity.passport_form", about),))
        case IdentityKind.GOVERNMENT_LETTER:
            pass
    return Findings()
