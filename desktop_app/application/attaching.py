"""Attaching a document: its bytes are kept here, and the command that names them is given."""

from __future__ import annotations

import hashlib

from desktop_app.application.workplace import Workplace
from desktop_app.domain.attachments import HEAD_BYTES, Attachment, Requirement, check_file, find_content_type
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.deciding import Outcome

_NAME = 200


def attach(workplace: Workplace, request_id: str, requirement: Requirement, name: str, data: bytes) -> Outcome:
    """Nothing is kept of what the rules refuse. Raises StoreFailedError, and then nothing was attached."""
    head = data[:HEAD_BYTES]
    findings = check_file(len(data), head)
    content_type = find_content_type(head)
    if not findings.clear or content_type is None:
        return Outcome(refusals=findings.refusals)
    digest = hashlib.sha256(data).hexdigest()
    document = Attachment(digest, requirement, name.strip()[:_NAME], content_type, len(data))
    known = workplace.attachments.transfers((digest,))
    if digest not in known:
        workplace.attachments.keep(request_id, document, data, workplace.clock.now())
    outcome = workplace.commands.give(AttachDocument(request_id, document), 0)
    if not outcome.accepted and digest not in known:
        workplace.attachments.discard(digest)
    return outcome
