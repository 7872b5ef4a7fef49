"""Doing a refused command again on top of what stands now: the form that gives such a one, filled with what it said.

Every form takes up what was typed into it before from the drafts; so what the command said is put there, and the form
is opened. Nothing is given by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.application.ports.queries import RefusedCommand, RequestView
from desktop_app.application.telephone import shown_mobile
from desktop_app.domain.attachments import Attachment
from desktop_app.domain.commands import Command, get_kind
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.return_fees import ReturnFees
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.rights import Action
from desktop_app.texts.quantities import amount, digits, square_metres
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake.form import MOBILE, SPLIT, form_of
from desktop_app.ui.request.action_forms import FORMS
from desktop_app.ui.request.kept_file import written
from desktop_app.ui.split_editor.keeping import kept
from desktop_app.ui.split_editor.sharing import sharing_of
from desktop_app.wire.codec import MalformedError, decode

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Redo:
    """Where the command is given again. `form` and `key` name the draft that holds what it said; "" for none."""

    route: Route
    form: str = ""
    key: str = ""
    fields: Fields = field(default_factory=dict)


def held_by(command: RefusedCommand) -> Command | None:
    """What the refused command said; None where this version cannot read it."""
    try:
        held: Command = decode(command.body, get_kind(Action(command.action)).type)
    except (ValueError, MalformedError):
        return None
    return held


def redo_of(command: RefusedCommand, view: RequestView | None) -> Redo:
    """`view` is the request as it stands; a request that never came to be is lodged anew."""
    request_id, held = command.request_id, held_by(command)
    args = {"id": request_id, "redo": command.command_id}
    match held:
        case Lodge() | SaveDraft():
            texts = {**form_of(held.content).texts, SPLIT: kept(sharing_of(None, held.content.plan).units)}
            texts[MOBILE] = shown_mobile(held.content.applicant.mobile)
            if view is None:
                key = f"new:{request_id}"
                return Redo(Route("intake", {"draft": key, "redo": command.command_id}), "intake", key, texts)
            return Redo(Route("intake", args), "intake", request_id, texts)
        case ScheduleInspection():
            return Redo(Route("calendar", {**args, "day": held.day.isoformat()}))
        case RecordInspection():
            visit = view.request.visit if view else None
            key = f"{request_id}:{visit.ordinal if visit else 0}"
            return Redo(Route("visit", args), "visit", key, _visit(held))
        case RecordPayment():
            fields = {"method": held.method.value, "reference": held.reference}
            return Redo(Route("payment", args), "payment", request_id, fields)
        case AssessFees():
            return Redo(Route("fees", args), "fees", request_id, _fees(held))
        case ReturnFees():
            return Redo(Route("fees", args), "fees", request_id, {"reason": held.reason})
        case ConfirmPrint():
            return Redo(Route("certificate", args), "certificate", request_id, {"serial": held.serial})
        case OrderCopy():
            fields = {"copy_reason": held.reason.value, "copy_note": held.note}
            return Redo(Route("certificate", args), "certificate", request_id, fields)
        case SettleDues():
            fields = {"payment_reference": held.payment_reference}
            return Redo(Route("dues", args), "dues", request_id, fields)
    if held is None:
        return Redo(Route("request", {"id": request_id}))
    form = FORMS[Action(command.action)]
    if form.route:
        return Redo(Route(form.route, args))
    fields = {one.name: _as_typed(getattr(held, one.name, "")) for one in form.fields}
    return Redo(
        Route("request", {**args, "action": command.action}), f"request.{command.action}" if fields else "",
        request_id, fields,
    )  # fmt: skip


def _visit(held: RecordInspection) -> Fields:
    """As `ui.visit.record` keeps it."""
    fields = {f"measured.{one.unit}": square_metres(one.area) for one in held.measured}
    for finding in held.findings:
        fields[f"met.{finding.item}"] = "yes" if finding.met else "no"
        fields[f"rectify.{finding.item}"], fields[f"note.{finding.item}"] = finding.rectify, finding.note
    return {**{name: text for name, text in fields.items() if text}, "note": held.note}


def _fees(held: AssessFees) -> Fields:
    """As `ui.fees.typed` keeps it: the sign of an amount is told by the kind of its line."""
    fields = {f"contract.{key}": "yes" for key in held.waste_contracts}
    for row, one in enumerate(held.adjustments):
        kinds = {LineKind.EXEMPTION: "exemption", LineKind.FINE: "fine"}
        fields[f"line.{row}.kind"] = kinds.get(one.kind, "lower" if one.amount < 0 else "raise")
        fields[f"line.{row}.amount"] = amount(type(one.amount)(abs(one.amount)))
        fields[f"line.{row}.reason"] = one.reason
    return fields


def _as_typed(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return digits(f"{value:%d/%m/%Y}")
        case Attachment():
            return written(value)
        case None:
            return ""
        case _:
            return str(value)
