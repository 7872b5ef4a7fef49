"""A request beside those that look like it, in words: one line for each field, one column for each request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop_app.application.telephone import shown_mobile
from desktop_app.domain.duplicates import Duplicate, Likeness
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.texts import current, name_of, tr
from desktop_app.texts.clock_words import short_moment
from desktop_app.texts.quantities import area, code

MOST = 3
"""So many stand beside the request; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class OtherShown:
    """The head of a column: the request that looks like this one."""

    id: str
    number: str
    status: Status
    lodged: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One line: `theirs` in the order of the columns, each with whether it says the same as `mine`."""

    title: str
    mine: str
    theirs: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`more` look like it besides those that are shown."""

    others: tuple[OtherShown, ...] = ()
    lines: tuple[FieldShown, ...] = ()
    more: int = 0


def comparison_of(
    content: RequestContent | Request, duplicates: tuple[Duplicate, ...], reference: Reference
) -> Comparison:
    """Empty where nothing is alike. A line that says nothing anywhere is left out."""
    shown = duplicates[:MOST]
    lines = (
        FieldShown(title, say(content), tuple((say(one.request), likeness in one.alike) for one in shown))
        for title, likeness, say in _fields(reference)
    )
    return Comparison(
        tuple(_other(one.request) for one in shown),
        tuple(line for line in lines if line.mine or any(text for text, _ in line.theirs)) if shown else (),
        len(duplicates) - len(shown),
    )


def _other(request: Request) -> OtherShown:
    lodged = request.intake.lodged_at
    return OtherShown(
        request.id, code(request.shown_number), status_of(request), short_moment(lodged) if lodged is not None else ""
    )


_Say = Callable[[RequestContent | Request], str]


def _fields(reference: Reference) -> tuple[tuple[str, Likeness | None, _Say], ...]:
    def vocations(one: RequestContent | Request) -> str:
        codes = dict.fromkeys(code for child in one.plan.children for code in child.all_vocations)
        return _listed(_vocation(code, reference) for code in codes)

    return (
        (tr("Parent licence"), Likeness.PARENT, lambda one: code(one.plan.parent_number)),
        (tr("Title deed"), Likeness.TITLE_DEED, lambda one: code(one.requirements.title_deed)),
        (tr("Applicant"), Likeness.NAME, lambda one: one.applicant.person.name_ar),
        (tr("Identity"), Likeness.IDENTITY, _identity),
        (tr("Mobile"), Likeness.MOBILE, lambda one: code(shown_mobile(one.applicant.mobile))),
        (tr("Capacity"), None, lambda one: name_of(one.applicant.capacity)),
        (
            tr("New licences"),
            Likeness.TRADE_NAME,
            lambda one: _listed(child.trade_name for child in one.plan.children),
        ),
        (tr("Vocations"), Likeness.VOCATION, vocations),
        (tr("Area split off"), None, lambda one: area(one.plan.area) if one.plan.children else ""),
    )


def _identity(one: RequestContent | Request) -> str:
    identity = one.applicant.person.identity
    if not identity.number:
        return ""
    return tr("{kind} {number}", kind=name_of(identity.kind), number=code(identity.number))


def _vocation(held: str, reference: Reference) -> str:
    vocation = reference.find_vocation(held)
    return held if vocation is None else vocation.name_ar if current().arabic else vocation.name_en


def _listed(parts: Iterable[str]) -> str:
    return ("، " if current().arabic else ", ").join(part for part in parts if part)
