"""Write to an outside body: the letter's number and date go on record and the clock stands still."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, PaperOrder, refused
from desktop_app.domain.letters import check_letter
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import ApprovalState


@dataclass(frozen=True, slots=True)
class RequestApproval:
    request_id: str
    body: str
    letter_number: str
    letter_date: date


def decide(case: Case, command: RequestApproval, context: Context) -> Outcome:
    assert case.request is not None
    approval = case.request.find_approval(command.body)
    if approval is None or approval.state is not ApprovalState.REQUIRED:
        return refused(message("approvals.letter_not_due", "body", body=command.body))
    findings = check_letter(command.letter_number, command.letter_date, context.today, "letter")
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    asked = replace(
        approval,
        state=ApprovalState.REQUESTED,
        letter_number=command.letter_number.strip(),
        letter_date=command.letter_date,
        version=approval.version + 1,
    )
    approvals = tuple(asked if one.body == asked.body else one for one in case.request.approvals)
    return conclude(
        case,
        context,
        Action.REQUEST_APPROVAL,
        replace(case.request, approvals=approvals),
        papers=(PaperOrder("letter", asked.letter_number, case.request.id, asked.body),),
        summary=message("history.letter", body=command.body, number=asked.letter_number),
    )
