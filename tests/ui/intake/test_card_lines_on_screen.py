"""Lines of the service card as the counter meets them: typed into the real form, refused or lodged in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.domain.licence import LicenceStatus
from desktop_app.domain.people import ApplicantKind, IdentityKind
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.storage.facts_writer import FactsWriter, Said
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.screen import IntakeScreen
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.ui.intake.conftest import EXPIRED, FREE, fill
from tests.ui.intake.test_view import ports, screen
from tests.ui.split_editor.hands import type_text
from tests.workplaces import TestWorkplace

__all__ = ["ports", "screen"]

KINDS = (
    (ApplicantKind.CITIZEN, IdentityKind.NATIONAL_NUMBER, "9871012345", ""),
    (ApplicantKind.RESIDENT, IdentityKind.RESIDENCY_NUMBER, "2000123456", ""),
    (ApplicantKind.BUSINESS, IdentityKind.ESTABLISHMENT_NUMBER, "200012345", "سامر الخطيب"),
    (ApplicantKind.GOVERNMENT, IdentityKind.GOVERNMENT_LETTER, "و/12/2026", ""),
)


def choose(screen: IntakeScreen, name: str, value: str) -> None:
    box = screen.view.choices[name]
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def lodged(place: TestWorkplace, went: list[Route]) -> Request:
    (route,) = went
    assert route.screen == "request"
    return place.queries.get_request(route.args["id"]).request


@pytest.mark.parametrize(("kind", "identity", "number", "signatory"), KINDS, ids=[str(one[0]) for one in KINDS])
def test_each_of_those_whom_the_card_names_lodges_through_the_form(
    screen: IntakeScreen,
    place: TestWorkplace,
    went: list[Route],
    kind: ApplicantKind,
    identity: IdentityKind,
    number: str,
    signatory: str,
) -> None:
    fill(screen.presenter)
    choose(screen, fields.KIND, kind.value)
    choose(screen, fields.IDENTITY_KIND, identity.value)
    type_text(screen.view.lines[fields.IDENTITY], number)
    assert screen.view.fields[fields.SIGNATORY].isVisible() is bool(signatory)
    if kind is ApplicantKind.GOVERNMENT:
        type_text(screen.view.lines[fields.AUTHORITY], "و/12/2026")
    if signatory:
        screen.view.action_bar.buttons["intake.lodge"].click()
        assert went == [], "not without who signs for it"
        type_text(screen.view.lines[fields.SIGNATORY], signatory)
    screen.view.action_bar.buttons["intake.lodge"].click()
    assert screen.presenter.say_remaining() == (), screen.presenter.say_remaining()
    applicant = lodged(place, went).applicant
    assert (applicant.kind, applicant.person.identity.kind, applicant.signatory_ar) == (kind, identity, signatory)


@pytest.mark.parametrize(
    ("status", "said"), [(LicenceStatus.SUSPENDED, "موقوفة"), (LicenceStatus.CLOSED, "مغلقة")], ids=str
)
def test_a_licence_that_is_not_active_is_refused_beside_its_number(
    screen: IntakeScreen, place: TestWorkplace, went: list[Route], status: LicenceStatus, said: str
) -> None:
    licence = place.queries.find_licence(FREE)
    assert licence is not None
    with place.store.writing() as writes:
        stopped = encode(replace(licence, status=status))
        FactsWriter(writes).write([Said(FactKind.LICENCE, FREE, licence.district, stopped)])
    fill(screen.presenter)
    assert said in screen.view.fields[fields.PARENT].problem
    screen.view.action_bar.buttons["intake.lodge"].click()
    assert went == []


def test_a_licence_that_was_not_renewed_is_refused_with_the_day_it_ended(
    screen: IntakeScreen, went: list[Route]
) -> None:
    type_text(screen.view.lines[fields.PARENT], EXPIRED)
    problem = screen.view.fields[fields.PARENT].problem
    assert "٢٠٢٤" in problem
    screen.view.action_bar.buttons["intake.lodge"].click()
    assert went == []


def test_without_the_title_deed_nothing_is_lodged_and_with_it_everything_is(
    screen: IntakeScreen, place: TestWorkplace, went: list[Route]
) -> None:
    fill(screen.presenter)
    deed = screen.view.lines[fields.TITLE_DEED]
    type_text(deed, "2")
    QTest.keyClick(deed, Qt.Key.Key_Backspace)
    screen.view.action_bar.buttons["intake.lodge"].click()
    assert went == []
    assert screen.view.fields[fields.TITLE_DEED].problem
    assert deed.hasFocus()
    type_text(deed, "٢٠٢٦/٥٥")
    screen.view.action_bar.buttons["intake.lodge"].click()
    request = lodged(place, went)
    assert (request.requirements.title_deed, status_of(request)) == ("2026/55", Status.LODGED)
