"""A person says whether the printed sheet is fine. The request moves on once every licence has a fine sheet.

A blank sheet is used once, in the whole municipality: neither a fine nor a spoilt one's serial is taken again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import Message, message
from desktop_app.domain.tracks import IssueState, PrintedSheet, Spoilt

LONGEST_SERIAL = 40
"""Characters; more than any printing house puts on a sheet."""
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class ConfirmPrint:
    """`serial` is printed on the blank sheet; a spoilt one is recorded with `fine` False, and why. (Programs before the
    ledger of sheets did not ask why.)"""

    request_id: str
    licence_number: str
    serial: str
    fine: bool
    spoilt: Spoilt | None = None
    note: str = ""


def serial_as_kept(typed: str) -> str:
    """One spelling for one sheet, however it was typed or scanned: without spaces, ASCII digits, capitals."""
    return ascii_digits("".join(typed.split())).upper()


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
    here = any(serial_as_kept(sheet.serial) == serial for sheet in request.issue.sheets)
    if here or not context.numbers.take_sheet(serial, request.id):
        return refused(message("print.serial_used", "serial", serial=serial))
    sheet = PrintedSheet(
        licence_number=command.licence_number,
        serial=serial,
        fine=command.fine,
        by=context.actor.id,
        at=context.happened_at,
        spoilt=command.spoilt,
        note=command.note.strip(),
    )
    sheets = (*request.issue.sheets, sheet)
    complete = numbers <= {one.licence_number for one in sheets if one.fine}
    issue = replace(
        request.issue,
        state=IssueState.PRINTED if complete else request.issue.state,
        sheets=sheets,
        version=request.issue.version + 1,
    )
    return conclude(
        case,
        context,
        Action.CONFIRM_PRINT,
        replace(request, issue=issue),
        summary=message(
            "history.sheet" if sheet.fine else "history.sheet_spoilt",
            number=command.licence_number,
            serial=sheet.serial,
        ),
    )


def _wrong_with_the_word(command: ConfirmPrint) -> Message | None:
    """A fine sheet is not spoilt, and what is none of the usual reasons is written down."""
    if command.fine and command.spoilt is not None:
        return message("print.fine_and_spoilt", "spoilt")
    if command.spoilt is Spoilt.OTHER and not command.note.strip():
        return message("reason.missing", "note")
    if len(command.note) > LONGEST_NOTE:
        return message("print.note_form", "note", longest=LONGEST_NOTE)
    return None
