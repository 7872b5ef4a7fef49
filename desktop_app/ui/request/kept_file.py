"""A scan that a refused command had, as the field of a file holds it: its bytes lie in the store, not on a path."""

from __future__ import annotations

from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.handover import HANDOVER_PART

_KEPT = "kept:"


def written(document: Attachment) -> str:
    """What the field holds; it ends in a slash and the file's name, as a path does."""
    name = document.name.replace("/", "_")
    return f"{_KEPT}{document.digest}:{document.size}:{document.content_type.value}:{document.part}/{name}"


def find_kept(text: str) -> Attachment | None:
    """The document that `written` wrote; None for a path."""
    if not text.startswith(_KEPT):
        return None
    digest, size, content_type, rest = text.removeprefix(_KEPT).split(":", 3)
    part, name = rest.split("/", 1)
    requirement = Requirement.OTHER if part == HANDOVER_PART else Requirement.APPROVAL_SCAN
    return Attachment(digest, requirement, name, ContentType(content_type), int(size), part)
