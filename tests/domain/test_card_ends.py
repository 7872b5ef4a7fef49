"""The card's other ends: each gives the area back, says so in the history, and needs its reason; and more time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.commands import Command
from desktop_app.domain.commands.expire import Expire
from desktop_app.domain.commands.extend_rectification import ExtendRectification
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.request import Requirements, Status
from desktop_app.domain.split import check_conservation
from tests.domain.builders import PARENT, clerk, make_content, refusal_keys, registrar, supervisor
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey
from tests.domain.strategies import parents, plans_of

ACCEPTED = [
    Status.AWAITING_APPROVALS,
    Status.TO_SCHEDULE,
    Status.INSPECTION_SCHEDULED,
    Status.RECTIFICATION,
    Status.AWAITING_CIVIL_DEFENCE,
    Status.FEES_TO_ASSESS,
    Status.FEES_TO_APPROVE,
]


def end(walked: Journey, how: str) -> None:
    """Brings a request that has been accepted to this end, from where it stands or further on."""
    name = walked.id
    match how:
        case "refused":
            walked.do(supervisor(), Refuse(name, "المادة 7 من نظام الترخيص"))
        case "withdrawn":
            walked.do(clerk(), Withdraw(name, "رغبة المستدعي"))
        case "expired":
            walked.write_letters()
            walked.answer_letters()
            walked.book()
            walked.visit(compliant=False)
            walked.pass_days(60)
            walked.do(registrar(), Expire(name, "انتهت المدة"))
        case "refused_by_body":
            walked.write_letters()
            body = walked.request.approvals[0].body
            walked.do(clerk(), RecordApproval(name, body, False, "IN-1", walked.today, "لا تتحقق الشروط"))
        case "refused_by_civil_defence":
            walked.write_letters()
            walked.answer_letters()
            walked.book()
            walked.visit()
            walked.write_civil_defence()
            walked.do(clerk(), RecordCivilDefence(name, False, "IN-1", walked.today, "لا مخرج"))
        case "refunded":
            walked.to_payment()
            walked.pay()
            walked.do(supervisor(), Refund(name, "رغبة المستدعي"))


ENDS = {
    "refused": Status.REFUSED,
    "withdrawn": Status.WITHDRAWN,
    "expired": Status.EXPIRED,
    "refused_by_body": Status.REFUSED_BY_BODY,
    "refused_by_civil_defence": Status.REFUSED_BY_CIVIL_DEFENCE,
    "refunded": Status.REFUNDED,
}


def possible(walked: Journey, how: str) -> bool:
    if how == "refused_by_body":
        return bool(walked.request.approvals)
    return how != "refused_by_civil_defence" or walked.request.civil_defence.state.value == "needed"


def whole(centre: Centre) -> tuple[int, frozenset[str], frozenset[str]]:
    """Area, vocations and signs of all licences that stand."""
    standing = [one for one in centre.licences.values() if one.status is not LicenceStatus.CLOSED]
    return (
        sum(one.area for one in standing),
        frozenset(code for one in standing for code in one.vocations),
        frozenset(sign.code for one in standing for sign in one.signs),
    )


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(ENDS)))
def test_whatever_ends_a_request_the_parent_is_whole_again_and_the_history_says_so(
    data: st.DataObject, how: str
) -> None:
    parent: Licence = data.draw(parents(smallest=40))
    centre = Centre(parent)
    content = replace(make_content(data.draw(plans_of(parent, most=3))), requirements=Requirements("TD-1", "CC-1"))
    walked = Journey(centre, content)
    if not centre.give(clerk(), Lodge(walked.id, "K1-1", content)).accepted:
        return
    walked.accept()
    assert centre.licences[PARENT].reservations
    assert not check_conservation(parent, content.plan).refusals
    if not possible(walked, how):
        return
    end(walked, how)
    assert walked.status is ENDS[how]
    after = centre.licences[PARENT]
    assert after.reservations == ()
    assert (after.area, set(after.vocations), after.signs) == (parent.area, set(parent.vocations), parent.signs)
    assert after.status is parent.status
    assert whole(centre) == (parent.area, frozenset(parent.vocations), frozenset(one.code for one in parent.signs))
    last = centre.events[-1]
    assert (last.after, last.request_id) == (ENDS[how], walked.id)
    assert walked.centre.give(clerk(), Lodge("r2", "K1-2", content)).accepted, "what was given back can be asked for"


@pytest.mark.parametrize("how", ["refused", "withdrawn"])
@pytest.mark.parametrize("status", ACCEPTED)
def test_a_request_can_be_refused_and_withdrawn_from_wherever_it_stands(status: Status, how: str) -> None:
    walked = journey(status)
    assert walked.centre.licences[PARENT].reservations
    end(walked, how)
    assert (walked.status, walked.centre.licences[PARENT].reservations) == (ENDS[how], ())
    assert walked.request.clock.stopped == walked.centre.now


def test_a_return_holds_nothing_of_the_parent_and_says_what_is_missing_and_by_when() -> None:
    walked = journey(Status.LODGED)
    outcome = walked.do(clerk(), ReturnForCompletion(walked.id, "صورة سند الملكية"))
    assert walked.status is Status.RETURNED
    assert walked.centre.licences[PARENT].reservations == ()
    assert (walked.request.intake.reason, walked.request.intake.answer_by) == ("صورة سند الملكية", date(2026, 3, 15))
    assert outcome.event is not None
    assert (outcome.event.before, outcome.event.after) == (Status.LODGED, Status.RETURNED)
    walked.pass_days(60)
    walked.do(registrar(), Expire(walked.id, "لم يكتمل"))
    assert [one.after for one in walked.centre.events][-1] is Status.EXPIRED


@pytest.mark.parametrize(
    ("status", "command", "actor"),
    [
        (Status.LODGED, ReturnForCompletion("r1", " "), clerk()),
        (Status.LODGED, Refuse("r1", " "), supervisor()),
        (Status.TO_SCHEDULE, Withdraw("r1", ""), clerk()),
        (Status.ISSUED, Refund("r1", " "), supervisor()),
        (Status.RECTIFICATION, ExtendRectification("r1", date(2026, 3, 10), " "), supervisor()),
    ],
)
def test_no_end_and_no_delay_without_a_reason(status: Status, command: Command, actor) -> None:  # type: ignore[no-untyped-def]
    assert refusal_keys(journey(status).centre.give(actor, command)) == {"reason.missing"}


def test_a_supervisor_gives_more_time_and_the_applicant_is_told_the_new_day() -> None:
    walked = journey(Status.RECTIFICATION)
    first = walked.request.visits[-1].rectify_by
    assert first == date(2026, 3, 8)
    extend = ExtendRectification(walked.id, date(2026, 3, 12), "مواد لم تصل")
    assert refusal_keys(walked.centre.give(clerk(), extend)) == {"action.not_your_role"}
    outcome = walked.do(supervisor(), extend)
    visit = walked.request.visits[-1]
    assert visit.rectify_by == date(2026, 3, 12)
    (extension,) = visit.extensions
    assert (extension.before, extension.until, extension.by) == (first, date(2026, 3, 12), "supervisor")
    (told,) = outcome.notices
    assert (told.kind.value, told.args.get("rectify"), told.args.get("until")) == (
        "conditions_unmet",
        "فتح المخارج",
        date(2026, 3, 12),
    )
    assert outcome.event is not None
    assert outcome.event.summary is not None
    assert outcome.event.summary.args.get("before") == first
    ids = [one.id for one in walked.centre.notices]
    assert len(ids) == len(set(ids))


def test_an_extended_rectification_expires_only_after_its_new_last_day() -> None:
    walked = journey(Status.RECTIFICATION)
    walked.do(supervisor(), ExtendRectification(walked.id, date(2026, 3, 12), "مواد لم تصل"))
    walked.pass_days((date(2026, 3, 12) - walked.today).days)
    assert refusal_keys(walked.centre.give(registrar(), Expire(walked.id, "انتهت"))) == {"expiry.not_yet"}
    walked.pass_days(1)
    walked.do(registrar(), Expire(walked.id, "انتهت"))
    assert walked.centre.licences[PARENT].reservations == ()


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (date(2026, 3, 8), "extension.not_later"),
        (date(2026, 3, 4), "extension.not_later"),
        (date(2026, 3, 13), "extension.not_a_working_day"),
        (date(2026, 4, 30), "extension.too_long"),
    ],
)
def test_more_time_is_a_later_working_day_within_bounds(until: date, why: str) -> None:
    walked = journey(Status.RECTIFICATION)
    assert refusal_keys(walked.centre.give(supervisor(), ExtendRectification(walked.id, until, "سبب"))) == {why}


def test_no_time_is_given_that_has_passed_already() -> None:
    walked = journey(Status.RECTIFICATION)
    stands = walked.request.visits[-1].rectify_by
    assert stands is not None
    walked.pass_days(10)
    late = ExtendRectification(walked.id, stands + timedelta(days=1), "سبب")
    assert refusal_keys(walked.centre.give(supervisor(), late)) == {"extension.day_past"}
