"""Take a document back that was attached by mistake. What a request was accepted on stays with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import message


@dataclass(frozen=True, slots=True)
class RemoveDocument:
    """`digest` names the document. That it was there, the history says; whoever sees the request no longer gets it."""

    request_id: str
    digest: str


def decide(case: Case, command: RemoveDocument, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    document = next((one for one in request.documents if one.digest == command.digest), None)
    if document is None:
        return refused(message("document.not_attached", "file"))
    without = replace(
        request,
        documents=tuple(one for one in request.documents if one is not document),
        removed=(*request.removed, document),
    )
    summary = message("document.named", requirements=document.requirement.value, what=document.name)
    return conclude(case, context, Action.REMOVE_DOCUMENT, without, summary=summary)
