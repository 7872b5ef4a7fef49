"""The table of the actions' forms: whole, and true to the commands."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date

import pytest

from desktop_app.domain.actions import Action
from desktop_app.domain.commands import get_kind
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.texts import name_of
from desktop_app.ui.request.action_forms import FORMS, command_from


def test_every_action_has_its_row_and_its_name() -> None:
    assert set(FORMS) == set(Action)
    assert all(name_of(action) for action in Action)


@pytest.mark.parametrize("action", [action for action, form in FORMS.items() if not form.route])
def test_fields_are_the_commands_own(action: Action) -> None:
    known = {field.name: field for field in fields(get_kind(action).type)}
    asked = {field.name for field in FORMS[action].fields}
    needed = {name for name, field in known.items() if field.default is MISSING and field.default_factory is MISSING}
    assert needed - {"request_id"} <= asked <= set(known)


def test_what_was_typed_becomes_the_command() -> None:
    typed = {
        "body": "health",
        "approved": "no",
        "answer_number": "ص/٥٥",
        "answer_date": "١/٣/٢٠٢٦",
        "reason": "لا تتحقق الشروط",
    }
    command = command_from(FORMS[Action.RECORD_APPROVAL], "r1", typed)
    assert command == RecordApproval("r1", "health", False, "ص/٥٥", date(2026, 3, 1), "لا تتحقق الشروط")


def test_what_cannot_be_read_is_said_beside_its_field() -> None:
    typed = {"body": "", "letter_number": "1", "letter_date": "31/4/2026"}
    told = command_from(FORMS[Action.REQUEST_APPROVAL], "r1", typed)
    assert isinstance(told, tuple)
    assert {(one.about, one.key) for one in told} == {
        ("body", "typed.not_chosen"),
        ("letter_date", "typed.no_such_day"),
    }
