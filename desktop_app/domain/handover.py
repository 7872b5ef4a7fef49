"""Handing certificates over: who may take them, what is seen of them, how they sign, and a refusal to take them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from desktop_app.domain.attachments import MOST_DOCUMENTS, Attachment, Requirement, check_attachment
from desktop_app.domain.messages import Findings, message
from desktop_app.domain.people import IdentityKind

HANDOVER_PART = "delivery"
"""What a scan of the signed slip is a part of."""
INK_SIDE = 1000
"""A drawn signature lies in a square of so many units a side, from the top left corner."""
MOST_INK = 12_000
"""Characters of a drawn signature; a long one takes four thousand."""
LEAST_INK = 150
"""So far, in units, the pen must have gone altogether: a dot is no signature."""

_INK = re.compile(r"\d{1,4},\d{1,4}(?:[ ;]\d{1,4},\d{1,4})*")

Strokes = tuple[tuple[tuple[int, int], ...], ...]


class Recipient(StrEnum):
    """Who takes the certificates."""

    APPLICANT = "applicant"
    AGENT = "agent"


class SignedHow(StrEnum):
    """Where whoever takes them has signed: on the screen, or on the printed slip."""

    DRAWN = "drawn"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Handover:
    """To whom the certificates went: `authority` names an agent's power of attorney or letter; `ink` is the signature
    drawn on the screen, `scan` the digest of the slip signed on paper."""

    recipient: Recipient
    identity_kind: IdentityKind
    signed: SignedHow
    authority: str = ""
    ink: str = ""
    scan: str = ""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Somebody came and would not take the certificates: who, why, who noted it, when (UTC)."""

    name: str
    reason: str
    by: str
    at: datetime


def strokes_of(ink: str) -> Strokes:
    """The strokes of a drawn signature, each a line of points (x, y). Raises ValueError for what is none."""
    if len(ink) > MOST_INK or not _INK.fullmatch(ink):
        raise ValueError("no signature")
    strokes = tuple(
        tuple((int(x), int(y)) for x, y in (point.split(",") for point in stroke.split(" ")))
        for stroke in ink.split(";")
    )
    if any(max(point) > INK_SIDE for stroke in strokes for point in stroke):
        raise ValueError("a signature beyond its square")
    return strokes


def ink_of(strokes: Strokes) -> str:
    """As a command holds it: the reverse of `strokes_of`."""
    return ";".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes)


def _length(strokes: Strokes) -> int:
    steps = (max(abs(x - to_x), abs(y - to_y)) for stroke in strokes for (x, y), (to_x, to_y) in pairwise(stroke))
    return sum(steps)


def check_ink(ink: str) -> Findings:
    try:
        written = _length(strokes_of(ink)) >= LEAST_INK if ink else False
    except ValueError:
        written = False
    return Findings() if written else Findings((message("delivery.signature_missing", "ink"),))


def check_slip(slip: Attachment | None, documents: int) -> Findings:
    """The scan of the signed slip; the counter is warned where there is none. `documents` are how many
    the request has already."""
    if slip is None:
        return Findings((), (message("delivery.scan_missing", "document"),))
    findings = check_attachment(slip)
    if slip.requirement is not Requirement.OTHER or slip.part != HANDOVER_PART:
        findings += Findings((message("delivery.scan_of_another", "document"),))
    if documents >= MOST_DOCUMENTS:
        findings += Findings((message("document.too_many", "document", most=MOST_DOCUMENTS),))
    return findings
