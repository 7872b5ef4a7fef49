"""Identifiers of people, places and papers: their forms (domain.md, Identifiers). Typed text in, ASCII out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import Findings, message

if TYPE_CHECKING:
    from desktop_app.domain.people import Identity

_LICENCE = re.compile(r"L-([0-9]{4})-([0-9]{2})-([0-9]{6})")
_REQUEST = re.compile(r"R-([0-9]{4})-([0-9]{2})-([0-9]{6})")
_RECEIPT = re.compile(r"C-[0-9]{4}-[0-9]{2}-([A-Z0-9._-]+)-[0-9]{5,}")
_REFERENCE = re.compile(r"[A-Z][A-Z0-9]*-[0-9]{6,}")
_MOBILE = re.compile(r"\+9627[789][0-9]{7}")
_PASSPORT = re.compile(r"[A-Z0-9]{5,15}")

PORTAL_SERIES = "WEB"
EPAYMENT_SERIES = "EPAY"
"""Whose references and receipts these are is no workstation: none is ever called so."""


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


def is_paper_number(text: str) -> bool:
    """Whether `text` is the number of a licence, a request or a receipt, or a device's own reference of a request."""
    return any(form.fullmatch(text) for form in (_LICENCE, _REQUEST, _RECEIPT, _REFERENCE))


def is_receipt_number(text: str) -> bool:
    return _RECEIPT.fullmatch(text) is not None


def is_receipt_of(text: str, device: str) -> bool:
    """Whether a receipt's number is of this device's own series."""
    found = _RECEIPT.fullmatch(text)
    return found is not None and found[1] == device.upper()


def is_reference_of(text: str, device: str) -> bool:
    """Whether a request's reference is of this device's own series."""
    return _REFERENCE.fullmatch(text) is not None and text.rpartition("-")[0] == device


def is_mobile(text: str) -> bool:
    """Whether `text` is a Jordanian mobile number in full international form."""
    return _MOBILE.fullmatch(text) is not None


def check_identity(identity: Identity, about: str) -> Findings:
    """Whether an identity has the form its kind must have. No checksum of a national number is published."""
    # Words are said long before a person is checked.
    from desktop_app.domain.people import IdentityKind

    number = identity.number
    if not number:
        return Findings((message("identity.missing", about),))
    match identity.kind:
        case IdentityKind.NATIONAL_NUMBER:
            if not re.fullmatch(r"[0-9]{10}", number):
                return Findings((message("identity.national_number_form", about),))
        case IdentityKind.ESTABLISHMENT_NUMBER:
            if not re.fullmatch(r"[0-9]+", number):
                return Findings((message("identity.establishment_form", about),))
            if len(number) != 9:
                return Findings(warnings=(message("identity.establishment_length", about),))
        case IdentityKind.RESIDENCY_NUMBER:
            if not re.fullmatch(r"[0-9]{6,12}", number):
                return Findings((message("identity.residency_form", about),))
        case IdentityKind.PASSPORT:
            if not _PASSPORT.fullmatch(number):
                return Findings((message("identity.passport_form", about),))
        case IdentityKind.GOVERNMENT_LETTER:
            pass
    return Findings()
