"""Which scans belong to a request, and which of them are not there.

The card asks for reference numbers («الرقم المرجعي»), not for scans: so what is not scanned is named before
acceptance, and holds it up only where the municipality says so (`Reference.scans_required`).
"""

from __future__ import annotations

from datetime import date

from desktop_app.domain.attachments import Attachment, Requirement
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.dated_tables import rules_on
from desktop_app.domain.messages import Message, message
from desktop_app.domain.people import needs_authority
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request


def documents_asked(request: Request, reference: Reference) -> tuple[Requirement, ...]:
    """The papers that the request refers to: the deed always, the construction certificate where a chosen vocation
    needs it, the power of attorney or letter where somebody asks for another."""
    vocations = tuple(code for child in request.plan.children for code in child.all_vocations)
    asked = {
        Requirement.TITLE_DEED: True,
        Requirement.CONSTRUCTION_CERTIFICATE: reference.needs_construction_certificate(vocations),
        Requirement.AUTHORITY: needs_authority(request.applicant.kind, request.applicant.capacity),
    }
    also = {one for one in reference.scans_required if one not in asked}
    return tuple(one for one in Requirement if asked.get(one) or one in also)


def rules_for(request: Request, reference: Reference, today: date) -> Reference:
    """What vocations needed on the day of the acceptance, or need today where that is still to come."""
    accepted = request.intake.accepted_at
    return rules_on(reference, accepted.astimezone(AMMAN).date() if accepted else today)


def documents_lacking(request: Request, reference: Reference) -> tuple[Requirement, ...]:
    """Those of them of which no scan is attached."""
    there = {document.requirement for document in request.documents}
    return tuple(one for one in documents_asked(request, reference) if one not in there)


def documents_required(request: Request, reference: Reference) -> tuple[Requirement, ...]:
    """Those of the lacking ones without which the request is not accepted."""
    return tuple(one for one in documents_lacking(request, reference) if one in reference.scans_required)


def warn_of_lacking(request: Request, reference: Reference) -> tuple[Message, ...]:
    """What is accepted on its reference alone, named."""
    lacking = tuple(one for one in documents_lacking(request, reference) if one not in reference.scans_required)
    return (message("document.lacking", requirements=named(lacking)),) if lacking else ()


def named(requirements: tuple[Requirement, ...]) -> str:
    """Requirements as one argument of a message."""
    return " ".join(requirements)


def requirements_of(documents: tuple[Attachment, ...], digests: tuple[str, ...]) -> tuple[Requirement, ...]:
    """What the documents of these digests are for, each once."""
    meant = {one.requirement for one in documents if one.digest in digests}
    return tuple(one for one in Requirement if one in meant)
