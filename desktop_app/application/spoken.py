"""What the rules say, with names in the place of codes, in the words of the language in use."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.actions import Action
from desktop_app.domain.attachments import Requirement
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import Argument, Arguments, Message
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import DueKind
from desktop_app.texts import current, describe, name_of
from desktop_app.texts.quantities import digits


def spoken(message: Message, reference: Reference, parent: Licence | None = None) -> str:
    """The sentence for a person. Codes that the reference or the parent cannot name stay as they are."""
    args = tuple((name, _named(name, value, reference, parent)) for name, value in message.args)
    return describe(replace(message, args=Arguments(args)))


def _named(name: str, value: Argument, reference: Reference, parent: Licence | None) -> Argument:
    arabic = current().arabic
    match name, value:
        case "vocation", str():
            vocation = reference.find_vocation(value)
            return value if vocation is None else vocation.name_ar if arabic else vocation.name_en
        case "body", str():
            body = reference.find_body(value)
            return value if body is None else body.name_ar if arabic else body.name_en
        case "branch", int():
            district = reference.find_district(value)
            return value if district is None else district.name_ar if arabic else district.name_en
        case "kind", str():
            return name_of(DueKind(value)) if value in set(DueKind) else value
        case "year", int():
            return digits(str(value))
        case "sign", str():
            signs = parent.signs if parent else ()
            return next((sign.text_ar for sign in signs if sign.code == value), value)
        case "requirements", str():
            known = set(Requirement)
            names = [name_of(Requirement(one)) if one in known else one for one in value.split()]
            return ("، " if arabic else ", ").join(names)
        case "action", str():
            return name_of(Action(value)) if value in set(Action) else value
        case "status", str():
            return name_of(Status(value)) if value in set(Status) else value
        case _:
            return value
