"""A refused command in words: what it said, why it was refused, what stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop_app.application.ports.queries import RefusedCommand, RequestView
from desktop_app.domain.actions import Action
from desktop_app.domain.commands import Command, get_kind
from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.texts import name_of, tr
from desktop_app.texts.clock_words import date_and_time, long_date
from desktop_app.texts.quantities import code, money
from desktop_app.ui.request.action_forms import FORMS
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.request.shown import refusal_of
from desktop_app.ui.request.steps import step_now, title_of
from desktop_app.wire.codec import MalformedError, decode

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RefusedShown:
    """`status` and `step` say what stands now; None and "" where the request is not held here."""

    command_id: str
    request_id: str
    what: str
    number: str
    applicant: str
    author: str
    made: str
    decided: str
    said: Pairs
    why: tuple[str, ...]
    status: Status | None
    step: str
    mine: bool


def refused_shown(command: RefusedCommand, view: RequestView | None, naming: Naming, own: str) -> RefusedShown:
    """`own` is the login of whoever looks."""
    told = refusal_of(command, naming)
    step = step_now(view.request) if view else ""
    return RefusedShown(
        command_id=command.command_id,
        request_id=command.request_id,
        what=told.what,
        number=code(view.request.shown_number) if view else "",
        applicant=view.request.applicant.person.name_ar if view else "",
        author=naming.person(command.author),
        made=date_and_time(command.made_at),
        decided=date_and_time(command.decided_at),
        said=said_by(command, naming),
        why=told.why,
        status=status_of(view.request) if view else None,
        step=title_of(step) if step else "",
        mine=command.author == own,
    )


def said_by(command: RefusedCommand, naming: Naming) -> Pairs:
    """What the command held, field by field. Empty where this version cannot read it."""
    try:
        action = Action(command.action)
        held: Command = decode(command.body, get_kind(action).type)
    except (ValueError, MalformedError):
        return ()
    titles = _titles(action)
    pairs = []
    for name, title in titles:
        value = getattr(held, name, None)
        if value not in (None, "", ()):
            pairs.append((title, _said(name, value, naming)))
    return tuple(pairs)


def _titles(action: Action) -> Pairs:
    fields = tuple((field.name, field.title()) for field in FORMS[action].fields)
    elsewhere = {
        Action.SCHEDULE_INSPECTION: (
            ("day", tr("Day")),
            ("window", tr("Time")),
            ("inspector", tr("Inspector")),
        ),
        Action.RECORD_INSPECTION: (("compliant", tr("Outcome")), ("note", tr("Note"))),
        Action.APPROVE_FEES: (("total", tr("Total")),),
        Action.RETURN_FEES: (("reason", tr("Reason")),),
        Action.RECORD_PAYMENT: (
            ("receipt_number", tr("Receipt")),
            ("amount", tr("Amount")),
            ("method", tr("Paid by")),
        ),
        Action.CONFIRM_PRINT: (("licence_number", tr("Licence")), ("serial", tr("Sheet"))),
    }
    return fields or elsewhere.get(action, ())


def _said(name: str, value: object, naming: Naming) -> str:
    match name, value:
        case "approved", bool():
            return tr("approved") if value else tr("refused")
        case "compliant", bool():
            return tr("conditions met") if value else tr("conditions not met")
        case "body", str():
            return naming.body(value)
        case "inspector", str():
            return naming.person(value)
        case "window", str():
            return naming.window(value)
        case _, Enum():
            return name_of(value)
        case _, Fils():
            return money(value)
        case _, date():
            return long_date(value)
        case _:
            return code(str(value))
