"""Ask the Civil Defence, after the visit found the conditions met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, PaperOrder
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY, check_letter
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import CivilDefenceState


@dataclass(frozen=True, slots=True)
class RequestCivilDefence:
    request_id: str
    letter_number: str
    letter_date: date


def decide(case: Case, command: RequestCivilDefence, context: Context) -> Outcome:
    assert case.request is not None
    findings = check_letter(command.letter_number, command.letter_date, context.today, "letter")
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    asked = replace(
        case.request.civil_defence,
        state=CivilDefenceState.REQUESTED,
        letter_number=command.letter_number.strip(),
        letter_date=command.letter_date,
        version=case.request.civil_defence.version + 1,
    )
    return conclude(
        case,
        context,
        Action.REQUEST_CIVIL_DEFENCE,
        replace(case.request, civil_defence=asked),
        papers=(PaperOrder("letter", asked.letter_number, case.request.id, CIVIL_DEFENCE_BODY),),
        summary=message("history.letter", body=CIVIL_DEFENCE_BODY, number=asked.letter_number),
    )
