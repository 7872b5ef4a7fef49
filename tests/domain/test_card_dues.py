"""The card: an owner's dues (مسقفات، تحققات) are shown, and are paid electronically before acceptance."""

from __future__ import annotations

import pytest

from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.dues import dues_notice
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import DuesState
from tests.domain.builders import OWNER_KEY, clerk, make_content, make_dues, refusal_keys
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey


def test_the_screen_shows_each_amount_and_that_it_is_paid_electronically() -> None:
    shown = dues_notice(make_dues(120_500, 80_000).dues)
    assert [line.key for line in shown] == ["dues.owed", "dues.owed", "dues.pay_electronically"]
    assert [line.args.get("amount") for line in shown] == [120_500, 80_000, 200_500]
    assert [line.args.get("kind") for line in shown[:2]] == ["musaqqafat", "tahaqquqat"]
    assert dues_notice(()) == ()


def test_lodging_shows_an_owner_the_notice_and_holds_the_request() -> None:
    centre = Centre()
    centre.dues[OWNER_KEY] = make_dues(120_500, 80_000)
    walked = Journey(centre, make_content(capacity=Capacity.OWNER))
    assert [warning.key for warning in walked.lodge().warnings] == ["dues.owed"] * 2 + ["dues.pay_electronically"]
    assert walked.status is Status.DUES_OUTSTANDING


@pytest.mark.parametrize("capacity", [Capacity.TENANT, Capacity.AGENT])
def test_only_owners_are_asked_for_dues(capacity: Capacity) -> None:
    centre = Centre()
    centre.dues[OWNER_KEY] = make_dues(120_500)
    walked = Journey(centre, make_content(capacity=capacity))
    assert not walked.lodge().warnings
    assert walked.request.dues.state is DuesState.NOT_APPLICABLE
    walked.accept()


def test_a_request_is_not_accepted_before_the_dues_are_paid() -> None:
    walked = journey(Status.DUES_OUTSTANDING)
    refused = walked.centre.give(clerk(), Accept(walked.id))
    assert [(why.key, why.args.get("amount")) for why in refused.refusals] == [("dues.outstanding", 200_500)]
    walked.do(clerk(), SettleDues(walked.id, "EFAWATEER-77"))
    assert walked.status is Status.LODGED
    walked.accept()


def test_a_settlement_needs_its_electronic_reference() -> None:
    walked = journey(Status.DUES_OUTSTANDING)
    assert refusal_keys(walked.centre.give(clerk(), SettleDues(walked.id, " "))) == {"dues.reference_missing"}


def test_what_the_register_no_longer_shows_was_paid() -> None:
    walked = journey(Status.DUES_OUTSTANDING)
    walked.centre.dues[OWNER_KEY] = make_dues()
    walked.accept()
    assert walked.request.dues.state is DuesState.SETTLED


def test_dues_that_appear_between_lodging_and_acceptance_hold_the_request() -> None:
    walked = Journey(content=make_content(capacity=Capacity.OWNER))
    walked.lodge()
    walked.centre.dues[OWNER_KEY] = make_dues(5_000)
    assert refusal_keys(walked.centre.give(clerk(), Accept(walked.id))) == {"dues.outstanding"}
    walked.do(clerk(), SettleDues(walked.id, "E-1"))
    walked.centre.dues[OWNER_KEY] = make_dues(5_000, 7_000)
    assert refusal_keys(walked.centre.give(clerk(), Accept(walked.id))) == {"dues.outstanding"}
    walked.do(clerk(), SettleDues(walked.id, "E-2"))
    assert "E-1" in walked.request.dues.payment_reference
    assert "E-2" in walked.request.dues.payment_reference
    walked.accept()


def test_what_was_settled_stays_settled_when_the_request_comes_back_for_completion() -> None:
    walked = journey(Status.DUES_OUTSTANDING)
    walked.do(clerk(), SettleDues(walked.id, "E-1"))
    walked.do(clerk(), ReturnForCompletion(walked.id, "سند غير واضح"))
    lodged = walked.do(clerk(), Lodge(walked.id, "K1-r1", walked.content))
    assert not lodged.warnings
    assert walked.status is Status.LODGED
