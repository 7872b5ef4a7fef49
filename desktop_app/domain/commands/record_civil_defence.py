"""Record the Civil Defence's answer. A refusal ends the request (the card's sixth notice)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import Action
from desktop_app.domain.answers import check_answer, check_scan, with_scan
from desktop_app.domain.attachments import Attachment
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY
from desktop_app.domain.messages import message
from desktop_app.domain.notices import Notice, NoticeKind, notice
from desktop_app.domain.tracks import CivilDefenceState


@dataclass(frozen=True, slots=True)
class RecordCivilDefence:
    request_id: str
    approved: bool
    answer_number: str
    answer_date: date
    reason: str = ""
    document: Attachment | None = None


def decide(case: Case, command: RecordCivilDefence, context: Context) -> Outcome:
    assert case.request is not None
    findings = check_answer(
        command.approved, command.answer_number, command.answer_date, command.reason, context
    ) + check_scan(case.request, command.document, CIVIL_DEFENCE_BODY, context)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    answered = replace(
        case.request.civil_defence,
        state=CivilDefenceState.APPROVED if command.approved else CivilDefenceState.REFUSED,
        answer_number=command.answer_number.strip(),
        answer_date=command.answer_date,
        reason=command.reason.strip(),
        scan=command.document.digest if command.document else "",
        version=case.request.civil_defence.version + 1,
    )
    request = replace(with_scan(case.request, command.document), civil_defence=answered)
    notices: tuple[Notice, ...] = ()
    if not command.approved:
        notices = (notice(request, NoticeKind.CIVIL_DEFENCE_REFUSED, "1", context.now, number=request.shown_number),)
    return conclude(
        case,
        context,
        Action.RECORD_CIVIL_DEFENCE,
        request,
        notices=notices,
        warnings=findings.warnings,
        summary=message("history.civil_defence_answer", answer=answered.state.value)
        if not answered.reason
        else message("history.civil_defence_reason", answer=answered.state.value, reason=answered.reason),
    )
