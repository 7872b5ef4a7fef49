"""Issue at the centre: the children come into being and the parent is amended, or all of it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.domain.deciding import Case, Context, PaperOrder
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.request import Request
from desktop_app.domain.split import REMAINDER, ChildUnit, remainder_of
from desktop_app.domain.tracks import IssuedLicence, IssueState, Receipt


def issue(
    request: Request, parent: Licence, receipt: Receipt, context: Context
) -> tuple[Request, tuple[Licence, ...], tuple[PaperOrder, ...]]:
    """The request as issued, the amended parent and the children, and the papers to draw.

    Area, vocations and signs are conserved. Numbers that an earlier, voided payment gave out are used again.
    """
    year = context.today.year
    given = {issued.unit: issued.number for issued in request.issue.licences}
    children = tuple(
        _child(request, parent, unit, given.get(unit.key) or _number(context, parent), year, context.today)
        for unit in request.plan.children
    )
    amended = _amended(request, parent)
    issued = tuple(
        IssuedLicence(unit.key, child.number, child.valid_until)
        for unit, child in zip(request.plan.children, children, strict=True)
    )
    if amended.status is LicenceStatus.ACTIVE:
        issued += (IssuedLicence(REMAINDER, amended.number, amended.valid_until),)
    done = replace(
        request,
        issue=replace(
            request.issue,
            state=IssueState.ISSUED,
            licences=issued,
            issued_at=context.now,
            version=request.issue.version + 1,
        ),
    )
    papers = tuple(PaperOrder("certificate", one.number, request.id) for one in issued)
    return done, (amended, *children), (*papers, PaperOrder("receipt", receipt.number, request.id))


def _number(context: Context, parent: Licence) -> str:
    number = context.numbers.licence_number(context.today.year, parent.district)
    if number is None:
        raise ValueError("only a final numbering issues licences")
    return number


def _child(request: Request, parent: Licence, unit: ChildUnit, number: str, year: int, today: date) -> Licence:
    return Licence(
        number=number,
        district=parent.district,
        holder=unit.holder,
        trade_name=unit.trade_name,
        area=unit.area,
        vocations=unit.all_vocations,
        signs=tuple(sign for sign in parent.signs if sign.code in unit.signs),
        parcel=parent.parcel,
        address_ar=parent.address_ar,
        status=LicenceStatus.ACTIVE,
        renewed_for=year,
        issued_on=today,
        valid_until=date(year, 12, 31),
        parent_number=parent.number,
        made_by_request=request.id,
    )


def _amended(request: Request, parent: Licence) -> Licence:
    rest = remainder_of(parent, request.plan)
    return replace(
        parent.without_reservation(request.id),
        area=rest.area,
        vocations=rest.vocations,
        signs=rest.signs,
        status=LicenceStatus.CLOSED if rest.closes_parent else parent.status,
        amended_by_requests=(*parent.amended_by_requests, request.id),
    )


def take_back(request: Request, case: Case) -> tuple[Licence, ...]:
    """The parent made whole again and the children closed; empty when nothing was issued yet."""
    parent = case.parent
    if parent is None or request.issue.state is IssueState.TO_ISSUE:
        return ()
    returned = tuple(sign for child in case.children for sign in child.signs)
    whole = replace(
        parent,
        area=parent.area + request.plan.area,
        vocations=_in_order(request, parent),
        signs=tuple(sorted((*parent.signs, *returned), key=lambda sign: sign.code)),
        status=LicenceStatus.ACTIVE if parent.area == 0 else parent.status,
        amended_by_requests=tuple(one for one in parent.amended_by_requests if one != request.id),
    )
    return (whole, *(replace(child, status=LicenceStatus.CLOSED) for child in case.children))


def _in_order(request: Request, parent: Licence) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*parent.vocations, *request.plan.vocations)))
