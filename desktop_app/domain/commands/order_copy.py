"""Another print of a certificate that was printed: a copy, with its count, drawn and signed at the centre.

It needs a blank sheet of its own, which `ConfirmPrint` records as that of any certificate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.copies import LONGEST_COPY_NOTE, CertificateCopy, CopyReason
from desktop_app.domain.copying import counted_on, why_no_copy
from desktop_app.domain.deciding import Case, Context, Outcome, PaperOrder, refused
from desktop_app.domain.messages import Message, message


@dataclass(frozen=True, slots=True)
class OrderCopy:
    """`note` says more of the reason; with CopyReason.OTHER it is the reason."""

    request_id: str
    licence_number: str
    reason: CopyReason
    note: str = ""


def decide(case: Case, command: OrderCopy, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    note = command.note.strip()
    if forbidden := why_no_copy(case, command.licence_number):
        return refused(forbidden)
    if command.reason is CopyReason.OTHER and not note:
        return refused(message("reason.missing", "note"))
    if len(note) > LONGEST_COPY_NOTE:
        return refused(message("print.note_form", "note", longest=LONGEST_COPY_NOTE))
    licence = counted_on(case, command.licence_number)
    copy = CertificateCopy(
        licence_number=command.licence_number,
        count=licence.copies,
        reason=command.reason,
        note=note,
        by=context.actor.id,
        at=context.now,
    )
    issue = replace(request.issue, copies=(*request.issue.copies, copy), version=request.issue.version + 1)
    return conclude(
        case,
        context,
        Action.ORDER_COPY,
        replace(request, issue=issue),
        licences=(licence,),
        papers=(PaperOrder("copy", copy.number, request.id),),
        summary=_summary(copy),
    )


def _summary(copy: CertificateCopy) -> Message:
    number, count, why = copy.licence_number, copy.count, copy.reason.value
    if copy.note:
        return message("history.copy_noted", number=number, count=count, copy_reason=why, note=copy.note)
    return message("history.copy", number=number, count=count, copy_reason=why)
