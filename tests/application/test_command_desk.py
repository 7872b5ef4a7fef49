"""The desk decides, signs, stores and applies: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop_app.application.uuid7 import uuid7
from desktop_app.domain.actions import Action
from desktop_app.domain.actor import Role
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import PaymentMethod
from desktop_app.wire.envelope import command_of, open_payload
from tests.domain.builders import NOW
from tests.sync.stations import visible
from tests.workplaces import TestWorkplace, content_for, make_workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[TestWorkplace]:
    made = make_workplace(tmp_path)
    yield made
    made.close()


def _first(workplace: TestWorkplace, status: Status) -> Request:
    return next(one for one in workplace.centre.centre.requests.values() if status_of(one) is status)


def _pending(workplace: TestWorkplace) -> tuple[bytes, ...]:
    with workplace.store.reading() as reads:
        return tuple(one.signed.payload for one in reads.commands(("waiting",)))


def test_an_accepted_command_is_signed_stored_and_shown_at_once(workplace: TestWorkplace) -> None:
    request = _first(workplace, Status.LODGED)
    outcome = workplace.commands.give(Accept(request.id))
    assert outcome.accepted
    view = workplace.queries.get_request(request.id)
    assert (status_of(view.request), view.pending) == (Status.AWAITING_APPROVALS, 1)
    assert view.request.number is None
    assert view.parent is not None
    assert [held.request_id for held in view.parent.reservations] == [request.id]
    with workplace.store.reading() as reads:
        (pending,) = reads.commands(("waiting",))
    envelope = open_payload(pending.signed.payload)
    assert command_of(envelope) == Accept(request.id)
    assert (envelope.author, envelope.device, envelope.sequence, envelope.base) == ("clerk", "K1", 1, 1)
    (key,) = workplace.centre.keys["clerk", "K1"]
    public = Ed25519PublicKey.from_public_bytes(key)
    public.verify(pending.signed.signature, pending.signed.payload)
    with pytest.raises(InvalidSignature):
        public.verify(pending.signed.signature, pending.signed.payload + b" ")


def test_a_refused_command_changes_nothing(workplace: TestWorkplace) -> None:
    before = visible(workplace.store)
    outcome = workplace.commands.give(Accept(_first(workplace, Status.ISSUED).id))
    assert [why.key for why in outcome.refusals] == ["action.not_in_status"]
    assert (visible(workplace.store), _pending(workplace)) == (before, ())
    request = _first(workplace, Status.LODGED)
    workplace.commands.give(Accept(request.id))
    assert [open_payload(payload).sequence for payload in _pending(workplace)] == [1]


def test_a_rehearsal_stores_nothing(workplace: TestWorkplace) -> None:
    before = visible(workplace.store)
    request = _first(workplace, Status.LODGED)
    assert workplace.commands.rehearse(Accept(request.id)).accepted
    assert (visible(workplace.store), _pending(workplace)) == (before, ())


def test_what_was_seen_before_it_changed_is_refused(workplace: TestWorkplace) -> None:
    request = _first(workplace, Status.LODGED)
    outcome = workplace.commands.give(Withdraw(request.id, "عدول"), base=0)
    assert [why.key for why in outcome.refusals] == ["track.moved_on"]
    assert workplace.commands.give(Withdraw(request.id, "عدول"), base=1).accepted


def test_signs_that_turn_a_texts_order_are_dropped_before_anything_is_signed(workplace: TestWorkplace) -> None:
    request = _first(workplace, Status.LODGED)
    pasted = Withdraw(request.id, "\u202bعدول\u202c")
    assert workplace.commands.rehearse(pasted).accepted
    assert workplace.commands.give(pasted, base=1).accepted
    (payload,) = _pending(workplace)
    assert command_of(open_payload(payload)) == Withdraw(request.id, "عدول")


def test_only_legal_actions_are_offered(workplace: TestWorkplace) -> None:
    request = _first(workplace, Status.LODGED)
    offered = {one.action for one in workplace.commands.available(request.id) if one.legal}
    assert offered == {Action.ACCEPT, Action.ATTACH_DOCUMENT, Action.RETURN, Action.WITHDRAW}
    workplace.commands.give(Accept(request.id))
    offered = {one.action for one in workplace.commands.available(request.id) if one.legal}
    assert offered == {Action.ATTACH_DOCUMENT, Action.REQUEST_APPROVAL, Action.WITHDRAW}


def test_someone_whom_the_centre_has_disabled_can_give_nothing_more(workplace: TestWorkplace) -> None:
    from desktop_app.storage.facts_writer import FactsWriter, Said
    from desktop_app.wire.codec import encode
    from desktop_app.wire.facts import FactKind

    gone = replace(workplace.session.actor, active=False)
    with workplace.store.writing() as writes:
        FactsWriter(writes).write([Said(FactKind.STAFF, gone.id, 0, encode(gone))])
    outcome = workplace.commands.give(Accept(_first(workplace, Status.LODGED).id))
    assert [why.key for why in outcome.refusals] == ["action.not_your_role"]


def test_references_are_never_the_same_and_receipts_have_no_gap(tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path, cashier=True)
    desk = workplace.commands
    assert [desk.next_reference(), desk.next_reference()] == ["K1-000001", "K1-000002"]
    one, other = (
        request
        for request in workplace.centre.centre.requests.values()
        if status_of(request) is Status.AWAITING_PAYMENT
    )
    shown = desk.next_receipt_number(8)
    assert shown == desk.next_receipt_number(8) == "C-2026-08-K1-00001"
    # Two forms were open, and both had been shown the same number.
    numbers = []
    for request in (one, other):
        bill = request.fees.calculation
        assert bill is not None
        paid = desk.give(RecordPayment(request.id, shown, bill.total, PaymentMethod.CASH)).request
        assert paid is not None
        assert paid.payment.receipt is not None
        numbers.append(paid.payment.receipt.number)
    assert numbers == ["C-2026-08-K1-00001", "C-2026-08-K1-00002"]
    assert [command_of(open_payload(payload)).receipt_number for payload in _pending(workplace)] == numbers  # type: ignore[union-attr]
    assert desk.next_receipt_number(8) == "C-2026-08-K1-00003"
    workplace.fixed_clock.pass_time(timedelta(days=400))
    assert desk.next_receipt_number(8) == "C-2027-08-K1-00001"
    workplace.close()


def test_identities_are_version_7_and_sort_by_when_they_were_made() -> None:
    made = [uuid7(NOW + timedelta(milliseconds=at)) for at in range(50)]
    assert made == sorted(made)
    assert {UUID(one).version for one in made} == {7}
    assert UUID(made[0]).variant == "specified in RFC 4122"
    # The example of RFC 9562, appendix A.6.
    from datetime import UTC, datetime

    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    assert uuid7(at, 0xCC3 << 62 | 0x18C4DC0C0C07398F) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_a_rehearsal_of_a_new_request_warns_of_the_second_on_the_same_parent(workplace: TestWorkplace) -> None:
    request = _first(workplace, Status.LODGED)
    content = replace(content_for(50), plan=request.plan)
    outcome = workplace.commands.rehearse(Lodge(workplace.commands.new_request_id(), "K1-9", content))
    assert [why.key for why in outcome.warnings] == ["parent.second_request"]


def test_the_case_shows_the_bookings_of_the_day_that_is_asked_for(workplace: TestWorkplace) -> None:
    booked = _first(workplace, Status.INSPECTION_SCHEDULED)
    assert booked.visit is not None
    day = booked.visit.day
    assert day is not None
    case = workplace.commands.case_of(booked.id, day=day)
    assert booked.id in {one.request_id for one in case.bookings}
    assert {one.id for one in case.inspectors} == {"inspector", "inspector-2"}
    assert workplace.commands.case_of(booked.id, day=day + timedelta(days=100)).bookings == ()
    assert workplace.commands.context().actor.role is Role.CLERK
