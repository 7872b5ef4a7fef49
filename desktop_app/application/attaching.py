"""Attaching a document: its bytes are kept here, and the command that names them is given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from desktop_app.application.ports.attachments import Transfer, TransferState
from desktop_app.application.workplace import Workplace
from desktop_app.domain.attachments import HEAD_BYTES, Attachment, Requirement, check_file, find_content_type
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.handover import HANDOVER_PART
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY
from desktop_app.domain.messages import Message
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import Track

_NAME = 200
_NOT_HERE = (TransferState.REFUSED, TransferState.WANTED)
"""The bytes that are here are damaged or not whole: those of the file take their place, and are sent."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of a file: why it was refused, or the request that has it now."""

    refusals: tuple[Message, ...] = ()
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file whose bytes are kept; `known` is what was known of them before."""

    document: Attachment
    known: Transfer | None


def _keep(
    workplace: Workplace, request_id: str, requirement: Requirement, name: str, data: bytes, part: str = ""
) -> _Kept | tuple[Message, ...]:
    """The bytes kept until the centre holds them, or why the file cannot be attached."""
    head = data[:HEAD_BYTES]
    findings = check_file(len(data), head)
    content_type = find_content_type(head)
    if not findings.clear or content_type is None:
        return findings.refusals
    digest = hashlib.sha256(data).hexdigest()
    document = Attachment(digest, requirement, name.strip()[:_NAME], content_type, len(data), part)
    known = workplace.attachments.transfers((digest,)).get(digest)
    if known is None or known.state in _NOT_HERE:
        workplace.attachments.keep(request_id, document, data, workplace.clock.now())
    return _Kept(document, known)


def answer_with_scan(
    workplace: Workplace, command: RecordApproval | RecordCivilDefence | Deliver, base: int, name: str, data: bytes
) -> Outcome:
    """Gives an answer, or hands over, with this file as the scan of what was signed.

    Nothing is kept of what the rules refuse. Raises StoreFailedError, and then nothing was given.
    """
    match command:
        case RecordApproval(body=body):
            requirement, part = Requirement.APPROVAL_SCAN, body
        case RecordCivilDefence():
            requirement, part = Requirement.APPROVAL_SCAN, CIVIL_DEFENCE_BODY
        case Deliver():
            requirement, part = Requirement.OTHER, HANDOVER_PART
    kept = _keep(workplace, command.request_id, requirement, name, data, part)
    if not isinstance(kept, _Kept):
        return Outcome(refusals=tuple(replace(why, about="document") for why in kept))
    outcome = workplace.commands.give(replace(command, document=kept.document), base)
    if not outcome.accepted and kept.known is None:
        workplace.attachments.discard(kept.document.digest)
    return outcome


def attach(workplace: Workplace, request_id: str, requirement: Requirement, name: str, data: bytes) -> Attached:
    """Nothing is kept of what the rules refuse. A document of the request that the centre refused as damaged is sent
    anew from this file. Raises StoreFailedError, and then nothing was attached."""
    kept = _keep(workplace, request_id, requirement, name, data)
    if not isinstance(kept, _Kept):
        return Attached(kept)
    document, known, digest = kept.document, kept.known, kept.document.digest
    request = workplace.queries.get_request(request_id).request
    there = digest in (one.digest for one in request.documents)
    if there and known is not None and known.state is TransferState.REFUSED:
        return Attached(request=request)
    outcome = workplace.commands.give(AttachDocument(request_id, document), request.version_of(Track.DOCUMENTS, digest))
    if not outcome.accepted and known is None:
        workplace.attachments.discard(digest)
    return Attached(outcome.refusals, outcome.request)
