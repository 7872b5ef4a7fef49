"""Hand the certificates over: to whom, which identity was seen, how they signed; or why they were not taken."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.answers import with_scan
from desktop_app.domain.attachments import Attachment
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.handover import Handover, NotTaken, Recipient, SignedHow, check_ink, check_slip
from desktop_app.domain.letters import check_reason
from desktop_app.domain.messages import Findings, Message, message
from desktop_app.domain.people import IdentityKind
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import IssueState


@dataclass(frozen=True, slots=True)
class Deliver:
    """`taken` False records that they were refused, for `reason`: they wait on. A command without `recipient` is of
    programs that asked for name and number alone; it is decided as it was then."""

    request_id: str
    delivered_to: str
    identity: str
    taken: bool = True
    recipient: Recipient | None = None
    authority: str = ""
    identity_kind: IdentityKind | None = None
    signed: SignedHow | None = None
    ink: str = ""
    document: Attachment | None = None
    reason: str = ""


def decide(case: Case, command: Deliver, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    findings = _check(command, request)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    if not command.taken:
        return _not_taken(case, command, context, request)
    handover = None
    if command.recipient and command.identity_kind and command.signed:
        on_paper = command.signed is SignedHow.PAPER
        handover = Handover(
            recipient=command.recipient,
            identity_kind=command.identity_kind,
            signed=command.signed,
            authority=command.authority.strip() if command.recipient is Recipient.AGENT else "",
            ink="" if on_paper else command.ink,
            scan=command.document.digest if command.document else "",
        )
    issue = replace(
        request.issue,
        state=IssueState.DELIVERED,
        delivered_to=command.delivered_to.strip(),
        delivered_identity=command.identity.strip(),
        delivered_at=context.happened_at,
        handover=handover,
        version=request.issue.version + 1,
    )
    return conclude(
        case,
        context,
        Action.DELIVER,
        replace(with_scan(request, command.document if handover else None), issue=issue),
        warnings=findings.warnings,
        summary=_summary(handover, issue.delivered_to),
    )


def _summary(handover: Handover | None, name: str) -> Message:
    by_agent = handover is not None and handover.recipient is Recipient.AGENT
    return message("history.delivered_to_agent" if by_agent else "history.delivered", name=name)


def _check(command: Deliver, request: Request) -> Findings:
    found = Findings()
    if not command.delivered_to.strip():
        found += Findings((message("delivery.name_missing", "delivered_to"),))
    if not command.taken:
        return found + check_reason(command.reason)
    if not command.identity.strip():
        found += Findings((message("delivery.identity_missing", "identity"),))
    if command.recipient is None:
        return found
    if command.identity_kind is None:
        found += Findings((message("delivery.identity_kind_missing", "identity_kind"),))
    if command.recipient is Recipient.AGENT and not command.authority.strip():
        found += Findings((message("delivery.authority_missing", "authority"),))
    match command.signed:
        case None:
            return found + Findings((message("delivery.signature_missing", "signed"),))
        case SignedHow.DRAWN:
            slip = check_slip(command.document, len(request.documents)) if command.document else Findings()
            return found + check_ink(command.ink) + slip
        case SignedHow.PAPER:
            return found + check_slip(command.document, len(request.documents))


def _not_taken(case: Case, command: Deliver, context: Context, request: Request) -> Outcome:
    refused = NotTaken(command.delivered_to.strip(), command.reason.strip(), context.actor.id, context.happened_at)
    issue = replace(request.issue, not_taken=(*request.issue.not_taken, refused), version=request.issue.version + 1)
    summary = message("history.not_taken", name=refused.name, reason=refused.reason)
    return conclude(case, context, Action.DELIVER, replace(request, issue=issue), summary=summary)
