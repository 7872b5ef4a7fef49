"""What other systems may do: the card's electronic payment of dues and fees, and the requests of the portal."""

from __future__ import annotations

import pytest

from desktop_app.domain.actor import EPAYMENT, PORTAL
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import PaymentMethod
from tests.domain.builders import clerk, make_content, refusal_keys
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey


@pytest.mark.parametrize("amount", [None, Fils(0), Fils(200_499), Fils(200_501)])
def test_a_payment_system_releases_dues_by_exactly_their_sum(amount: Fils | None) -> None:
    walk = journey(Status.DUES_OUTSTANDING)
    refused = walk.centre.give(EPAYMENT, SettleDues(walk.id, "PAY-1", amount))
    assert refusal_keys(refused) == {"payment.amount_differs"}
    walk.do(EPAYMENT, SettleDues(walk.id, "PAY-1", Fils(200_500)))
    assert walk.status is Status.LODGED


def test_a_clerk_settles_by_the_reference_that_is_shown() -> None:
    walk = journey(Status.DUES_OUTSTANDING)
    walk.do(clerk(), SettleDues(walk.id, "E-1"))
    assert walk.status is Status.LODGED


def test_an_electronic_payment_has_a_receipt_of_the_centres_own_series() -> None:
    walk = journey(Status.AWAITING_PAYMENT)
    bill = walk.request.fees.calculation
    assert bill is not None
    walk.do(EPAYMENT, RecordPayment(walk.id, "", bill.total, PaymentMethod.ELECTRONIC, "PAY-1"))
    assert walk.status is Status.ISSUED
    (receipt,) = walk.request.payment.receipts
    assert (receipt.number, receipt.cashier) == ("C-2026-08-EPAY-00001", EPAYMENT.id)


@pytest.mark.parametrize("kind", [Lodge, SaveDraft])
def test_the_portals_references_are_the_portals_alone(kind: type[Command]) -> None:
    refused = Centre().give(clerk(), kind("r1", "WEB-000001", make_content()))  # type: ignore[call-arg, arg-type]
    assert refusal_keys(refused) == {"reference.is_the_portals"}
    walk = Journey()
    walk.do(PORTAL, Lodge("r1", "WEB-000001", make_content()))
    assert walk.request.from_portal
    assert not journey(Status.LODGED).request.from_portal
