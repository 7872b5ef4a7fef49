"""Documents that are attached to a request: known by the SHA-256 of their bytes, which travel on their own.

A request refers to a document by what is said here; the bytes lie at the centre once, whoever attached them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.messages import Findings, message

MOST_BYTES = 20 * 1024 * 1024
"""A scanned deed of forty pages is five million bytes; a photograph of a telephone eight."""
MOST_DOCUMENTS = 60
"""How many one request may have."""
HEAD_BYTES = 16
"""So many of the first bytes tell the type."""


class Requirement(StrEnum):
    """What a document is there for."""

    TITLE_DEED = "title_deed"
    CONSTRUCTION_CERTIFICATE = "construction_certificate"
    AUTHORITY = "authority"
    IDENTITY = "identity"
    APPROVAL_SCAN = "approval_scan"
    VISIT_PHOTO = "visit_photo"
    OTHER = "other"


class ContentType(StrEnum):
    """What the centre takes, told by content and never by a file's name."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"


_FOR_EVERY_BODY = (Requirement.TITLE_DEED, Requirement.CONSTRUCTION_CERTIFICATE, Requirement.VISIT_PHOTO)
_BEGINNINGS = (
    (b"%PDF-", ContentType.PDF),
    (b"\xff\xd8\xff", ContentType.JPEG),
    (b"\x89PNG\r\n\x1a\n", ContentType.PNG),
    (b"II*\x00", ContentType.TIFF),
    (b"MM\x00*", ContentType.TIFF),
)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """`digest` is the SHA-256 of the bytes in hexadecimal digits, `size` how many they are; `part` names the outside
    body or the visit that a document belongs to, "" for the request as a whole."""

    digest: str
    requirement: Requirement
    name: str
    content_type: ContentType
    size: int
    part: str = ""


def for_body(document: Attachment, body: str) -> bool:
    """Whether an officer of this outside body is given the document: what shows the premises, and the body's own
    answers; nobody's identity, and no other body's word."""
    return document.requirement in _FOR_EVERY_BODY or (body != "" and document.part == body)


def find_content_type(head: bytes) -> ContentType | None:
    """The type of a file that begins with these bytes; None for what is not taken."""
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)


def check_file(size: int, head: bytes) -> Findings:
    """Whether a file of `size` bytes that begins so can be attached."""
    if size == 0:
        return Findings((message("document.empty", "file"),))
    if size > MOST_BYTES:
        return Findings((message("document.too_large", "file", most=MOST_BYTES // (1024 * 1024)),))
    if find_content_type(head) is None:
        return Findings((message("document.wrong_type", "file"),))
    return Findings()


def check_attachment(one: Attachment) -> Findings:
    """Whether a reference can be one at all; the bytes themselves are checked where they arrive."""
    found = []
    if not _DIGEST.fullmatch(one.digest) or not 0 < one.size <= MOST_BYTES:
        found.append(message("document.malformed", "file"))
    if not one.name.strip() or len(one.name) > 200:
        found.append(message("document.name_missing", "name"))
    return Findings(tuple(found))
