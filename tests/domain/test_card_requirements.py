"""The card, متطلبات الحصول على الخدمة: what an applicant must give before a request is lodged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.people import Applicant, ApplicantKind, Capacity, Identity, IdentityKind, Person
from desktop_app.domain.request import Requirements, Status
from tests.domain.builders import (
    clerk,
    make_applicant,
    make_child,
    make_content,
    make_licence,
    make_plan,
    refusal_keys,
)
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey


def lodge(content: RequestContent, parent: Licence | None = None) -> Outcome:
    return Centre(parent or make_licence()).give(clerk(), Lodge("r1", "K1-1", content))


def test_a_complete_request_is_lodged() -> None:
    outcome = lodge(make_content())
    assert outcome.accepted
    assert outcome.request is not None
    assert outcome.request.branch == 8


@pytest.mark.parametrize("status", [LicenceStatus.SUSPENDED, LicenceStatus.CLOSED])
def test_the_licence_to_split_must_be_active(status: LicenceStatus) -> None:
    """And whoever asks hears why it is not."""
    assert refusal_keys(lodge(make_content(), replace(make_licence(), status=status))) == {f"parent.{status.value}"}


@pytest.mark.parametrize("stale", [{"renewed_for": 2025}, {"valid_until": date(2026, 2, 28)}, {"renewed_for": 2024}])
def test_the_licence_to_split_must_be_renewed(stale: dict[str, object]) -> None:
    parent = replace(make_licence(), **stale)  # type: ignore[arg-type]
    assert refusal_keys(lodge(make_content(), parent)) == {"parent.not_renewed"}


def test_an_unknown_licence_is_refused_whether_saved_or_lodged() -> None:
    content = make_content(make_plan(parent="L-2024-08-999999"))
    assert refusal_keys(lodge(content)) == {"parent.unknown"}
    assert refusal_keys(Centre().give(clerk(), SaveDraft("r1", "K1-1", content))) == {"parent.unknown"}


@pytest.mark.parametrize("deed", ["", "   "])
def test_the_title_deed_reference_is_required(deed: str) -> None:
    content = replace(make_content(), requirements=Requirements(deed))
    assert refusal_keys(lodge(content)) == {"requirements.title_deed_missing"}


def test_the_construction_certificate_is_required_where_a_vocation_needs_it() -> None:
    content = make_content(make_plan(make_child(added=("smithy",))))
    assert refusal_keys(lodge(content)) == {"requirements.construction_certificate_missing"}
    assert lodge(replace(content, requirements=Requirements("TD-1", "CC-9"))).accepted


def test_the_construction_certificate_is_not_asked_where_no_vocation_needs_it() -> None:
    assert lodge(replace(make_content(), requirements=Requirements("TD-1", ""))).accepted


_NATIONAL = Identity(IdentityKind.NATIONAL_NUMBER, "9871012345")


def _applicant(kind: ApplicantKind, identity: Identity, **more: str) -> Applicant:
    made = Applicant(kind, Capacity.TENANT, Person("مقدم الطلب", identity), "+962781234567")
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("applicant", "missing"),
    [
        (
            _applicant(ApplicantKind.CITIZEN, Identity(IdentityKind.NATIONAL_NUMBER, "987")),
            "identity.national_number_form",
        ),
        (
            _applicant(ApplicantKind.CITIZEN, Identity(IdentityKind.NATIONAL_NUMBER, "٩٨٧١٠١٢٣٤٥")),
            "identity.national_number_form",
        ),
        (_applicant(ApplicantKind.CITIZEN, Identity(IdentityKind.NATIONAL_NUMBER, "")), "identity.missing"),
        (_applicant(ApplicantKind.RESIDENT, _NATIONAL), "applicant.identity_kind"),
        (
            _applicant(ApplicantKind.BUSINESS, Identity(IdentityKind.ESTABLISHMENT_NUMBER, "200012345")),
            "applicant.signatory_missing",
        ),
        (
            _applicant(ApplicantKind.GOVERNMENT, Identity(IdentityKind.GOVERNMENT_LETTER, "G-1")),
            "applicant.authority_missing",
        ),
        (replace(make_applicant(), capacity=Capacity.AGENT), "applicant.authority_missing"),
        (replace(make_applicant(), mobile="0791234567"), "applicant.mobile_form"),
        (replace(make_applicant(), mobile="+96279١٢٣٤٥٦٧"), "applicant.mobile_form"),
        (replace(make_applicant(), person=Person(" ", _NATIONAL)), "applicant.name_missing"),
    ],
)
def test_whoever_asks_gives_who_they_are(applicant: Applicant, missing: str) -> None:
    assert refusal_keys(lodge(replace(make_content(), applicant=applicant))) == {missing}


def test_an_odd_establishment_number_is_warned_of_and_taken() -> None:
    odd = Identity(IdentityKind.ESTABLISHMENT_NUMBER, "1234")
    content = replace(
        make_content(),
        applicant=_applicant(ApplicantKind.BUSINESS, odd, signatory_ar="المفوض"),
        plan=make_plan(replace(make_child(), holder=Person("شركة", odd))),
    )
    outcome = lodge(content)
    assert outcome.accepted
    assert [warning.about for warning in outcome.warnings] == ["applicant.identity", "children.c1.identity"]


@pytest.mark.parametrize(
    ("child", "missing"),
    [
        (replace(make_child(), trade_name=""), "child.trade_name_missing"),
        (replace(make_child(), holder=Person("", _NATIONAL)), "child.holder_missing"),
        (replace(make_child(), key="remainder"), "child.key_reserved"),
        (replace(make_child(), key=""), "child.key_reserved"),
        (make_child(added=("astrology",)), "vocation.unknown"),
    ],
)
def test_every_new_licence_says_whose_it_is_and_what_for(child: object, missing: str) -> None:
    assert refusal_keys(lodge(make_content(make_plan(child)))) == {missing}  # type: ignore[arg-type]


def test_two_new_licences_are_told_apart() -> None:
    plan = make_plan(make_child(), make_child(vocations=("stationery",)))
    assert refusal_keys(lodge(make_content(plan))) == {"child.key_twice"}


def test_an_incomplete_draft_is_kept_and_lodged_only_when_complete() -> None:
    content = replace(make_content(), requirements=Requirements(""), applicant=replace(make_applicant(), mobile=""))
    centre = Centre()
    assert centre.give(clerk(), SaveDraft("r1", "K1-1", content)).accepted
    assert refusal_keys(centre.give(clerk(), Lodge("r1", "K1-1", content))) == {
        "requirements.title_deed_missing",
        "applicant.mobile_form",
    }
    assert centre.requests["r1"].requirements == Requirements("")
    assert centre.give(clerk(), Lodge("r1", "K1-1", make_content())).accepted


def test_a_request_that_exists_is_not_opened_again_by_its_identifier() -> None:
    walked = journey(Status.TO_SCHEDULE)
    again = walked.centre.give(clerk(), Lodge(walked.id, "K2-9", make_content()))
    assert refusal_keys(again) == {"action.not_in_status"}
    assert walked.request.reference == "K1-r1"


def test_a_device_that_never_heard_of_the_request_cannot_write_over_it() -> None:
    walked = journey(Status.DRAFT)
    outcome = walked.centre.give(clerk(), SaveDraft(walked.id, "K2-9", make_content()), base=0)
    assert refusal_keys(outcome) == {"track.moved_on"}


def test_a_command_based_on_a_request_that_the_centre_lacks_is_refused() -> None:
    outcome = Centre().give(clerk(), Lodge("r1", "K1-1", make_content()), base=1)
    assert refusal_keys(outcome) == {"track.moved_on"}


def test_a_draft_is_not_moved_to_a_branch_that_its_clerk_does_not_serve() -> None:
    elsewhere = replace(make_licence("L-2024-09-000007"), district=9)
    centre = Centre(make_licence(), elsewhere)
    Journey(centre).draft()
    moved = make_content(make_plan(parent=elsewhere.number))
    assert refusal_keys(centre.give(clerk(), SaveDraft("r1", "K1-1", moved))) == {"action.not_your_branch"}
    assert refusal_keys(centre.give(clerk(), Lodge("r2", "K1-2", moved))) == {"action.not_your_branch"}
    both = replace(clerk(), branches=frozenset({8, 9}))
    assert centre.give(both, SaveDraft("r1", "K1-1", moved)).accepted
    assert centre.requests["r1"].branch == 9


def test_a_second_request_on_the_same_licence_is_lodged_with_a_warning_that_names_the_first() -> None:
    walked = journey(Status.TO_SCHEDULE)
    second = make_content(make_plan(make_child(area=1_000, vocations=("stationery",))))
    outcome = walked.centre.give(clerk(), Lodge("r2", "K1-2", second))
    assert outcome.accepted
    assert [(w.key, w.args.get("request")) for w in outcome.warnings] == [
        ("parent.second_request", walked.request.number)
    ]
