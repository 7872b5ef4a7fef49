"""Every guided journey can be walked to its end, by the sample staff of Zahran, through the rules alone."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.demo.desks import Desks, Seat
from desktop_app.demo.sample import SampleData
from desktop_app.demo.staff import HOME_BRANCH
from desktop_app.demo.tour_requests import IN_DEBT, TOURS, tour_parents, tour_request
from desktop_app.demo.visits import visit_record
from desktop_app.demo.world import FinalNumbers, World
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.approve_fees import ApproveFees
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.commands.request_civil_defence import RequestCivilDefence
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import CivilDefenceState, PaymentMethod

NUMBERS = range(1, TOURS + 1)
ID = "0197f3c0-0000-7000-8000-000000000001"


def fresh(sample: SampleData) -> World:
    """A world of its own beside the sample's."""
    old = sample.world
    world = World(old.data, old.staff, FinalNumbers(dict(old.numbers.counters)), deepcopy(old.random))
    world.licences.update(old.licences)
    world.dues.update(old.dues)
    return world


def walk(world: World, number: int, start: datetime) -> Iterator[Status]:
    """Each step of a journey; yields the status after it."""
    content = tour_request(number, start.year).content
    desks = Desks()
    clerk, cashier, supervisor = (desk(HOME_BRANCH) for desk in (desks.clerk, desks.cashier, desks.supervisor))
    inspector = desks.inspectors(HOME_BRANCH)[0]
    at = start

    def give(seat: Seat, command: Command) -> Status:
        nonlocal at
        at += timedelta(minutes=1)
        outcome = world.give(command, seat.actor, seat.device, at)
        assert outcome.request is not None
        return status_of(outcome.request)

    def day() -> datetime:
        return at

    yield give(clerk, Lodge(ID, "K1-000001", content))
    if status_of(world.requests[ID]) is Status.DUES_OUTSTANDING:
        yield give(clerk, SettleDues(ID, "EF-1"))
    yield give(clerk, Accept(ID))
    for approval in world.requests[ID].approvals:
        yield give(clerk, RequestApproval(ID, approval.body, "1/2026", day().date()))
        seat = desks.answering(approval.body, HOME_BRANCH)
        yield give(seat, RecordApproval(ID, approval.body, True, "2/2026", day().date()))
    visit_day = world.data.calendar.next_working_day(at.date())
    yield give(clerk, ScheduleInspection(ID, inspector.actor.id, visit_day, "morning"))
    request = world.requests[ID]
    parent = world.licences[request.plan.parent_number]
    yield give(inspector, visit_record(request, parent, world.data, True, world.random))
    if world.requests[ID].civil_defence.state is CivilDefenceState.NEEDED:
        yield give(clerk, RequestCivilDefence(ID, "3/2026", day().date()))
        yield give(clerk, RecordCivilDefence(ID, True, "4/2026", day().date()))
    yield give(clerk, AssessFees(ID))
    bill = world.requests[ID].fees.calculation
    assert bill is not None
    yield give(supervisor, ApproveFees(ID, bill.total))
    yield give(cashier, RecordPayment(ID, desks.receipt(HOME_BRANCH, at.year), bill.total, PaymentMethod.CASH))
    for made in world.requests[ID].issue.licences:
        yield give(clerk, ConfirmPrint(ID, made.number, desks.sheet(HOME_BRANCH), True))
    yield give(clerk, Deliver(ID, content.applicant.person.name_ar, content.applicant.person.identity.number))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_journey_ends_delivered(sample: SampleData, as_of: datetime, number: int) -> None:
    world = fresh(sample)
    before = tour_request(number, as_of.year).parent
    *_, last = walk(world, number, as_of)
    assert last is Status.DELIVERED
    request = world.requests[ID]
    made = [world.licences[one.number] for one in request.issue.licences]
    assert len(made) == 3
    assert sum(int(one.area) for one in made) == int(before.area)
    assert len({one.holder.identity.key for one in made}) == 3


def test_the_first_journey_stops_at_every_desk(sample: SampleData, as_of: datetime) -> None:
    passed = set(walk(fresh(sample), 1, as_of))
    assert passed >= {
        Status.LODGED,
        Status.AWAITING_APPROVALS,
        Status.TO_SCHEDULE,
        Status.INSPECTION_SCHEDULED,
        Status.AWAITING_CIVIL_DEFENCE,
        Status.FEES_TO_ASSESS,
        Status.FEES_TO_APPROVE,
        Status.AWAITING_PAYMENT,
        Status.ISSUED,
        Status.PRINTED,
        Status.DELIVERED,
    }
    assert tour_request(1, as_of.year).content.requirements.construction_certificate


def test_there_are_at_least_twenty_and_no_two_alike(as_of: datetime) -> None:
    contents = [tour_request(number, as_of.year).content for number in NUMBERS]
    assert len(contents) >= 20
    assert len({one.applicant.person.name_ar for one in contents}) == len(contents)
    assert len({one.plan for one in contents}) == len(contents)
    assert {one.applicant.capacity.value for one in contents} == {"owner", "tenant", "agent"}
    assert any(child.added_vocations for one in contents for child in one.plan.children)
    assert any(child.signs for one in contents for child in one.plan.children)


def test_the_parents_stand_untouched_in_the_register(sample: SampleData, as_of: datetime) -> None:
    for parent in tour_parents(as_of.year):
        assert sample.world.licences[parent.number] == parent


def test_some_owners_are_held_until_they_paid_and_nobody_else(sample: SampleData, as_of: datetime) -> None:
    journeys = [tour_request(number, as_of.year) for number in NUMBERS]
    owing = {one.number for one in journeys if one.content.applicant.person.identity.key in sample.world.dues}
    assert owing == IN_DEBT
    assert all(tour_request(number, as_of.year).content.applicant.capacity is Capacity.OWNER for number in owing)
    for number in owing:
        assert next(walk(fresh(sample), number, as_of)) is Status.DUES_OUTSTANDING


def test_a_certificate_is_brought_exactly_where_a_vocation_needs_it(sample: SampleData, as_of: datetime) -> None:
    for number in NUMBERS:
        content = tour_request(number, as_of.year).content
        codes = tuple(code for child in content.plan.children for code in child.all_vocations)
        needed = sample.world.data.needs_construction_certificate(codes)
        assert bool(content.requirements.construction_certificate) is needed, number


def test_no_name_says_a_word_twice(as_of: datetime) -> None:
    for number in NUMBERS:
        journey = tour_request(number, as_of.year)
        for name in (journey.parent.trade_name, *(child.trade_name for child in journey.content.plan.children)):
            assert len(set(name.split())) == len(name.split()), name


@pytest.mark.parametrize("number", [0, TOURS + 1])
def test_another_number_is_refused(number: int) -> None:
    with pytest.raises(LookupError):
        tour_request(number, datetime.now(UTC).year)
