"""Record an outside body's answer. A refusal ends the request (the card's third notice)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import Action
from desktop_app.domain.answers import check_answer, check_scan, with_scan
from desktop_app.domain.attachments import Attachment
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import message
from desktop_app.domain.notices import Notice, NoticeKind, notice
from desktop_app.domain.tracks import ApprovalState


@dataclass(frozen=True, slots=True)
class RecordApproval:
    """`document` is the answer's scan, which the request has from then on; `scan` only names one by its SHA-256, as
    programs did before the two came together."""

    request_id: str
    body: str
    approved: bool
    answer_number: str
    answer_date: date
    reason: str = ""
    scan: str = ""
    document: Attachment | None = None


def decide(case: Case, command: RecordApproval, context: Context) -> Outcome:
    assert case.request is not None
    approval = case.request.find_approval(command.body)
    if approval is None or approval.state is not ApprovalState.REQUESTED:
        return refused(message("approvals.not_awaited", "body", body=command.body))
    if not context.actor.speaks_for(command.body):
        return refused(message("approvals.another_body", "body", body=command.body))
    findings = check_answer(
        command.approved, command.answer_number, command.answer_date, command.reason, context
    ) + check_scan(case.request, command.document, command.body, context)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    answered = replace(
        approval,
        state=ApprovalState.APPROVED if command.approved else ApprovalState.REFUSED,
        answer_number=command.answer_number.strip(),
        answer_date=command.answer_date,
        reason=command.reason.strip(),
        scan=command.document.digest if command.document else command.scan,
        version=approval.version + 1,
    )
    request = replace(
        with_scan(case.request, command.document),
        approvals=tuple(answered if one.body == answered.body else one for one in case.request.approvals),
    )
    notices: tuple[Notice, ...] = ()
    if not command.approved:
        notices = (
            notice(
                request,
                NoticeKind.BODY_REFUSED,
                command.body,
                context.now,
                number=request.shown_number,
                body=command.body,
            ),
        )
    return conclude(
        case,
        context,
        Action.RECORD_APPROVAL,
        request,
        notices=notices,
        warnings=findings.warnings,
        summary=message("history.body_answer", body=command.body, answer=answered.state.value)
        if not answered.reason
        else message("history.body_reason", body=command.body, answer=answered.state.value, reason=answered.reason),
    )
