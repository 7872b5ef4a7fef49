"""What each action asks before it becomes a command: one row per action, one kind of form for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.actions import Action
from desktop_app.domain.actor import Actor
from desktop_app.domain.commands import Command, get_kind
from desktop_app.domain.handover import Recipient, SignedHow
from desktop_app.domain.messages import InputError, Message, message
from desktop_app.domain.people import IdentityKind
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import ApprovalState
from desktop_app.texts import name_of, tr
from desktop_app.texts.typed import read_date
from desktop_app.ui.request.kept_file import find_kept
from desktop_app.ui.request.naming import Naming

Options = tuple[tuple[str, str], ...]
"""Pairs of value and title."""


class FieldKind(StrEnum):
    LINE = "line"
    TEXT = "text"
    DIGITS = "digits"
    DATE = "date"
    CHOICE = "choice"
    FILE = "file"
    INK = "ink"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: `name` is the command's own name of it, and the one the rules speak of it by."""

    name: str
    title: Callable[[], str]
    kind: FieldKind = FieldKind.LINE
    hint: Callable[[], str] = str
    options: Callable[[Request, Actor, Naming], Options] | None = None
    initial: Callable[[Request], str] = lambda request: ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ActionForm:
    """How an action is begun: on another screen (`route`), at once (no fields), or with fields of its own."""

    action: Action
    fields: tuple[FieldSpec, ...] = ()
    route: str = ""
    destructive: bool = False
    explains: Callable[[], str] = str

    @property
    def at_once(self) -> bool:
        return not self.fields and not self.route


def _date_hint() -> str:
    return tr("Day/month/year, such as 22/11/2026")


def _drawn() -> str:
    return tr("The centre draws the letter; it then lies among the papers, to be printed.")


def _letter(prefix: str, number: Callable[[], str], dated: Callable[[], str]) -> tuple[FieldSpec, FieldSpec]:
    return (
        FieldSpec(f"{prefix}_number", number, FieldKind.LINE),
        FieldSpec(f"{prefix}_date", dated, FieldKind.DATE, hint=_date_hint),
    )


def _bodies(wanted: ApprovalState) -> Callable[[Request, Actor, Naming], Options]:
    def options(request: Request, actor: Actor, naming: Naming) -> Options:
        return tuple(
            (one.body, naming.body(one.body))
            for one in request.approvals
            if one.state is wanted and actor.body in ("", one.body)
        )

    return options


def _answers(request: Request, actor: Actor, naming: Naming) -> Options:
    return (("yes", tr("approved")), ("no", tr("refused")))


def _taken(request: Request, actor: Actor, naming: Naming) -> Options:
    return (("yes", tr("taken")), ("no", tr("not taken")))


def _members(kind: type[StrEnum]) -> Options:
    return tuple((one.value, name_of(one)) for one in kind)


def _reason(title: Callable[[], str], hint: Callable[[], str] = str, *, optional: bool = False) -> FieldSpec:
    return FieldSpec("reason", title, FieldKind.TEXT, hint, optional=optional)


_SCAN = FieldSpec(
    "document",
    lambda: tr("Scan of the answer"),
    FieldKind.FILE,
    lambda: tr("PDF, JPEG, PNG or TIFF; it is kept among the documents of the request"),
    optional=True,
)
_ANSWER = (
    FieldSpec("approved", lambda: tr("The answer"), FieldKind.CHOICE, options=_answers),
    *_letter("answer", lambda: tr("Number of the answer"), lambda: tr("Date of the answer")),
    _reason(lambda: tr("Reason of the refusal"), lambda: tr("Needed only if the answer is a refusal"), optional=True),
    _SCAN,
)
_OUT = _letter("letter", lambda: tr("Number of the letter"), lambda: tr("Date of the letter"))
_REMINDER = _letter("letter", lambda: tr("Number of the reminder"), lambda: tr("Date of the reminder"))

FORMS: Mapping[Action, ActionForm] = {
    form.action: form
    for form in (
        ActionForm(Action.SAVE_DRAFT, route="intake"),
        ActionForm(Action.LODGE, route="intake"),
        ActionForm(Action.ATTACH_DOCUMENT, route="request"),
        ActionForm(Action.REMOVE_DOCUMENT, route="request"),
        ActionForm(Action.SETTLE_DUES, route="dues"),
        ActionForm(Action.ACCEPT),
        ActionForm(
            Action.RETURN,
            (_reason(lambda: tr("What is missing"), lambda: tr("The applicant reads this")),),
        ),
        ActionForm(
            Action.REFUSE,
            (_reason(lambda: tr("Legal reason of the refusal")),),
            destructive=True,
            explains=lambda: tr("The request ends, and what it holds of the parent licence is given back."),
        ),
        ActionForm(
            Action.WITHDRAW,
            (_reason(lambda: tr("Why it is withdrawn")),),
            destructive=True,
            explains=lambda: tr("The request ends, and what it holds of the parent licence is given back."),
        ),
        ActionForm(
            Action.EXPIRE,
            (_reason(lambda: tr("What was not done in time")),),
            destructive=True,
            explains=lambda: tr("The request ends, and what it holds of the parent licence is given back."),
        ),
        ActionForm(
            Action.REQUEST_APPROVAL,
            (
                FieldSpec(
                    "body",
                    lambda: tr("Outside body"),
                    FieldKind.CHOICE,
                    options=_bodies(ApprovalState.REQUIRED),
                ),
                *_OUT,
            ),
            explains=_drawn,
        ),
        ActionForm(
            Action.REMIND_BODY,
            (
                FieldSpec(
                    "body",
                    lambda: tr("Outside body"),
                    FieldKind.CHOICE,
                    options=_bodies(ApprovalState.REQUESTED),
                ),
                *_REMINDER,
            ),
            explains=_drawn,
        ),
        ActionForm(
            Action.RECORD_APPROVAL,
            (
                FieldSpec(
                    "body",
                    lambda: tr("Outside body"),
                    FieldKind.CHOICE,
                    options=_bodies(ApprovalState.REQUESTED),
                ),
                *_ANSWER,
            ),
            explains=lambda: tr("A refusal ends the request; the applicant is told by SMS."),
        ),
        ActionForm(Action.SCHEDULE_INSPECTION, route="calendar"),
        ActionForm(Action.RECORD_INSPECTION, route="visit"),
        ActionForm(Action.CONFIRM_RECTIFICATION),
        ActionForm(
            Action.EXTEND_RECTIFICATION,
            (
                FieldSpec("until", lambda: tr("New last day"), FieldKind.DATE, _date_hint),
                _reason(lambda: tr("Why more time is given")),
            ),
            explains=lambda: tr("The applicant is told the new day by SMS."),
        ),
        ActionForm(Action.REQUEST_CIVIL_DEFENCE, _OUT, explains=_drawn),
        ActionForm(Action.REMIND_CIVIL_DEFENCE, _REMINDER, explains=_drawn),
        ActionForm(
            Action.RECORD_CIVIL_DEFENCE,
            _ANSWER,
            explains=lambda: tr("A refusal ends the request; the applicant is told by SMS."),
        ),
        ActionForm(Action.ASSESS_FEES, route="fees"),
        ActionForm(Action.APPROVE_FEES, route="fees"),
        ActionForm(Action.RETURN_FEES, route="fees"),
        ActionForm(Action.RECORD_PAYMENT, route="payment"),
        ActionForm(
            Action.VOID_RECEIPT,
            (_reason(lambda: tr("What is wrong with the receipt")),),
            destructive=True,
            explains=lambda: tr("The licences are taken back and payment is due again."),
        ),
        ActionForm(
            Action.REFUND,
            (_reason(lambda: tr("Why the money is given back")),),
            destructive=True,
            explains=lambda: tr("The licences are taken back and the request ends."),
        ),
        ActionForm(Action.CONFIRM_PRINT, route="certificate"),
        ActionForm(Action.ORDER_COPY, route="certificate"),
        ActionForm(
            Action.DELIVER,
            (
                FieldSpec(
                    "taken",
                    lambda: tr("Taken or refused"),
                    FieldKind.CHOICE,
                    options=_taken,
                    initial=lambda request: "yes",
                ),
                FieldSpec(
                    "recipient",
                    lambda: tr("Who takes them"),
                    FieldKind.CHOICE,
                    options=lambda request, actor, naming: _members(Recipient),
                    initial=lambda request: Recipient.APPLICANT.value,
                ),
                FieldSpec(
                    "delivered_to",
                    lambda: tr("Handed to"),
                    initial=lambda request: request.applicant.signatory_ar or request.applicant.person.name_ar,
                ),
                FieldSpec(
                    "authority",
                    lambda: tr("Power of attorney or letter"),
                    FieldKind.LINE,
                    lambda: tr("Its number; only for an agent"),
                    optional=True,
                ),
                FieldSpec(
                    "identity_kind",
                    lambda: tr("Identity that was shown"),
                    FieldKind.CHOICE,
                    options=lambda request, actor, naming: _members(IdentityKind),
                    initial=lambda request: request.applicant.person.identity.kind.value,
                ),
                FieldSpec("identity", lambda: tr("Number of the identity that was shown"), FieldKind.DIGITS),
                FieldSpec(
                    "signed",
                    lambda: tr("Signed"),
                    FieldKind.CHOICE,
                    options=lambda request, actor, naming: _members(SignedHow),
                    initial=lambda request: SignedHow.PAPER.value,
                ),
                FieldSpec("ink", lambda: tr("Signature on the screen"), FieldKind.INK, optional=True),
                FieldSpec(
                    "document",
                    lambda: tr("Scan of the signed slip"),
                    FieldKind.FILE,
                    lambda: tr("PDF, JPEG, PNG or TIFF; it is kept among the documents of the request"),
                    optional=True,
                ),
                _reason(
                    lambda: tr("Why they were not taken"), lambda: tr("Needed only if they were refused"), optional=True
                ),
            ),
            explains=lambda: tr("If they are refused, the reason is recorded and the certificates wait on."),
        ),
    )
}
"""Every action of the rules' table has its row here (a test says so)."""


def command_from(form: ActionForm, request_id: str, typed: Mapping[str, str]) -> Command | tuple[Message, ...]:
    """The command that was typed, or a message beside each field that cannot be read yet. A file that was chosen is not
    part of it: it is read when the command is given. One that lies in the store already is."""
    values: dict[str, object] = {}
    unread: list[Message] = []
    for field in form.fields:
        if field.kind is FieldKind.FILE:
            if (kept := find_kept(typed.get(field.name, ""))) is not None:
                values[field.name] = kept
            continue
        text = typed.get(field.name, "").strip()
        try:
            values[field.name] = _read(field, text)
        except InputError as why:
            unread.append(why.why)
    if unread:
        return tuple(unread)
    if values.get("ink"):
        values["signed"] = SignedHow.DRAWN  # whoever drew has signed, whatever the choice above says
    command: Command = get_kind(form.action).type(request_id=request_id, **values)
    return command


_OF_KIND: Mapping[str, type[StrEnum]] = {
    "recipient": Recipient,
    "identity_kind": IdentityKind,
    "signed": SignedHow,
}


def _read(field: FieldSpec, text: str) -> object:
    match field.kind:
        case FieldKind.DATE:
            return read_date(text, field.name)
        case FieldKind.CHOICE if not text:
            raise InputError(message("typed.not_chosen", field.name))
        case FieldKind.CHOICE if field.name in ("approved", "taken"):
            return text == "yes"
        case FieldKind.CHOICE if field.name in _OF_KIND:
            return _OF_KIND[field.name](text)
        case _:
            return text
