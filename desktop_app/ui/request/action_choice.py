"""Which action leads, which stand beside it, and which are not worth naming now."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.actions import Action, Availability
from desktop_app.texts import name_of
from desktop_app.ui.request.action_forms import FORMS
from desktop_app.ui.request.naming import Naming

_LEADING = (
    Action.DELIVER,
    Action.CONFIRM_PRINT,
    Action.RECORD_PAYMENT,
    Action.APPROVE_FEES,
    Action.ASSESS_FEES,
    Action.RECORD_CIVIL_DEFENCE,
    Action.REQUEST_CIVIL_DEFENCE,
    Action.CONFIRM_RECTIFICATION,
    Action.RECORD_INSPECTION,
    Action.SCHEDULE_INSPECTION,
    Action.REQUEST_APPROVAL,
    Action.RECORD_APPROVAL,
    Action.SETTLE_DUES,
    Action.ACCEPT,
    Action.LODGE,
)
"""What carries a request on, the latest of the card's steps first."""

_ALREADY_DONE = frozenset(
    {
        "dues.none_unpaid",
        "approvals.all_letters_out",
        "civil_defence.already_requested",
        "print.nothing_waits",
        "copy.none_printed_yet",
    }
)
"""What lacks nothing but an occasion is not named: it would say that something is missing where nothing is."""

_ONLY_IN_TIME = (Action.REMIND_BODY, Action.REMIND_CIVIL_DEFENCE)
"""Before its time a reminder is no lack of anything."""


@dataclass(frozen=True, slots=True)
class ActionShown:
    """An action with the sentences of what it still lacks."""

    action: Action
    text: str
    missing: tuple[str, ...]
    destructive: bool

    @property
    def name(self) -> str:
        return f"action.{self.action.value}"


def arranged(available: tuple[Availability, ...], naming: Naming) -> tuple[ActionShown | None, tuple[ActionShown, ...]]:
    """The main action and the others. A legal action leads before one that lacks something."""
    known = {one.action: one for one in available if not _idle(one)}
    for among_the_documents in (Action.ATTACH_DOCUMENT, Action.REMOVE_DOCUMENT):
        known.pop(among_the_documents, None)
    if Action.LODGE in known:
        known.pop(Action.SAVE_DRAFT, None)  # both are done on the intake screen, under one button
    leading = [known[action] for action in _LEADING if action in known]
    main = next((one for one in leading if one.legal), leading[0] if leading else None)
    others = tuple(_shown(one, naming) for one in known.values() if one is not main)
    return (_shown(main, naming) if main else None), others


def _idle(availability: Availability) -> bool:
    if availability.action in _ONLY_IN_TIME and not availability.legal:
        return True
    return any(why.key in _ALREADY_DONE for why in availability.missing)


def _shown(availability: Availability, naming: Naming) -> ActionShown:
    return ActionShown(
        action=availability.action,
        text=name_of(availability.action),
        missing=tuple(naming.say(why) for why in availability.missing),
        destructive=FORMS[availability.action].destructive,
    )
