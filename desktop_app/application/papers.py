"""Papers at the centre: content assembled, drawn once, kept under the SHA-256 of their bytes, told in the feed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import structlog

from desktop_app.application.certifying import Certify, Sealing
from desktop_app.application.ports.centre import CentreWork, PaperShelf
from desktop_app.application.ports.key_token import SigningUnavailableError
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.ports.papers import (
    CertificateContent,
    LetterContent,
    LetterUnit,
    PaperRenderer,
    ReceiptContent,
    ReceiptLine,
    RemindedLetter,
)
from desktop_app.domain.actor import CHANNELS, Actor
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.copies import licence_of_paper
from desktop_app.domain.copying import copies_in_force, why_it_says_another_thing
from desktop_app.domain.deciding import Case, Context, Outcome, PaperOrder
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY, awaited_letters, find_awaited
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.reference import District, OutsideBody, Reference
from desktop_app.domain.request import Request
from desktop_app.domain.split import REMAINDER
from desktop_app.domain.tracks import Receipt
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind, StoredPaper

_log = structlog.get_logger(__name__)


class PaperWithoutContentError(LookupError):
    """A paper was ordered of something that does not stand: the rules and the papers disagree, which is a bug."""


LETTERS = ("letter", "reminder")
"""The kinds of papers that go to outside bodies."""


@dataclass(frozen=True, slots=True)
class DrawingDesk:
    """See `registrar.PaperDesk`. Without `certify` certificates bear no code, and none of them can be proved; without
    `sealing` no file is signed. With them a paper that cannot be signed now is not drawn without: it waits."""

    renderer: PaperRenderer
    certify: Certify | None = None
    sealing: Sealing | None = None

    def draw(self, outcome: Outcome, case: Case, context: Context, work: CentreWork) -> tuple[LoadedFact, ...]:
        """Raises PaperWithoutContentError, or what the renderer raises."""
        request = outcome.request
        if request is None:
            raise PaperWithoutContentError("papers without a request")
        facts = []
        for order in outcome.papers:
            content = self._find_drawn(order, outcome, case, request, context, work)
            if content is None:
                work.postpone_paper(order, request.branch, context.now)
            else:
                facts.append(stored_paper_fact(work, order, content, request.branch, context.now))
        return tuple(facts)

    def draw_late(self, order: PaperOrder, now: datetime, work: CentreWork) -> bytes | None:
        """A paper that waited, of what stands at `now` (UTC); None where it is needed no more, for what it was of was
        taken back meanwhile. Raises SigningUnavailableError, PaperWithoutContentError, or what the renderer raises."""
        request = work.facts.find_request(order.request_id)
        if request is None:
            return None
        reference = work.facts.reference()
        if order.kind == "receipt":
            return self._receipt(order, request, reference, now, work)
        if order.kind in LETTERS:
            parent = work.facts.find_licence(request.plan.parent_number)
            known = find_awaited(request, order.part) is not None
            return self._letter(order, request, parent, reference, now) if known else None
        if order.kind == "copy":
            return self._late_copy(order, request, reference, now, work)
        licence = work.facts.find_licence(order.number)
        if licence is None or licence.status is LicenceStatus.CLOSED:
            return None
        if request.id not in (licence.made_by_request, *licence.amended_by_requests):
            return None
        return self._certificate(licence, request, reference, now)

    def _late_copy(
        self, order: PaperOrder, request: Request, reference: Reference, now: datetime, work: CentreWork
    ) -> bytes | None:
        number = licence_of_paper(order.number)
        issued = next((one for one in request.issue.licences if one.number == number), None)
        licence = work.facts.find_licence(number)
        if licence is None or issued is None or why_it_says_another_thing(licence, issued, request):
            return None
        if all(one.number != order.number for one in copies_in_force(request)):
            return None
        return self._certificate(licence, request, reference, now, _copy_of(order, request))

    def _find_drawn(
        self, order: PaperOrder, outcome: Outcome, case: Case, request: Request, context: Context, work: CentreWork
    ) -> bytes | None:
        """None where it has to wait. That it can be drawn is seen to first: a decision whose papers nobody can draw
        must not stand."""
        if self.sealing is None:
            return self._drawn(order, outcome, case, request, context, work)
        if not work.papers_wait():
            try:
                return self._drawn(order, outcome, case, request, context, work)
            except SigningUnavailableError as why:
                _log.warning("a paper waits for its signature", kind=order.kind, trouble=str(why))
        replace(self, certify=None, sealing=None)._drawn(order, outcome, case, request, context, work)
        return None

    def _drawn(
        self, order: PaperOrder, outcome: Outcome, case: Case, request: Request, context: Context, work: CentreWork
    ) -> bytes:
        if order.kind == "receipt":
            return self._receipt(order, request, context.reference, context.now, work)
        if order.kind in LETTERS:
            return self._letter(order, request, case.parent, context.reference, context.now)
        copy = _copy_of(order, request) if order.kind == "copy" else 0
        return self._certificate(_licence_of(order, outcome, case), request, context.reference, context.now, copy)

    def _receipt(
        self, order: PaperOrder, request: Request, reference: Reference, now: datetime, work: CentreWork
    ) -> bytes:
        seal = self.sealing("receipt", now) if self.sealing else None
        receipt = _receipt_of(order, request)
        cashier = CHANNELS.get(receipt.cashier) or work.facts.find_staff(receipt.cashier)
        name = cashier.name_ar if cashier else receipt.cashier
        return self.renderer.receipt(receipt_content(receipt, request, reference, name), seal)

    def _letter(
        self, order: PaperOrder, request: Request, parent: Licence | None, reference: Reference, now: datetime
    ) -> bytes:
        seal = self.sealing(order.kind, now) if self.sealing else None
        return self.renderer.letter(letter_content(order, request, parent, reference), seal)

    def _certificate(
        self, licence: Licence, request: Request, reference: Reference, now: datetime, copy: int = 0
    ) -> bytes:
        code = self.certify(licence, now, not reference.verified) if self.certify else ""
        content = certificate_content(licence, request, reference, now.astimezone(AMMAN).date(), code)
        seal = self.sealing("copy" if copy else "certificate", now) if self.sealing else None
        return self.renderer.certificate(replace(content, copy=copy), seal)


def certificate_content(
    licence: Licence, request: Request, reference: Reference, drawn_on: date, code: str = ""
) -> CertificateContent:
    """The certificate of a licence that `request` made or amended. Raises KeyError for a vocation no table knows."""
    amended = licence.number == request.plan.parent_number
    return CertificateContent(
        number=licence.number,
        request_number=request.shown_number,
        holder=licence.holder,
        trade_name=licence.trade_name,
        district=_district(licence.district, reference),
        address_ar=licence.address_ar,
        parcel=licence.parcel,
        area=licence.area,
        vocations=tuple(reference.get_vocation(code) for code in licence.vocations),
        signs=licence.signs,
        issued_on=licence.issued_on,
        valid_until=licence.valid_until,
        drawn_on=drawn_on,
        parent_number=licence.parent_number,
        amended=amended,
        children=tuple(one.number for one in request.issue.licences if one.unit != REMAINDER) if amended else (),
        sample=not reference.verified,
        code=code,
    )


def receipt_content(receipt: Receipt, request: Request, reference: Reference, cashier_ar: str) -> ReceiptContent:
    """The receipt of a payment of `request`. Raises PaperWithoutContentError where there is no bill."""
    bill = request.fees.calculation
    if bill is None:
        raise PaperWithoutContentError(f"no bill for receipt {receipt.number}")
    titles = {unit.key: unit.title for unit in bill.inputs.units}
    return ReceiptContent(
        number=receipt.number,
        request_number=request.shown_number,
        payer=request.applicant.person,
        district=_district(request.branch, reference),
        lines=tuple(
            ReceiptLine(line.label_ar, line.label_en, line.article, line.amount, titles.get(line.about, line.about))
            for line in bill.lines
        ),
        amount=receipt.amount,
        method=receipt.method,
        reference=receipt.reference,
        cashier_ar=cashier_ar,
        device=receipt.device,
        taken_at=receipt.taken_at,
        sample=not reference.verified,
    )


def letter_content(order: PaperOrder, request: Request, parent: Licence | None, reference: Reference) -> LetterContent:
    """The letter, or the reminder, of this number to this body. Raises PaperWithoutContentError for one that the
    request does not know of."""
    letter = find_awaited(request, order.part)
    if letter is None or parent is None:
        raise PaperWithoutContentError(f"no letter {order.number} to {order.part}")
    number, dated, reminds_of = letter.number, letter.dated, None
    if order.kind == "reminder":
        places = [at for at, one in enumerate(letter.reminders, 1) if one.number == order.number]
        if not places:
            raise PaperWithoutContentError(f"no reminder {order.number} to {order.part}")
        reminder = letter.reminders[places[-1] - 1]
        number, dated = reminder.number, reminder.dated
        reminds_of = RemindedLetter(letter.number, letter.dated, places[-1])
    civil_defence = order.part == CIVIL_DEFENCE_BODY
    held_at = request.visit.held_at if civil_defence and request.visit else None
    units = tuple(
        LetterUnit(
            child.trade_name,
            child.holder,
            child.area,
            tuple(reference.get_vocation(code) for code in child.all_vocations),
        )
        for child in request.plan.children
    )
    every = {vocation.code: vocation for unit in units for vocation in unit.vocations}
    needing = tuple(
        one for one in every.values() if (one.needs_civil_defence if civil_defence else order.part in one.bodies)
    )
    return LetterContent(
        number=number,
        dated=dated,
        body=reference.find_body(order.part) or _body_of_no_table(order.part),
        request_number=request.shown_number,
        applicant=request.applicant.person,
        parent_number=parent.number,
        trade_name=parent.trade_name,
        district=_district(parent.district, reference),
        address_ar=parent.address_ar,
        parcel=parent.parcel,
        units=units,
        vocations=needing or tuple(every.values()),
        sample=not reference.verified,
        visited=held_at.astimezone(AMMAN).date() if held_at else None,
        reminds_of=reminds_of,
    )


def draw_what_stands(
    renderer: PaperRenderer,
    shelf: PaperShelf,
    request: Request,
    licences: Mapping[str, Licence],
    staff: Mapping[str, Actor],
    reference: Reference,
    certify: Certify | None = None,
) -> tuple[LoadedFact, ...]:
    """The papers of a request that came from elsewhere (sample data, a take-over), as if drawn in their time.

    Every issued licence of `licences` and the receipt that stands; of one that is not issued yet the letters whose
    answers are awaited.
    """
    at = request.issue.issued_at
    if at is None:
        return _letters_that_wait(renderer, shelf, request, licences.get(request.plan.parent_number), reference)
    drawn: list[tuple[PaperOrder, bytes]] = []
    for issued in request.issue.licences:
        if issued.number in licences:
            licence = licences[issued.number]
            code = certify(licence, at, not reference.verified) if certify else ""
            content = certificate_content(licence, request, reference, at.astimezone(AMMAN).date(), code)
            drawn.append((PaperOrder("certificate", issued.number, request.id), renderer.certificate(content)))
    if (receipt := request.payment.receipt) is not None:
        cashier = staff[receipt.cashier].name_ar if receipt.cashier in staff else receipt.cashier
        paper = renderer.receipt(receipt_content(receipt, request, reference, cashier))
        drawn.append((PaperOrder("receipt", receipt.number, request.id), paper))
    return tuple(stored_paper_fact(shelf, order, content, request.branch, at) for order, content in drawn)


def _letters_that_wait(
    renderer: PaperRenderer, shelf: PaperShelf, request: Request, parent: Licence | None, reference: Reference
) -> tuple[LoadedFact, ...]:
    facts = []
    for letter in awaited_letters(request):
        drawn = [("letter", letter.number, letter.dated), *(("reminder", r.number, r.dated) for r in letter.reminders)]
        for kind, number, dated in drawn:
            order = PaperOrder(kind, number, request.id, letter.body)
            content = renderer.letter(letter_content(order, request, parent, reference))
            at = datetime.combine(dated, reference.calendar.opens, AMMAN).astimezone(UTC)
            facts.append(stored_paper_fact(shelf, order, content, request.branch, at))
    return tuple(facts)


def stored_paper_fact(shelf: PaperShelf, order: PaperOrder, content: bytes, branch: int, at: datetime) -> LoadedFact:
    """Keeps the bytes of a drawn paper and gives the fact that tells of them."""
    digest = hashlib.sha256(content).hexdigest()
    shelf.keep_paper(digest, content, at)
    paper = StoredPaper(
        id=digest,
        kind=order.kind,
        number=order.number,
        request_id=order.request_id,
        branch=branch,
        size=len(content),
        drawn_at=at,
        part=order.part,
    )
    return LoadedFact(FactKind.PAPER, digest, branch, encode(paper))


def _licence_of(order: PaperOrder, outcome: Outcome, case: Case) -> Licence:
    known: tuple[Licence, ...] = (*outcome.licences, *case.children, *((case.parent,) if case.parent else ()))
    number = licence_of_paper(order.number)
    found = next((licence for licence in known if licence.number == number), None)
    if found is None:
        raise PaperWithoutContentError(f"no licence {number}")
    return found


def _copy_of(order: PaperOrder, request: Request) -> int:
    found = next((copy for copy in request.issue.copies if copy.number == order.number), None)
    if found is None:
        raise PaperWithoutContentError(f"no copy {order.number}")
    return found.count


def _receipt_of(order: PaperOrder, request: Request) -> Receipt:
    found = next((receipt for receipt in request.payment.receipts if receipt.number == order.number), None)
    if found is None:
        raise PaperWithoutContentError(f"no receipt {order.number}")
    return found


def _district(number: int, reference: Reference) -> District:
    return reference.find_district(number) or District(number, str(number), str(number), 0.0, 0.0)


def _body_of_no_table(code: str) -> OutsideBody:
    """The Civil Defence is asked by the card itself, whatever the table of bodies says."""
    if code == CIVIL_DEFENCE_BODY:
        return OutsideBody(code, "مديرية الدفاع المدني", "Civil Defence Directorate")
    return OutsideBody(code, code, code)
