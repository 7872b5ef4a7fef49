"""Who may see a request: an outside body's officer only what awaits that body."""

from __future__ import annotations

import pytest

from desktop_app.domain.actor import Role
from desktop_app.domain.permissions import may_see
from desktop_app.domain.request import Status
from tests.domain.builders import administrator, auditor, clerk, inspector, make_actor, officer, supervisor
from tests.domain.journey import journey


@pytest.mark.parametrize("status", Status)
def test_staff_see_their_branch_and_an_administrator_no_cases(status: Status) -> None:
    request = journey(status).request
    assert all(may_see(actor, request) for actor in (clerk(), supervisor(), inspector(), auditor()))
    assert not may_see(administrator(), request)
    assert not may_see(clerk(branch=9), request)


@pytest.mark.parametrize("status", Status)
def test_an_officer_sees_nothing_that_no_letter_was_written_for(status: Status) -> None:
    request = journey(status).request
    assert not any(may_see(officer(body), request) for body in ("health", "environment", "civil_defence", ""))


def test_an_officer_sees_what_awaits_their_body_until_it_is_answered() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.write_letters()
    assert may_see(officer("health"), walked.request)
    assert not may_see(officer("environment"), walked.request)
    assert not may_see(officer("civil_defence"), walked.request)
    assert not may_see(officer("health", branch=9), walked.request)
    walked.answer_letters()
    assert not may_see(officer("health"), walked.request)


def test_the_civil_defences_officer_sees_what_awaits_the_civil_defence() -> None:
    walked = journey(Status.AWAITING_CIVIL_DEFENCE)
    walked.write_civil_defence()
    assert may_see(officer("civil_defence"), walked.request)
    assert not may_see(officer("health"), walked.request)
    assert not may_see(make_actor(Role.BODY_OFFICER), walked.request)
