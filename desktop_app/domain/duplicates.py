"""Possible duplicates: open requests that look like the one that is being typed. They are shown, and refuse nothing.

The card forbids no second request; a counter wants to see before lodging that somebody may have asked already.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.names import fold
from desktop_app.domain.people import Identity
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.split import SplitPlan
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import IntakeState

_BEHIND = ENDED | {Status.ISSUED, Status.PRINTED}
"""Who asks once more after that, asks for something new."""


class Likeness(StrEnum):
    """What two requests have in common, by the names of the fields; the telling ones first."""

    PARENT = "parent_number"
    TITLE_DEED = "requirements.title_deed"
    IDENTITY = "applicant.identity"
    NAME = "applicant.name_ar"
    MOBILE = "applicant.mobile"
    TRADE_NAME = "children.trade_name"
    VOCATION = "children.vocations"


TELLING = (Likeness.PARENT, Likeness.TITLE_DEED, Likeness.IDENTITY, Likeness.NAME)
"""Each of these alone makes a possible duplicate; the others only help to judge one."""


@dataclass(frozen=True, slots=True)
class LookAlikeKeys:
    """By what requests are found that may be alike: "" finds nothing. Equal keys are one thing typed in two ways."""

    parent_number: str
    title_deed: str
    identity: str
    name: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An open request and what it has in common with the one that is typed, never nothing."""

    request: Request
    alike: tuple[Likeness, ...]


def deed_key(reference: str) -> str:
    """A paper's reference without what people write differently: case, digits' script, spaces and signs between."""
    return "".join(sign for sign in fold(reference) if sign.isalnum())


def name_key(name: str) -> str:
    """An Arabic name without what people write differently: forms of letters, marks, spaces within («عبد الله»)."""
    return "".join(sign for sign in fold(name) if sign.isalnum())


def identity_key(identity: Identity) -> str:
    """The identity's key, "" while none is given."""
    return identity.key if identity.number else ""


def look_alike_keys(content: RequestContent | Request) -> LookAlikeKeys:
    person = content.applicant.person
    return LookAlikeKeys(
        content.plan.parent_number,
        deed_key(content.requirements.title_deed),
        identity_key(person.identity),
        name_key(person.name_ar),
    )


def likenesses(one: RequestContent | Request, other: RequestContent | Request) -> tuple[Likeness, ...]:
    """What the two have in common, in the order of `Likeness`; what is empty is like nothing."""
    first, second = look_alike_keys(one), look_alike_keys(other)
    same = {
        Likeness.PARENT: first.parent_number and first.parent_number == second.parent_number,
        Likeness.TITLE_DEED: first.title_deed and first.title_deed == second.title_deed,
        Likeness.IDENTITY: first.identity and first.identity == second.identity,
        Likeness.NAME: first.name and first.name == second.name,
        Likeness.MOBILE: one.applicant.mobile and one.applicant.mobile == other.applicant.mobile,
        Likeness.TRADE_NAME: trade_names(one.plan) & trade_names(other.plan),
        Likeness.VOCATION: _vocations(one.plan) & _vocations(other.plan),
    }
    return tuple(likeness for likeness in Likeness if same[likeness])


def trade_names(plan: SplitPlan) -> frozenset[str]:
    """The new licences' trade names as they are compared."""
    return frozenset(key for child in plan.children if (key := name_key(child.trade_name)))


def _vocations(plan: SplitPlan) -> frozenset[str]:
    return frozenset(code for child in plan.children for code in child.all_vocations)


def awaits_acceptance(request: Request) -> bool:
    """Whether somebody still has to judge if it was asked before."""
    return request.intake.state in (IntakeState.DRAFT, IntakeState.LODGED, IntakeState.RETURNED)


def possible_duplicates(
    content: RequestContent | Request, others: Iterable[Request], own_id: str = ""
) -> tuple[Duplicate, ...]:
    """Those of `others` that may be the same thing asked twice, the most alike first, the older before the younger.

    A draft counts, what was issued or has ended does not; nor does the request itself (`own_id`).
    """
    counting = (one for one in others if one.id != own_id and status_of(one) not in _BEHIND)
    found = [Duplicate(one, likenesses(content, one)) for one in counting]
    return tuple(sorted((one for one in found if _telling(one)), key=_order))


def _order(duplicate: Duplicate) -> tuple[int, tuple[int, ...], str]:
    telling = _telling(duplicate)
    return (-len(telling), telling, duplicate.request.id)


def _telling(duplicate: Duplicate) -> tuple[int, ...]:
    return tuple(TELLING.index(one) for one in duplicate.alike if one in TELLING)
