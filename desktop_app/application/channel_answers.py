"""What other systems are told: refusals as data with their sentences, and how a request stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import Enum

from desktop_app.application.spoken import spoken
from desktop_app.domain.area import Area
from desktop_app.domain.deciding import Case, Outcome
from desktop_app.domain.dues import dues_notice, holding_dues
from desktop_app.domain.messages import Argument as Value
from desktop_app.domain.messages import Message
from desktop_app.domain.money import Fils, total
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.request_status import Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Fees, FeesState, PaymentState
from desktop_app.texts import name_of, strip_marks, using
from desktop_app.wire import channels as wire
from desktop_app.wire.codec import encode


def refused_answer(refusals: Iterable[Message], reference: Reference) -> bytes:
    return encode({"state": "refused", "refusals": [sentence(one, reference) for one in refusals], "result": None})


def accepted_answer(outcome: Outcome | None = None, *, paid: bool = False) -> bytes:
    """Of a payment, with the receipt and the licences that it brought."""
    request = outcome.request if outcome is not None else None
    result = _paid(request) if paid and request is not None else None
    return encode({"state": "accepted", "refusals": [], "result": result})


def sentence(said: Message, reference: Reference) -> wire.Sentence:
    """One sentence of the rules, as data and in both languages; codes are named by `reference` in the words alone."""
    words = {}
    for language in ("ar", "en"):
        with using(language):
            words[language] = strip_marks(spoken(said, reference))
    arguments = {name: _argument(value) for name, value in said.args}
    return wire.Sentence(key=said.key, arguments=arguments, field=said.about, ar=words["ar"], en=words["en"])


def request_view(case: Case, notices: Sequence[Notice], reference: Reference) -> wire.RequestOut:
    """How the request of `case` stands, for the portal. Raises ValueError for a case without one."""
    request = case.request
    if request is None:
        raise ValueError("a case without a request")
    owed = holding_dues(case)
    receipt = request.payment.receipt
    return wire.RequestOut(
        number=request.number,
        reference=request.reference,
        branch=request.branch,
        status=_status(status_of(request)),
        reason=request.intake.reason,
        answer_by=request.intake.answer_by,
        lodged_at=request.intake.lodged_at,
        accepted_at=request.intake.accepted_at,
        dues=wire.DuesOut(
            state=request.dues.state,
            total_fils=int(total(tuple(due.amount for due in owed))),
            items=tuple(
                wire.DueOut(reference=due.reference, kind=due.kind, amount_fils=int(due.amount), about_ar=due.about_ar)
                for due in owed
            ),
            notice=tuple(sentence(one, reference) for one in dues_notice(owed)),
        ),
        fees=_fees(request.fees, status_of(request)),
        payment=wire.PaymentOut(
            state=request.payment.state,
            receipt=receipt.number if receipt else "",
            paid_fils=int(receipt.amount) if receipt else None,
            paid_at=receipt.taken_at if receipt else None,
        ),
        licences=_licences(request),
        notices=tuple(wire.NoticeOut(kind=one.kind, made_at=one.made_at) for one in notices),
    )


def _paid(request: Request) -> wire.PaidOut:
    receipt = request.payment.receipt
    paid = receipt if request.payment.state is PaymentState.PAID else None
    return wire.PaidOut(
        request=request.shown_number,
        receipt=paid.number if paid else "",
        amount_fils=int(paid.amount) if paid else 0,
        licences=_licences(request) if paid else (),
    )


def _licences(request: Request) -> tuple[wire.LicenceOut, ...]:
    return tuple(wire.LicenceOut(unit=one.unit, number=one.number) for one in request.issue.licences)


def _fees(fees: Fees, status: Status) -> wire.FeesOut:
    bill = fees.calculation
    due = bill is not None and fees.state is FeesState.APPROVED and status is Status.AWAITING_PAYMENT
    return wire.FeesOut(
        state=fees.state, due_fils=int(bill.total) if bill is not None and due else None, approved_at=fees.approved_at
    )


def _status(status: Status) -> wire.StatusOut:
    return wire.StatusOut(key=status, ar=_named(status, "ar"), en=_named(status, "en"))


def _named(member: Enum, language: str) -> str:
    with using(language):
        return strip_marks(name_of(member))


def _argument(value: Value) -> wire.Argument:
    match value:
        case Fils():
            return wire.Argument(type="fils", value=int(value))
        case Area():
            return wire.Argument(type="area", value=int(value))
        case datetime():
            return wire.Argument(type="moment", value=value.astimezone(UTC).isoformat())
        case date():
            return wire.Argument(type="day", value=value.isoformat())
        case int():
            return wire.Argument(type="count", value=value)
        case _:
            return wire.Argument(type="text", value=value)
