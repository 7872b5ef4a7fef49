"""A person says whether the printed sheet is fine. The request moves on once every licence has a fine sheet.

A certificate has one fine sheet, and each copy of it one: whoever is asked for another makes a copy.

A blank sheet is used once, in the whole municipality: neither a fine nor a spoilt one's serial is taken again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.copies import CertificateCopy
from desktop_app.domain.copying import copies_in_force
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import Message, message
from desktop_app.domain.request import Request
from desktop_app.domain.sheet_serials import serial_as_kept
from desktop_app.domain.tracks import IssueState, PrintedSheet, Spoilt

LONGEST_SERIAL = 40
"""Characters; more than any printing house puts on a sheet."""
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class ConfirmPrint:
    """`serial` is printed on the blank sheet; a spoilt one is recorded with `fine` False, and why. (Programs before the
    ledger of sheets did not ask why.) `copy` is the count of the copy that is on it, 0 for the certificate itself."""

    request_id: str
    licence_number: str
    serial: str
    fine: bool
    spoilt: Spoilt | None = None
    note: str = ""
    copy: int = 0


def decide(case: Case, command: ConfirmPrint, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    numbers = {issued.number for issued in request.issue.licences}
    if command.licence_number not in numbers:
        return refused(message("print.not_this_requests", "licence_number", number=command.licence_number))
    serial = serial_as_kept(command.serial)
    if not serial:
        return refused(message("print.serial_missing", "serial"))
    if len(serial) > LONGEST_SERIAL or not serial.isprintable():
        return refused(message("print.serial_form", "serial", longest=LONGEST_SERIAL))
    if wrong := _wrong_with_the_word(command):
        return refused(wrong)
    used = message("print.serial_used", "serial", serial=serial)
    if any(serial_as_kept(sheet.serial) == serial for sheet in request.issue.all_sheets):
        return refused(used)
    if unasked := _not_to_be_printed(request, command):
        return refused(unasked)
    if not context.numbers.take_sheet(serial, request.id):
        return refused(used)
    sheet = PrintedSheet(
        licence_number=command.licence_number,
        serial=serial,
        fine=command.fine,
        by=context.actor.id,
        at=context.happened_at,
        spoilt=command.spoilt,
        note=command.note.strip(),
        copy=command.copy,
    )
    sheets = (*request.issue.sheets, sheet)
    complete = numbers <= {one.licence_number for one in sheets if one.fine and not one.copy}
    printed = complete and request.issue.state is IssueState.ISSUED
    issue = replace(
        request.issue,
        state=IssueState.PRINTED if printed else request.issue.state,
        sheets=sheets,
        version=request.issue.version + 1,
    )
    return conclude(
        case,
        context,
        Action.CONFIRM_PRINT,
        replace(request, issue=issue),
        summary=_summary(sheet),
    )


def _summary(sheet: PrintedSheet) -> Message:
    number, serial = sheet.licence_number, sheet.serial
    if sheet.copy:
        return message(
            "history.sheet_copy" if sheet.fine else "history.sheet_spoilt_copy",
            number=number,
            serial=serial,
            count=sheet.copy,
        )
    return message("history.sheet" if sheet.fine else "history.sheet_spoilt", number=number, serial=serial)


def _not_to_be_printed(request: Request, command: ConfirmPrint) -> Message | None:
    """A copy is printed where one was made, the certificate until it is handed over; either until it has a fine sheet.
    A spoilt sheet beside a fine one is written down all the same: its serial is used up."""
    copy = next((one for one in copies_in_force(request) if _is_on(command, one)), None)
    if command.copy and copy is None:
        return message("print.no_such_copy", "licence_number", number=command.licence_number, count=command.copy)
    if not command.copy and request.issue.state is IssueState.DELIVERED:
        return message("print.handed_over", "licence_number", number=command.licence_number)
    fine = {(sheet.licence_number, sheet.copy) for sheet in request.issue.sheets if sheet.fine}
    if command.fine and (command.licence_number, command.copy) in fine:
        return message("print.fine_before", "licence_number", number=command.licence_number)
    return None


def _is_on(command: ConfirmPrint, copy: CertificateCopy) -> bool:
    return (copy.licence_number, copy.count) == (command.licence_number, command.copy)


def _wrong_with_the_word(command: ConfirmPrint) -> Message | None:
    """A fine sheet is not spoilt, and what is none of the usual reasons is written down."""
    if command.fine and command.spoilt is not None:
        return message("print.fine_and_spoilt", "spoilt")
    if command.spoilt is Spoilt.OTHER and not command.note.strip():
        return message("reason.missing", "note")
    if len(command.note) > LONGEST_NOTE:
        return message("print.note_form", "note", longest=LONGEST_NOTE)
    return None
