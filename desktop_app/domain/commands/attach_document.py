"""Attach a document to a request. Its bytes travel beside the command; what needs them waits for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.attachments import MOST_DOCUMENTS, Attachment, check_attachment
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import message


@dataclass(frozen=True, slots=True)
class AttachDocument:
    request_id: str
    document: Attachment


def decide(case: Case, command: AttachDocument, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    findings = check_attachment(command.document)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    if len(request.documents) >= MOST_DOCUMENTS:
        return refused(message("document.too_many", "file", most=MOST_DOCUMENTS))
    if any(one.digest == command.document.digest for one in request.documents):
        return refused(message("document.attached_already", "file"))
    attached = replace(request, documents=(*request.documents, command.document))
    return conclude(case, context, Action.ATTACH_DOCUMENT, attached)
