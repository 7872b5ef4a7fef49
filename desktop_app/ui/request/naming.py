"""Names for what the facts say by code: people, bodies, districts, vocations, windows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop_app.application.spoken import spoken
from desktop_app.domain.actor import EPAYMENT, PORTAL
from desktop_app.domain.copies import CopyReason
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import Argument, Arguments, Message
from desktop_app.domain.reference import Reference
from desktop_app.domain.tracks import ApprovalState, VisitState
from desktop_app.texts import N_, current, name_of, quantities, tr
from desktop_app.texts.bidi import from_leading

_SYSTEMS = {PORTAL.id: N_("The portal"), EPAYMENT.id: N_("Electronic payment")}


@dataclass(frozen=True, slots=True)
class Naming:
    """`staff` gives names by login. A code that nobody knows is shown as it stands."""

    reference: Reference
    staff: dict[str, str] = field(default_factory=dict)
    parent: Licence | None = None

    def person(self, login: str) -> str:
        if login in _SYSTEMS:
            return tr(_SYSTEMS[login])
        return self.staff.get(login, login)

    def body(self, code: str) -> str:
        body = self.reference.find_body(code)
        if body is None and code == CIVIL_DEFENCE_BODY:
            return tr("Civil Defence")
        return code if body is None else body.name_ar if current().arabic else body.name_en

    def district(self, number: int) -> str:
        district = self.reference.find_district(number)
        if district is None:
            return quantities.code(str(number))
        return district.name_ar if current().arabic else district.name_en

    def vocation(self, code: str) -> str:
        vocation = self.reference.find_vocation(code)
        return code if vocation is None else vocation.name_ar if current().arabic else vocation.name_en

    def vocations(self, codes: tuple[str, ...]) -> str:
        return listed(tuple(self.vocation(code) for code in codes))

    def window(self, code: str) -> str:
        """``08:00–11:00`` in the language's digits."""
        window = self.reference.find_window(code)
        if window is None:
            return code
        return tr("from {begins} to {ends}", begins=quantities.code(window.begins), ends=quantities.code(window.ends))

    def say(self, message: Message) -> str:
        """A message of the rules with names in the place of every code."""
        args = tuple((name, self._named(name, value)) for name, value in message.args)
        return spoken(replace(message, args=Arguments(args)), self.reference, self.parent)

    def _named(self, name: str, value: Argument) -> Argument:
        match name, value:
            case (("inspector" | "by"), str()):
                return self.person(value)
            case "answer", str() if value in set(ApprovalState):
                return name_of(ApprovalState(value))
            case "outcome", str() if value in set(VisitState):
                return name_of(VisitState(value))
            case "copy_reason", str() if value in set(CopyReason):
                return name_of(CopyReason(value))
            case (("number" | "letter" | "request" | "receipt" | "serial" | "licences"), str()):
                return quantities.code(value)
            case _:
                return value


def listed(parts: tuple[str, ...]) -> str:
    """Several names in one line; numbers of papers alone begin where one reads as well."""
    line = ("، " if current().arabic else ", ").join(part for part in parts if part)
    return from_leading(line, rtl=current().rtl)
