"""A person says whether the printed sheet is fine. The request moves on once every licence has a fine sheet.

A blank sheet is used once, in the whole municipality: neither a fine nor a spoilt one's serial is taken again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import IssueState, PrintedSheet

LONGEST_SERIAL = 40
"""Characters; more than any printing house puts on a sheet."""


@dataclass(frozen=True, slots=True)
class ConfirmPrint:
    """`serial` is printed on the blank sheet; a spoilt one is recorded with `fine` False."""

    request_id: str
    licence_number: str
    serial: str
    fine: bool


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
    here = any(serial_as_kept(sheet.serial) == serial for sheet in request.issue.sheets)
    if here or not context.numbers.take_sheet(serial, request.id):
        return refused(message("print.serial_used", "serial", serial=serial))
    sheet = PrintedSheet(
        licence_number=command.licence_number,
        serial=serial,
        fine=command.fine,
        by=context.actor.id,
        at=context.happened_at,
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
        summary=message("history.sheet", number=command.licence_number, serial=sheet.serial),
    )
