"""The card: بعد قبول الطلب، يتم استلام رسالة نصية برقم الطلب. Acceptance also reserves, and starts the three days."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.licence import LicenceStatus
from desktop_app.domain.request import Status
from desktop_app.domain.split import ChildUnit
from tests.domain.builders import (
    NOW,
    PARENT,
    clerk,
    make_child,
    make_content,
    make_plan,
    refusal_keys,
    supervisor,
)
from tests.domain.journey import Journey, journey


def lodge_second(first: Journey, *children: ChildUnit) -> Journey:
    second = Journey(first.centre, make_content(make_plan(*children)), "r2")
    second.lodge()
    return second


def test_acceptance_numbers_the_request_and_tells_the_applicant() -> None:
    walked = journey(Status.LODGED)
    told = walked.accept().notices
    assert walked.request.number == "R-2026-08-000001"
    assert [(n.kind.value, n.to) for n in told[:1]] == [("accepted", "+962791234567")]
    assert told[0].args.get("number") == "R-2026-08-000001"


def test_an_accepted_request_starts_the_clock_at_the_deciders_time() -> None:
    assert journey(Status.AWAITING_APPROVALS).request.clock.started == NOW


def test_without_final_numbers_the_devices_reference_stands_in() -> None:
    walked = journey(Status.LODGED)
    walked.do(clerk(), Accept(walked.id), final=False)
    assert walked.request.number is None
    assert walked.request.shown_number == "K1-r1"


def test_acceptance_reserves_area_vocations_and_signs() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    (held,) = walked.centre.licences[PARENT].reservations
    assert (held.request_id, held.area, held.vocations, held.signs) == ("r1", 10_000, ("pharmacy",), ("S1",))


def test_area_that_another_request_holds_is_refused_and_the_holder_named() -> None:
    first = journey(Status.TO_SCHEDULE)
    second = lodge_second_unchecked(first, make_child(area=10_001, vocations=("stationery",)))
    refused = first.centre.give(clerk(), Accept(second.id))
    assert [(why.key, why.args.get("request"), why.args.get("free")) for why in refused.refusals] == [
        ("split.area_reserved", first.request.number, 10_000)
    ]


def test_a_second_split_is_lodged_with_a_warning_that_names_the_first_and_accepted_only_within_what_is_left() -> None:
    first = journey(Status.TO_SCHEDULE)
    content = make_content(make_plan(make_child(area=10_001, vocations=("stationery",))))
    lodged = first.centre.give(clerk(), Lodge("r2", "K1-r2", content))
    assert lodged.accepted
    named = {why.key: dict(why.args).get("request") for why in lodged.warnings}
    assert named["parent.second_request"] == named["split.area_reserved"] == first.request.number
    refused = first.centre.give(clerk(), Accept("r2"))
    assert "split.area_reserved" in refusal_keys(refused)


def lodge_second_unchecked(first: Journey, *children: ChildUnit) -> Journey:
    """As two counters do it offline: the second is lodged before it hears of the first's acceptance."""
    parent = first.centre.licences[PARENT]
    first.centre.licences[PARENT] = replace(parent, reservations=())
    second = lodge_second(first, *children)
    first.centre.licences[PARENT] = parent
    return second


@pytest.mark.parametrize(
    ("child", "why"),
    [
        (make_child(area=1_000, vocations=("pharmacy",)), "split.vocation_reserved"),
        (make_child(area=1_000, vocations=("stationery",), signs=("S1",)), "split.sign_reserved"),
    ],
)
def test_a_vocation_or_sign_that_another_request_holds_is_refused_and_the_holder_named(
    child: ChildUnit, why: str
) -> None:
    first = journey(Status.TO_SCHEDULE)
    second = lodge_second_unchecked(first, child)
    (refusal,) = first.centre.give(clerk(), Accept(second.id)).refusals
    assert (refusal.key, refusal.args.get("request")) == (why, first.request.number)


def test_a_second_split_is_accepted_within_what_is_left() -> None:
    first = journey(Status.TO_SCHEDULE)
    lodge_second(first, make_child(area=4_000, vocations=("stationery",), signs=("S2",))).accept()
    assert first.centre.licences[PARENT].free_area == 6_000


@pytest.mark.parametrize(
    "status",
    [Status.REFUSED, Status.WITHDRAWN, Status.EXPIRED, Status.REFUSED_BY_BODY, Status.REFUSED_BY_CIVIL_DEFENCE],
)
def test_a_request_that_ends_without_issue_gives_back_what_it_held(status: Status) -> None:
    parent = journey(status).centre.licences[PARENT]
    assert parent.reservations == ()
    assert parent.area == 20_000


def test_a_parent_that_changed_between_lodging_and_acceptance_is_looked_at_again() -> None:
    walked = journey(Status.LODGED)
    parent = walked.centre.licences[PARENT]
    for changed, why in (
        (replace(parent, status=LicenceStatus.SUSPENDED), "parent.suspended"),
        (replace(parent, renewed_for=2025), "parent.not_renewed"),
        (replace(parent, vocations=("grocery",)), "split.vocation_not_parents"),
        (replace(parent, area=parent.area - 12_000), "split.area_over_parent"),
    ):
        walked.centre.licences[PARENT] = changed
        assert refusal_keys(walked.centre.give(clerk(), Accept(walked.id))) == {why}


def test_returning_refusing_and_withdrawing_need_a_reason() -> None:
    walked = journey(Status.LODGED)
    for actor, command in (
        (clerk(), ReturnForCompletion(walked.id, " ")),
        (supervisor(), Refuse(walked.id, "")),
        (clerk(), Withdraw(walked.id, "")),
    ):
        assert refusal_keys(walked.centre.give(actor, command)) == {"reason.missing"}


def test_a_returned_request_is_lodged_again_and_keeps_its_identity() -> None:
    walked = journey(Status.RETURNED)
    walked.do(clerk(), Lodge(walked.id, "K9-5", walked.content))
    assert (walked.status, walked.request.reference) == (Status.LODGED, "K1-r1")


def test_the_order_of_the_card_holds_nothing_happens_before_acceptance() -> None:
    walked = journey(Status.LODGED)
    request = walked.request
    assert (request.number, request.approvals, request.visits, request.clock.started) == (None, (), (), None)
