"""The versions of the protocol: what each brought, and how a command of an older one is read today.

    1  the first
    2  documents: `attach_document`, and requests that refer to what was attached
    3  the language in which an applicant is told: a field of whoever asks, in `save_draft` and `lodge`
    4  reminders (`remind_body`, `remind_civil_defence`), `extend_rectification`, `remove_document`, and the scan that
       comes with an answer: a field of `record_approval` and `record_civil_defence`; who took the certificates, which
       identity was seen, how they signed, or why they were not taken: fields of `deliver`; what is wrong with a spoilt
       sheet, and which copy is on it: fields of `confirm_print`; `order_copy`

The centre takes the last three. A workstation learns from it which these are: one that is too old may not give anything
new and delivers what it holds; one that is too new keeps what it holds until the centre has been brought up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

NEWEST = 4
OLDEST = max(1, NEWEST - 2)

Plain = dict[str, Any]
"""A command's body as it was decoded, before it is of a type."""


class UnknownVersionError(ValueError):
    """A command that its own version cannot have held, or of a version that is not read here."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The versions that the centre takes, both inclusive."""

    oldest: int = OLDEST
    newest: int = NEWEST


class Standing(StrEnum):
    """How this program stands to the centre."""

    FITS = "fits"
    TOO_OLD = "too_old"
    TOO_NEW = "too_new"


def standing(spoken: Spoken, ours: int = NEWEST) -> Standing:
    if ours < spoken.oldest:
        return Standing.TOO_OLD
    return Standing.TOO_NEW if ours > spoken.newest else Standing.FITS


def _from_1(kind: str, body: Plain) -> Plain:
    """Nothing of the first version has another shape in the second; documents it did not know."""
    if kind == "attach_document":
        raise UnknownVersionError("version 1 knows no documents")
    return body


def _from_2(kind: str, body: Plain) -> Plain:
    """Before there was a choice, everybody was told in Arabic."""
    if kind not in ("save_draft", "lodge"):
        return body
    content = body.get("content")
    applicant = content.get("applicant") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(applicant, dict):
        return body  # its type says what is wrong with it
    if "language" in applicant:
        raise UnknownVersionError("version 2 knows no language of notices")
    return {**body, "content": {**content, "applicant": {**applicant, "language": "ar"}}}


_DELIVERED_BY_3 = frozenset({"request_id", "delivered_to", "identity"})
_PRINTED_BY_3 = frozenset({"request_id", "licence_number", "serial", "fine"})
_OF_4 = ("remind_body", "remind_civil_defence", "extend_rectification", "remove_document", "order_copy")


def _from_3(kind: str, body: Plain) -> Plain:
    """Before, a scan was attached by itself or not at all, and certificates went to a name and a number."""
    if kind in _OF_4 or (kind in ("record_approval", "record_civil_defence") and "document" in body):
        raise UnknownVersionError(
            "version 3 knows neither reminders, extensions, removals, copies nor scans of answers"
        )
    if kind == "deliver" and not _DELIVERED_BY_3.issuperset(body):
        raise UnknownVersionError("version 3 knows of a delivery only to whom it was")
    if kind == "confirm_print" and not _PRINTED_BY_3.issuperset(body):
        raise UnknownVersionError("version 3 knows of a sheet only whether it is fine")
    return body


UPGRADES: Mapping[int, Callable[[str, Plain], Plain]] = {1: _from_1, 2: _from_2, 3: _from_3}
"""From each version to the one after it."""


def upgraded(protocol: int, kind: str, body: bytes) -> bytes:
    """The body of a command of version `protocol` as the newest would hold it. Raises UnknownVersionError or
    msgspec.DecodeError."""
    if protocol == NEWEST:
        return body
    if not OLDEST <= protocol < NEWEST:
        raise UnknownVersionError(f"version {protocol}")
    plain: Plain = msgspec.json.decode(body, type=dict)
    for version in range(protocol, NEWEST):
        plain = UPGRADES[version](kind, plain)
    return msgspec.json.encode(plain)
