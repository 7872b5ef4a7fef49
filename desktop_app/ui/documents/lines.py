"""What is shown of a request's documents: in words, made off the UI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.application.ports.attachments import Transfer, TransferState
from desktop_app.domain.attachments import Attachment, Requirement, for_body
from desktop_app.domain.documents_asked import documents_asked, documents_required
from desktop_app.domain.duplicates import awaits_acceptance
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.texts import isolate, name_of, tr
from desktop_app.texts.quantities import percent
from desktop_app.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: what it is for, its name, how far it is, and whether it may be taken back."""

    digest: str
    title: str
    name: str
    state: str
    tone: Tone
    may_remove: bool = False


@dataclass(frozen=True, slots=True)
class RequirementShown:
    """A paper that the request refers to, and what is attached of it. `lacking` says that nothing is, "" otherwise."""

    requirement: Requirement
    title: str
    lacking: str
    tone: Tone
    lines: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class DocumentsShown:
    """`others` are documents that meet no requirement of the request."""

    asked: tuple[RequirementShown, ...] = ()
    others: tuple[DocumentLine, ...] = ()
    may_add: bool = False
    may_scan: bool = False


@dataclass(frozen=True, slots=True)
class May:
    """What may be done to the documents now."""

    add: bool
    remove: bool
    scan: bool


def documents_shown(request: Request, known: Mapping[str, Transfer], reference: Reference, may: May) -> DocumentsShown:
    """`known` says how far each document is, by digest."""
    asked = documents_asked(request, reference)
    required = documents_required(request, reference) if awaits_acceptance(request) else ()
    lines = tuple(
        (one.requirement, _line(one, known.get(one.digest), may_remove=may.remove)) for one in request.documents
    )
    return DocumentsShown(
        tuple(_requirement(one, one in required, lines) for one in asked),
        tuple(line for requirement, line in lines if requirement not in asked),
        may.add,
        may.add and may.scan,
    )


def documents_of_officer(request: Request, known: Mapping[str, Transfer], body: str) -> DocumentsShown:
    """What the centre gives an officer of this body, and nothing to be added: a scan comes with the answer."""
    given = tuple(one for one in request.documents if for_body(one, body))
    return DocumentsShown((), tuple(_line(one, known.get(one.digest), may_remove=False) for one in given))


def _requirement(
    one: Requirement, required: bool, lines: tuple[tuple[Requirement, DocumentLine], ...]
) -> RequirementShown:
    own = tuple(line for requirement, line in lines if requirement is one)
    if own:
        lacking, tone = "", Tone.DONE
    elif required:
        lacking, tone = tr("No scan yet: without one the request is not accepted."), Tone.LATE
    else:
        lacking, tone = tr("No scan: the reference alone stands for it."), Tone.MUTED
    return RequirementShown(one, name_of(one), lacking, tone, own)


def _line(document: Attachment, transfer: Transfer | None, *, may_remove: bool) -> DocumentLine:
    state, tone = _state(transfer)
    title = name_of(document.requirement)
    return DocumentLine(document.digest, title, isolate(document.name), state, tone, may_remove)


def _state(transfer: Transfer | None) -> tuple[str, Tone]:
    if transfer is None:
        return tr("at the centre"), Tone.MUTED
    share = isolate(percent(100 * transfer.done // max(transfer.size, 1)))
    match transfer.state:
        case TransferState.WAITING:
            return tr("waits to be sent: {share}", share=share), Tone.SOON
        case TransferState.WANTED:
            return tr("is being fetched: {share}", share=share), Tone.ACCENT
        case TransferState.REFUSED:
            return tr("The centre did not take this file: its content is damaged. Attach it again."), Tone.LATE
    return tr("at the centre and here"), Tone.DONE
