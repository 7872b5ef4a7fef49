"""Hand the certificates over: to whom, and which identity was seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import IssueState


@dataclass(frozen=True, slots=True)
class Deliver:
    request_id: str
    delivered_to: str
    identity: str


def decide(case: Case, command: Deliver, context: Context) -> Outcome:
    assert case.request is not None
    refusals = []
    if not command.delivered_to.strip():
        refusals.append(message("delivery.name_missing", "delivered_to"))
    if not command.identity.strip():
        refusals.append(message("delivery.identity_missing", "identity"))
    if refusals:
        return Outcome(refusals=tuple(refusals))
    issue = replace(
        case.request.issue,
        state=IssueState.DELIVERED,
        delivered_to=command.delivered_to.strip(),
        delivered_identity=command.identity.strip(),
        delivered_at=context.happened_at,
        version=case.request.issue.version + 1,
    )
    return conclude(case, context, Action.DELIVER, replace(case.request, issue=issue))
