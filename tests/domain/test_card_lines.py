"""A test for each line of the service card, named after it (`card_lines.LINES`).

Each holds its own line and nothing of another's, so that a line that is broken turns its own test red and no other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.domain.actor import EPAYMENT, PORTAL, Actor, Role
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.licence import LicenceStatus
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.notices import Notice, NoticeKind
from desktop_app.domain.pauses import time_spent
from desktop_app.domain.people import Applicant, ApplicantKind, Capacity, Identity, IdentityKind, Person
from desktop_app.domain.request import Requirements, Status
from desktop_app.domain.tracks import PaymentMethod
from tests.domain.builders import (
    OWNER_KEY,
    TODAY,
    auditor,
    clerk,
    inspector,
    make_actor,
    make_child,
    make_content,
    make_dues,
    make_licence,
    make_plan,
    refusal_keys,
)
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey


def lodge(content: RequestContent, centre: Centre | None = None, by: Actor | None = None) -> Outcome:
    return (centre or Centre()).give(by or clerk(), Lodge("r1", "K1-000001", content))


def asked_by(kind: ApplicantKind, identity: Identity, **more: str) -> RequestContent:
    applicant = Applicant(kind, Capacity.TENANT, Person("مقدم الطلب", identity), "+962781234567")
    return replace(make_content(), applicant=replace(applicant, **more))  # type: ignore[arg-type]


def told(walked: Journey, kind: NoticeKind) -> list[Notice]:
    """The notices of this kind; what else the applicant was told is other lines' affair."""
    return [one for one in walked.centre.notices if one.kind is kind]


def test_card_line_for_citizens() -> None:
    number = IdentityKind.NATIONAL_NUMBER
    assert lodge(asked_by(ApplicantKind.CITIZEN, Identity(number, "9871012345"))).accepted
    short = lodge(asked_by(ApplicantKind.CITIZEN, Identity(number, "987")))
    assert refusal_keys(short) == {"identity.national_number_form"}


def test_card_line_for_residents() -> None:
    for kind, number in ((IdentityKind.RESIDENCY_NUMBER, "512345678"), (IdentityKind.PASSPORT, "N1234567")):
        assert lodge(asked_by(ApplicantKind.RESIDENT, Identity(kind, number))).accepted


def test_card_line_for_business() -> None:
    number = Identity(IdentityKind.ESTABLISHMENT_NUMBER, "200012345")
    assert lodge(asked_by(ApplicantKind.BUSINESS, number, signatory_ar="المفوض بالتوقيع")).accepted
    assert refusal_keys(lodge(asked_by(ApplicantKind.BUSINESS, number))) == {"applicant.signatory_missing"}


def test_card_line_for_government() -> None:
    letter = Identity(IdentityKind.GOVERNMENT_LETTER, "12/4410")
    assert lodge(asked_by(ApplicantKind.GOVERNMENT, letter, authority_reference="12/4410")).accepted
    assert refusal_keys(lodge(asked_by(ApplicantKind.GOVERNMENT, letter))) == {"applicant.authority_missing"}


@pytest.mark.parametrize("status", [LicenceStatus.SUSPENDED, LicenceStatus.CLOSED])
def test_card_line_licence_is_active(status: LicenceStatus) -> None:
    centre = Centre(replace(make_licence(), status=status))
    assert refusal_keys(lodge(make_content(), centre)) == {f"parent.{status.value}"}


def test_card_line_licence_is_renewed() -> None:
    centre = Centre(replace(make_licence(), renewed_for=2025))
    refused = lodge(make_content(), centre)
    assert [(why.key, why.args.get("year"), why.args.get("until")) for why in refused.refusals] == [
        ("parent.not_renewed", 2025, date(2026, 12, 31))
    ]


@pytest.mark.parametrize("deed", ["", "  "])
def test_card_line_title_deed(deed: str) -> None:
    refused = lodge(replace(make_content(), requirements=Requirements(deed)))
    assert [(why.key, why.about) for why in refused.refusals] == [
        ("requirements.title_deed_missing", "requirements.title_deed")
    ]


def test_card_line_construction_certificate() -> None:
    among_others = make_plan(make_child(added=("smithy",)))
    content = replace(make_content(among_others), requirements=Requirements("TD-1", ""))
    assert refusal_keys(lodge(content)) == {"requirements.construction_certificate_missing"}
    assert lodge(replace(content, requirements=Requirements("TD-1", "CC-9"))).accepted


def test_card_line_on_the_website() -> None:
    """The website's requests come under references that no counter can give."""
    forged = Centre().give(clerk(), Lodge("r1", "WEB-000001", make_content()))
    assert refusal_keys(forged) == {"reference.is_the_portals"}
    assert Centre().give(PORTAL, Lodge("r1", "WEB-000001", make_content())).accepted


def test_card_line_as_an_electronic_service() -> None:
    """What was asked for electronically is known as such ever after; what was lodged at a counter is not."""
    walked = Journey()
    walked.do(PORTAL, Lodge(walked.id, "WEB-000001", make_content()))
    walked.accept()
    assert walked.request.from_portal
    assert not journey(Status.LODGED).request.from_portal


def test_card_line_in_the_licences_system() -> None:
    """Whoever asks names a licence; the system knows whose work that is: the branch of the licence's district."""
    elsewhere = replace(make_licence("L-2024-09-000007"), district=9)
    centre = Centre(elsewhere)
    assert centre.give(PORTAL, Lodge("r1", "WEB-000001", make_content(make_plan(parent=elsewhere.number)))).accepted
    assert centre.requests["r1"].branch == 9


def test_card_line_signed_in() -> None:
    """A login alone is not enough: it must be in use, and of a role that lodges."""
    out_of_use = replace(clerk(), active=False)
    for other in (auditor(), inspector(), make_actor(Role.ADMINISTRATOR), out_of_use):
        refused = lodge(make_content(), by=other)
        assert refused.refusals, other
        assert not refused.accepted


def test_card_line_filled_in() -> None:
    """What is not filled in is named beside its field, all of it at once."""
    empty = replace(
        make_child(), trade_name="", holder=Person("", Identity(IdentityKind.NATIONAL_NUMBER, "9871012345"))
    )
    content = make_content(make_plan(empty))
    content = replace(content, applicant=replace(content.applicant, mobile="0791234567"))
    assert {(why.key, why.about) for why in lodge(content).refusals} == {
        ("child.trade_name_missing", "children.c1.trade_name"),
        ("child.holder_missing", "children.c1.holder"),
        ("applicant.mobile_form", "applicant.mobile"),
    }


def test_card_line_dues_of_an_owner() -> None:
    centre = Centre()
    centre.dues[OWNER_KEY] = make_dues(120_500, 80_000)
    tenant = Journey(centre, make_content(capacity=Capacity.TENANT))
    assert tenant.lodge().warnings == ()
    owner = Journey(centre, make_content(make_plan(make_child(vocations=("stationery",))), Capacity.OWNER), "r2")
    shown = [(one.key, one.args.get("amount")) for one in owner.lodge().warnings if one.key.startswith("dues.")]
    assert shown == [("dues.owed", 120_500), ("dues.owed", 80_000), ("dues.pay_electronically", 200_500)]
    assert refusal_keys(centre.give(clerk(), Accept(owner.id))) == {"dues.outstanding"}
    assert refusal_keys(centre.give(clerk(), SettleDues(owner.id, " "))) == {"dues.reference_missing"}
    owner.do(clerk(), SettleDues(owner.id, "EFAWATEER-77"))
    owner.accept()


def test_card_line_told_of_acceptance() -> None:
    (notice,) = told(journey(Status.AWAITING_APPROVALS), NoticeKind.ACCEPTED)
    assert (notice.to, notice.args.get("number")) == ("+962791234567", "R-2026-08-000001")


def test_card_line_told_of_outside_approval() -> None:
    plan = make_plan(make_child(added=("smithy",)))
    walked = Journey(content=replace(make_content(plan), requirements=Requirements("TD-1", "CC-1")))
    walked.lodge()
    walked.accept()
    needed = [one.args.get("body") for one in told(walked, NoticeKind.APPROVAL_NEEDED)]
    assert needed == ["health", "environment"]


def test_card_line_told_of_an_outside_refusal() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.write_letters()
    walked.do(clerk(), RecordApproval(walked.id, "health", False, "IN-1", TODAY, "مساحة غير كافية"))
    (notice,) = told(walked, NoticeKind.BODY_REFUSED)
    assert notice.args.get("body") == "health"
    assert walked.status is Status.REFUSED_BY_BODY


def test_card_line_told_of_the_visit() -> None:
    (notice,) = told(journey(Status.INSPECTION_SCHEDULED), NoticeKind.INSPECTION_SCHEDULED)
    assert (notice.args.get("day"), notice.args.get("begins"), notice.args.get("ends")) == (
        date(2026, 3, 2),
        "08:00",
        "11:00",
    )


def test_card_line_told_to_rectify() -> None:
    (notice,) = told(journey(Status.RECTIFICATION), NoticeKind.CONDITIONS_UNMET)
    assert notice.args.get("rectify") == "فتح المخارج"


def test_card_line_told_of_the_civil_defences_refusal() -> None:
    walked = journey(Status.REFUSED_BY_CIVIL_DEFENCE)
    (notice,) = told(walked, NoticeKind.CIVIL_DEFENCE_REFUSED)
    assert notice.args.get("number") == walked.request.number


def test_card_line_told_of_the_fees() -> None:
    walked = journey(Status.AWAITING_PAYMENT)
    bill = walked.request.fees.calculation
    assert bill is not None
    (notice,) = told(walked, NoticeKind.FEES_DUE)
    assert notice.args.get("total") == bill.total > 0


def test_card_line_told_of_the_licence() -> None:
    walked = journey(Status.ISSUED)
    (notice,) = told(walked, NoticeKind.LICENCE_ISSUED)
    assert notice.args.get("licences") == "L-2026-08-000001، L-2026-08-000002"


def test_card_line_through_the_website() -> None:
    """From the website's request to the payment system's payment nobody need come to a counter."""
    walked = Journey()
    walked.do(PORTAL, Lodge(walked.id, "WEB-000002", make_content()))
    walked.accept()
    walked.to_payment()
    bill = walked.request.fees.calculation
    assert bill is not None
    walked.do(EPAYMENT, RecordPayment(walked.id, "", bill.total, PaymentMethod.ELECTRONIC, "PAY-1"))
    assert walked.status is Status.ISSUED


def test_card_line_fees_of_the_service() -> None:
    """A line for the service itself, with the article that says so."""
    bill = journey(Status.FEES_TO_APPROVE).request.fees.calculation
    assert bill is not None
    service = [(line.amount, line.article) for line in bill.lines if line.kind is LineKind.SPLIT_SERVICE]
    assert service == [(10_000, "art. 2")]


def test_card_line_three_working_days() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    spent = time_spent(walked.request.clock, walked.centre.reference.calendar, walked.centre.now)
    assert spent is not None
    assert spent.left == timedelta(hours=21)
    assert spent.due.date() == date(2026, 3, 4)
