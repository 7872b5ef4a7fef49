"""A refused command in words: what it said, why it was refused, what stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop_app.application.ports.queries import RefusedCommand, RequestView
from desktop_app.domain.actions import Action, row_of
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Applicant
from desktop_app.domain.request import Request, Status
from desktop_app.domain.split import SplitPlan
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Track
from desktop_app.texts import name_of, tr
from desktop_app.texts.clock_words import date_and_time, long_date
from desktop_app.texts.quantities import area, code, money
from desktop_app.ui.conflicts.redoing import held_by
from desktop_app.ui.request.action_forms import FORMS
from desktop_app.ui.request.happened import sentence_of
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.request.shown import refusal_of
from desktop_app.ui.request.steps import step_now, title_of

Pairs = tuple[tuple[str, str], ...]
Version = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class RefusedShown:
    """`status` and `step` say what stands now; None and "" where the request is not held here. `versions` lays what
    the command said beside what stands; `moved` says what was last done there, by whom and when."""

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
    versions: tuple[Version, ...]
    moved: str


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
        versions=versions_of(command, view, naming),
        moved=_moved(view, naming),
    )


def said_by(command: RefusedCommand, naming: Naming) -> Pairs:
    """What the command held, field by field. Empty where this version cannot read it."""
    held = held_by(command)
    if held is None:
        return ()
    if isinstance(held, Lodge | SaveDraft):
        return _content(held.content.plan, held.content.applicant)
    titles = _titles(Action(command.action))
    pairs = []
    for name, title in titles:
        value = getattr(held, name, None)
        if value not in (None, "", ()):
            pairs.append((title, _said(name, value, naming)))
    return tuple(pairs)


def versions_of(command: RefusedCommand, view: RequestView | None, naming: Naming) -> tuple[Version, ...]:
    """Title, what the command said, what stands now; the last "" where the request holds nothing of the kind."""
    stands = dict(_standing(command, view, naming)) if view is not None else {}
    return tuple((title, said, stands.get(title, "")) for title, said in said_by(command, naming))


def _standing(command: RefusedCommand, view: RequestView, naming: Naming) -> Pairs:
    request, held = view.request, held_by(command)
    if isinstance(held, Lodge | SaveDraft):
        return _content(request.plan, request.applicant)
    if held is None:
        return ()
    action = Action(command.action)
    places = _places(request, row_of(action).track, getattr(held, "body", ""))
    pairs = []
    for name, title in _titles(action):
        known = _KNOWN_AS.get(name, name)
        value = next((found for one in places if (found := getattr(one, known, None)) not in (None, "", ())), None)
        if value is not None:
            pairs.append((title, _said(known, value, naming)))
    return tuple(pairs)


_KNOWN_AS = {"receipt_number": "number", "approved": "state", "compliant": "state", "identity": "delivered_identity"}
"""What a command calls otherwise than the request it has changed."""


def _places(request: Request, track: Track, body: str) -> tuple[object, ...]:
    """Where what a command on this track says would stand."""
    match track:
        case Track.INTAKE:
            return (request.intake,)
        case Track.DUES:
            return (request.dues,)
        case Track.APPROVALS:
            return (request.find_approval(body),)
        case Track.INSPECTION:
            return (request.visit,)
        case Track.CIVIL_DEFENCE:
            return (request.civil_defence,)
        case Track.FEES:
            return (request.fees, request.fees.calculation)
        case Track.PAYMENT:
            return (request.payment.receipt, request.payment)
        case Track.ISSUE:
            return (request.issue, *request.issue.sheets[-1:])
    return ()


def _content(plan: SplitPlan, applicant: Applicant) -> Pairs:
    children = "، ".join(f"{child.trade_name} ({area(child.area)})" for child in plan.children)
    return (
        (tr("Parent licence"), code(plan.parent_number)),
        (tr("Applicant"), applicant.person.name_ar),
        (tr("Licences that are split off"), children),
    )


def _moved(view: RequestView | None, naming: Naming) -> str:
    last = max(view.history, key=lambda event: event.at, default=None) if view else None
    if last is None:
        return ""
    who = last.by_name or naming.person(last.by)
    return tr("{done}: {who}, {when}", done=sentence_of(last.action), who=who, when=date_and_time(last.at))


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
        Action.ORDER_COPY: (
            ("licence_number", tr("Licence")),
            ("reason", tr("Why a copy is made")),
            ("note", tr("Note")),
        ),
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
