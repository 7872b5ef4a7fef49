"""The office's own papers from what the replica holds: which of them a request gives, and what stands on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.application.ports.office_papers import (
    CheckedItem,
    DailyListContent,
    DayCloseContent,
    DayVisit,
    FeeNoticeContent,
    MeasuredArea,
    OfficeRenderer,
    Premises,
    TakenReceipt,
    VisitContent,
)
from desktop_app.application.ports.papers import ReceiptLine
from desktop_app.application.ports.queries import RequestView, VisitRow
from desktop_app.domain.actor import Actor
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.deadlines import find_last_day
from desktop_app.domain.reference import District, Reference
from desktop_app.domain.request import Request
from desktop_app.domain.split import REMAINDER
from desktop_app.domain.tracks import FeesState, Visit, VisitState
from desktop_app.domain.visiting import checklist_for

_HELD = (VisitState.COMPLIANT, VisitState.NON_COMPLIANT, VisitState.RECTIFIED)


class OfficePaperKind(StrEnum):
    FEE_NOTICE = "fee_notice"
    RECTIFICATION = "rectification"
    INSPECTION_REPORT = "inspection_report"


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """A paper that can be drawn of a request; `ordinal` is that of the visit it is about (0: of none)."""

    kind: OfficePaperKind
    ordinal: int = 0


class NoOffice:
    """For a workplace that draws nothing, a simulation's: it has none of a renderer's methods."""

    def __getattr__(self, name: str) -> object:
        raise AttributeError(f"no papers are drawn at this workplace: {name}")


def office_papers(request: Request) -> tuple[OfficePaper, ...]:
    """What there is to be drawn, in the order in which it came about."""
    found = []
    for visit in request.visits:
        if visit.state in _HELD and visit.held_at is not None:
            found.append(OfficePaper(OfficePaperKind.INSPECTION_REPORT, visit.ordinal))
            if any(not finding.met for finding in visit.findings):
                found.append(OfficePaper(OfficePaperKind.RECTIFICATION, visit.ordinal))
    if request.fees.state is FeesState.APPROVED and request.fees.calculation is not None:
        found.append(OfficePaper(OfficePaperKind.FEE_NOTICE))
    return tuple(found)


def draw_office_paper(
    paper: OfficePaper,
    view: RequestView,
    reference: Reference,
    name_of_staff: Callable[[str], str],
    today: date,
    renderer: OfficeRenderer,
) -> bytes:
    """One of `office_papers` as a PDF. Raises LookupError for one that there is not, ValueError for a missing glyph."""
    if paper not in office_papers(view.request):
        raise LookupError(f"no {paper.kind} of {view.request.shown_number}")
    if paper.kind is OfficePaperKind.FEE_NOTICE:
        return renderer.fee_notice(fee_notice_content(view, reference, today))
    visit = next(one for one in view.request.visits if one.ordinal == paper.ordinal)
    content = visit_content(view, visit, reference, name_of_staff(visit.inspector), today)
    if paper.kind is OfficePaperKind.RECTIFICATION:
        return renderer.rectification_notice(content)
    return renderer.inspection_report(content)


def fee_notice_content(view: RequestView, reference: Reference, today: date) -> FeeNoticeContent:
    """Raises LookupError where the fees are not approved."""
    request, bill, approved = view.request, view.request.fees.calculation, view.request.fees.approved_at
    if bill is None or approved is None:
        raise LookupError(f"no approved fees of {request.shown_number}")
    titles = {unit.key: unit.title for unit in bill.inputs.units}
    return FeeNoticeContent(
        premises=premises_of(view, reference),
        applicant=request.applicant.person,
        lines=tuple(
            ReceiptLine(line.label_ar, line.label_en, line.article, line.amount, titles.get(line.about, line.about))
            for line in bill.lines
        ),
        amount=bill.total,
        approved_on=approved.astimezone(AMMAN).date(),
        pay_by=find_last_day(request, reference) if request.payment.receipt is None else None,
        drawn_on=today,
        sample=not reference.verified,
    )


def visit_content(
    view: RequestView, visit: Visit, reference: Reference, inspector_ar: str, today: date
) -> VisitContent:
    """Raises LookupError for a visit that was not held."""
    if visit.held_at is None:
        raise LookupError(f"visit {visit.ordinal} was not held")
    request = view.request
    texts = {item.code: item.text_ar for item in checklist_for(request, reference)}
    areas = {one.unit: one.area for one in visit.measured}
    asked = [(child.key, child.trade_name, child.area) for child in request.plan.children]
    if view.parent is not None and REMAINDER in areas:
        asked.append((REMAINDER, view.parent.trade_name, view.parent.area))
    return VisitContent(
        premises=premises_of(view, reference),
        applicant=request.applicant.person,
        ordinal=visit.ordinal,
        inspector_ar=inspector_ar,
        held_on=visit.held_at.astimezone(AMMAN).date(),
        compliant=all(finding.met for finding in visit.findings),
        items=tuple(
            CheckedItem(texts.get(one.item, one.item), one.met, one.note, one.rectify) for one in visit.findings
        ),
        measured=tuple(MeasuredArea(title, area, areas.get(key)) for key, title, area in asked),
        note=visit.note,
        rectify_by=visit.rectify_by,
        drawn_on=today,
        sample=not reference.verified,
    )


def daily_list_content(
    inspector_ar: str,
    day: date,
    rows: Iterable[VisitRow],
    requests: Mapping[str, Request],
    reference: Reference,
) -> DailyListContent:
    """The visits of `rows` in the order of their windows; of `requests`, by id, the telephone and the units."""
    begins = {window.code: (window.begins, window.ends) for window in reference.windows}
    ordered = sorted(rows, key=lambda row: (begins.get(row.window, (row.window, "")), row.number))
    return DailyListContent(
        inspector_ar=inspector_ar,
        day=day,
        district=_district(ordered[0].branch if ordered else 0, reference),
        visits=tuple(
            DayVisit(
                window="–".join(begins.get(row.window, (row.window,))),
                request_number=row.number,
                trade_name=row.trade_name,
                applicant_ar=row.applicant_ar,
                mobile=requests[row.request_id].applicant.mobile if row.request_id in requests else "",
                place_ar=row.address_ar,
                units=len(requests[row.request_id].plan.children) if row.request_id in requests else 0,
                ordinal=row.ordinal,
            )
            for row in ordered
        ),
        sample=not reference.verified,
    )


def day_close_content(cashier: Actor, day: date, requests: Iterable[Request], reference: Reference) -> DayCloseContent:
    """What `cashier` took on `day` (Amman) for those requests, voided receipts too, in the order of taking."""
    taken = [
        (receipt, request)
        for request in requests
        for receipt in request.payment.receipts
        if receipt.cashier == cashier.id and receipt.taken_at.astimezone(AMMAN).date() == day
    ]
    return DayCloseContent(
        cashier_ar=cashier.name_ar,
        day=day,
        district=_district(min(cashier.branches, default=0), reference),
        receipts=tuple(
            TakenReceipt(
                number=receipt.number,
                request_number=request.shown_number,
                payer_ar=request.applicant.person.name_ar,
                method=receipt.method,
                amount=receipt.amount,
                taken_at=receipt.taken_at,
                voided=not receipt.valid,
            )
            for receipt, request in sorted(taken, key=lambda pair: (pair[0].taken_at, pair[0].number))
        ),
        drawn_on=day,
        sample=not reference.verified,
    )


def premises_of(view: RequestView, reference: Reference) -> Premises:
    """Which request it is; an empty address where the parent licence is not known here."""
    request, parent = view.request, view.parent
    return Premises(
        request_number=request.shown_number,
        parent_number=request.plan.parent_number,
        trade_name=parent.trade_name if parent else "",
        district=_district(parent.district if parent else request.branch, reference),
        address_ar=parent.address_ar if parent else "",
    )


def _district(number: int, reference: Reference) -> District:
    return reference.find_district(number) or District(number, str(number), str(number), 0.0, 0.0)
