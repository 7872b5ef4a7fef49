"""The sample data: the same every time, of every status, and consistent with the laws of the domain."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.application.ports.loading import NumberCounter, NumberSeries
from desktop_app.application.telephone import normal_mobile
from desktop_app.demo.sample import LICENCES, OWNERS_IN_DEBT, SampleData, sample_data
from desktop_app.demo.sample_requests import QUOTAS, RIVALS
from desktop_app.demo.staff import HOME_BRANCH, STAFF, demo_sign_ins
from desktop_app.demo.tour_requests import IN_DEBT
from desktop_app.domain.actor import Role
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.deadlines import find_last_day
from desktop_app.domain.deciding import Booking
from desktop_app.domain.identifiers import check_identity, is_licence_number
from desktop_app.domain.letters import awaited_letters
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.pauses import time_spent
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import VisitState
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import TYPE_OF, FactKind


def requests(sample: SampleData) -> list[Request]:
    return list(sample.world.requests.values())


def test_the_same_seed_gives_the_same_bytes(sample: SampleData, reference: Reference, as_of: datetime) -> None:
    again = sample_data(reference, as_of)
    assert list(again.facts()) == list(sample.facts())
    assert again.counters == sample.counters
    assert again.papers == sample.papers


def test_another_seed_gives_other_people(sample: SampleData, reference: Reference, as_of: datetime) -> None:
    other = sample_data(reference, as_of, seed=7)
    mine, theirs = ({one.holder.name_ar for one in data.register} for data in (sample, other))
    assert len(mine & theirs) < len(mine) / 2


def test_every_status_has_its_quota(sample: SampleData) -> None:
    assert Counter(status_of(one) for one in requests(sample)) == QUOTAS
    assert sum(QUOTAS.values()) == 400
    assert set(Status) - set(QUOTAS) == {Status.TO_ISSUE}  # never at the centre: it issues as it takes the payment


def test_the_home_branch_has_every_status(sample: SampleData) -> None:
    assert {status_of(one) for one in requests(sample) if one.branch == HOME_BRANCH} == set(QUOTAS)


def test_the_register_covers_the_city(sample: SampleData) -> None:
    register = sample.register
    assert len(register) == LICENCES
    assert {one.district for one in register} == set(range(1, 23))
    assert {len(one.vocations) for one in register} == {1, 2, 3, 4, 5}
    assert len({one.number for one in register}) == LICENCES
    assert all(is_licence_number(one.number) for one in register)
    share = Counter(one.status for one in register)
    assert 30 < share[LicenceStatus.SUSPENDED] < 200
    assert 200 < sum(one.renewed_for < 2026 for one in register) < 600
    identities = {one.holder.identity.key for one in register}
    assert len(identities) == LICENCES
    assert not any(check_identity(one.holder.identity, "").refusals for one in register)


def kin(sample: SampleData, root: Licence) -> list[Licence]:
    """What stands of a register's licence today: itself and all that was split off and not taken back."""
    found, number = [sample.world.licences[root.number]], 0
    children: dict[str, list[Licence]] = {}
    for one in sample.world.licences.values():
        if one.parent_number and one.status is not LicenceStatus.CLOSED:
            children.setdefault(one.parent_number, []).append(one)
    while number < len(found):
        found += children.get(found[number].number, [])
        number += 1
    return found


def test_area_vocations_and_signs_are_conserved_in_every_family(sample: SampleData) -> None:
    split = [one for one in sample.register if sample.world.licences[one.number] != one]
    assert len(split) > 100
    for root in split:
        family = kin(sample, root)
        assert sum(int(one.area) for one in family) == int(root.area)
        signs = sorted(sign.code for one in family for sign in one.signs)
        assert signs == sorted(sign.code for sign in root.signs)
        held = Counter(code for one in family for code in one.vocations)
        assert all(held[code] == 1 for code in root.vocations)
    untouched = len(sample.register) - len(split)
    assert untouched == sum(sample.world.licences[one.number] == one for one in sample.register)


def test_nothing_is_promised_twice(sample: SampleData) -> None:
    accepted = {one.id: one for one in requests(sample)}
    for licence in sample.world.licences.values():
        assert licence.free_area >= 0
        vocations = [code for held in licence.reservations for code in held.vocations]
        assert len(vocations) == len(set(vocations))
        for held in licence.reservations:
            assert accepted[held.request_id].number == held.request_number
            assert status_of(accepted[held.request_id]) not in ENDED


def test_accepted_and_open_means_reserved(sample: SampleData) -> None:
    reserved = {held.request_id for one in sample.world.licences.values() for held in one.reservations}
    issued = {Status.ISSUED, Status.PRINTED}
    for one in requests(sample):
        is_open = status_of(one) not in ENDED | issued and one.intake.accepted_at is not None
        assert (one.id in reserved) == is_open


def test_numbers_are_gap_free_and_the_counters_stand_at_the_last(sample: SampleData) -> None:
    given: dict[NumberCounter, list[int]] = {}
    numbers = [(NumberSeries.REQUEST, one.number) for one in requests(sample) if one.number]
    numbers += [(NumberSeries.LICENCE, number) for number in sample.world.licences]
    for series, number in numbers:
        _, year, district, serial = number.split("-")
        given.setdefault(NumberCounter(series, int(year), int(district)), []).append(int(serial))
    assert {key: sorted(serials) for key, serials in given.items()} == {
        key: list(range(1, last + 1)) for key, last in sample.counters.items()
    }


def test_request_numbers_follow_the_order_of_acceptance(sample: SampleData) -> None:
    home = [one for one in requests(sample) if one.number and one.branch == HOME_BRANCH]
    by_number = sorted(home, key=lambda one: one.number or "")
    times = [one.intake.accepted_at for one in by_number if one.intake.accepted_at]
    assert len(times) == len(home)
    assert times == sorted(times)


def test_each_occasion_is_told_once(sample: SampleData) -> None:
    notices = sample.world.notices
    assert len({one.id for one in notices}) == len(notices)
    known = {one.id for one in requests(sample)}
    assert {one.request_id for one in notices} <= known
    assert len({one.kind for one in notices}) == 8
    accepted = [one for one in notices if one.kind.value == "accepted"]
    assert len(accepted) == sum(one.number is not None for one in requests(sample))


def test_history_leads_without_a_break_to_the_status(sample: SampleData) -> None:
    last: dict[str, Status] = {}
    for event in sample.world.events:
        assert event.before == last.get(event.request_id)
        last[event.request_id] = event.after
    assert last == {one.id: status_of(one) for one in requests(sample)}
    assert len({event.id for event in sample.world.events}) == len(sample.world.events)


def test_everything_happened_before_now_and_in_office_hours(sample: SampleData, as_of: datetime) -> None:
    calendar = sample.world.data.calendar
    for event in sample.world.events:
        local = event.at.astimezone(AMMAN)
        assert event.at <= as_of
        assert calendar.is_working_day(local.date())
        assert calendar.opens <= local.time() <= calendar.closes


def test_visits_to_come_are_within_capacity(sample: SampleData, as_of: datetime) -> None:
    today = as_of.astimezone(AMMAN).date()
    coming = [
        (visit.inspector, visit.day, visit.window)
        for one in requests(sample)
        if (visit := one.visit) is not None and visit.state is VisitState.SCHEDULED
    ]
    assert len(coming) == QUOTAS[Status.INSPECTION_SCHEDULED]
    assert max(Counter(coming).values()) <= 3
    assert all(day is not None and day >= today for _, day, _ in coming)
    assert any(day == today for _, day, _ in coming)


def test_some_requests_are_late_and_most_are_not(sample: SampleData, as_of: datetime) -> None:
    left = [
        spent.left
        for one in requests(sample)
        if status_of(one) not in ENDED and (spent := time_spent(one.clock, sample.world.data.calendar, as_of))
    ]
    late = sum(one < timedelta() for one in left)
    assert 0 < late < len(left) / 3


def test_one_request_of_the_home_branch_has_run_out_of_time(
    sample: SampleData, reference: Reference, as_of: datetime
) -> None:
    at_home = [one for one in requests(sample) if one.branch == HOME_BRANCH and status_of(one) is Status.RETURNED]
    today = as_of.astimezone(AMMAN).date()
    last_days = [find_last_day(one, reference) for one in at_home]
    assert sum(1 for last in last_days if last is not None and last < today) == 1


def test_a_second_request_was_warned_of_the_first(sample: SampleData) -> None:
    parents = Counter(one.plan.parent_number for one in requests(sample))
    assert sum(count > 1 for count in parents.values()) == RIVALS


def test_owners_in_debt(sample: SampleData) -> None:
    accounts = [one for one in sample.world.dues.values() if one.dues]
    assert len(accounts) == OWNERS_IN_DEBT + len(IN_DEBT)
    references = [due.reference for one in accounts for due in one.dues]
    assert len(references) == len(set(references))
    assert {due.kind.value for one in accounts for due in one.dues} == {"musaqqafat", "tahaqquqat"}
    holding = [one for one in requests(sample) if status_of(one) is Status.DUES_OUTSTANDING]
    assert all(sample.world.dues[one.applicant.person.identity.key].dues for one in holding)


def test_ten_staff_with_their_rights() -> None:
    assert len(STAFF) == 10
    assert Counter(one.role for one in STAFF) == {
        Role.CLERK: 3,
        Role.INSPECTOR: 2,
        Role.SUPERVISOR: 2,
        Role.BODY_OFFICER: 1,
        Role.AUDITOR: 1,
        Role.ADMINISTRATOR: 1,
    }
    assert all(one.id.isascii() and one.id.islower() for one in STAFF)
    for role in (Role.CLERK, Role.INSPECTOR, Role.SUPERVISOR):
        assert any(one.role is role and one.serves(HOME_BRANCH) for one in STAFF)
    assert any(one.takes_money and one.serves(HOME_BRANCH) for one in STAFF)
    assert [one.login for one in demo_sign_ins()] == [one.id for one in STAFF]
    assert all(one.serves(seat.branch) for one, seat in zip(STAFF, demo_sign_ins(), strict=True))


def test_mobiles_are_what_a_telephone_library_takes(sample: SampleData) -> None:
    mobiles = {one.applicant.mobile for one in requests(sample)}
    assert all(normal_mobile(mobile) == mobile for mobile in mobiles)


def test_facts_decode_as_what_they_say_they_are(sample: SampleData) -> None:
    facts = list(sample.facts())
    assert len({(one.kind, one.id) for one in facts}) == len(facts)
    for one in facts:
        decode(one.body or b"", TYPE_OF[one.kind])
    assert {one.kind for one in facts} == set(FactKind) - {FactKind.PAPER, FactKind.OUTCOME}
    everywhere = (FactKind.REFERENCE, FactKind.STAFF, FactKind.DUES, FactKind.BOOKING)
    assert all(one.branch == 0 for one in facts if one.kind in everywhere)


def test_every_booking_of_the_sample_is_told_to_all_branches(sample: SampleData) -> None:
    told = [decode(one.body or b"", Booking) for one in sample.facts() if one.kind is FactKind.BOOKING]
    days = {one.day for one in told}
    assert sorted(told, key=lambda one: one.request_id) == sorted(
        (one for day in days for one in sample.world.bookings_on(day)), key=lambda one: one.request_id
    )
    booked = [one.id for one in requests(sample) if status_of(one) is Status.INSPECTION_SCHEDULED]
    assert {one.request_id for one in told} == set(booked)


def test_ordered_papers_are_of_what_was_issued(sample: SampleData) -> None:
    numbers = {paper.number for paper in sample.papers}
    delivered = [one for one in requests(sample) if status_of(one) is Status.DELIVERED]
    for one in delivered:
        assert {made.number for made in one.issue.licences} <= numbers
        assert one.payment.receipt is not None
        assert one.payment.receipt.number in numbers


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
        datetime(2027, 1, 3, 6, 30, tzinfo=UTC),
        datetime(2028, 2, 29, 20, 0, tzinfo=UTC),
    ],
)
def test_it_can_be_made_on_any_day(reference: Reference, moment: datetime) -> None:
    made = sample_data(reference, moment)
    assert Counter(status_of(one) for one in made.world.requests.values()) == QUOTAS


def test_a_day_before_the_schedules_is_refused(reference: Reference) -> None:
    with pytest.raises(ValueError, match="no fee schedule"):
        sample_data(reference, datetime(2025, 3, 1, tzinfo=UTC))


def test_some_letters_were_reminded_of_and_some_periods_extended(sample: SampleData) -> None:
    """Or nobody would see in the demonstration what these look like."""
    letters = [letter for one in requests(sample) for letter in awaited_letters(one)]
    assert any(letter.reminders for letter in letters)
    assert any(not letter.reminders for letter in letters)
    assert {letter.body for letter in letters} >= {"civil_defence", "food_drug"}
    assert any(visit.extensions for one in requests(sample) for visit in one.visits)
