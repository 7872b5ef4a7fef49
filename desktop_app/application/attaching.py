"""Attaching a document: its bytes are kept here, and the command that names them is given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop_app.application.ports.attachments import TransferState
from desktop_app.application.workplace import Workplace
from desktop_app.domain.attachments import HEAD_BYTES, Attachment, Requirement, check_file, find_content_type
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.messages import Message
from desktop_app.domain.request import Request

_NAME = 200
_NOT_HERE = (TransferState.REFUSED, TransferState.WANTED)
"""The bytes that are here are damaged or not whole: those of the file take their place, and are sent."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of a file: why it was refused, or the request that has it now."""

    refusals: tuple[Message, ...] = ()
    request: Request | None = None


def attach(workplace: Workplace, request_id: str, requirement: Requirement, name: str, data: bytes) -> Attached:
    """Nothing is kept of what the rules refuse. A document of the request that the centre refused as damaged is sent
    anew from this file. Raises StoreFailedError, and then nothing was attached."""
    head = data[:HEAD_BYTES]
    findings = check_file(len(data), head)
    content_type = find_content_type(head)
    if not findings.clear or content_type is None:
        return Attached(findings.refusals)
    digest = hashlib.sha256(data).hexdigest()
    document = Attachment(digest, requirement, name.strip()[:_NAME], content_type, len(data))
    known = workplace.attachments.transfers((digest,)).get(digest)
    if known is None or known.state in _NOT_HERE:
        workplace.attachments.keep(request_id, document, data, workplace.clock.now())
    if known is not None and known.state is TransferState.REFUSED:
        request = workplace.queries.get_request(request_id).request
        if digest in (one.digest for one in request.documents):
            return Attached(request=request)
    outcome = workplace.commands.give(AttachDocument(request_id, document), 0)
    if not outcome.accepted and known is None:
        workplace.attachments.discard(digest)
    return Attached(outcome.refusals, outcome.request)
