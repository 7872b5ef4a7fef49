"""The register: folded search, and a licence among its kin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.modeltest import ModelTester

from desktop_app.domain.area import Area
from desktop_app.domain.licence import LicenceStatus, Reservation
from desktop_app.domain.request import Status
from desktop_app.texts import name_of
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.licences.licence_screen import LicenceScreen
from desktop_app.ui.licences.licence_view import LicenceWidget
from desktop_app.ui.licences.screen import LicencesScreen
from desktop_app.ui.licences.view import RegisterWidget
from desktop_app.ui.screens import Ports
from tests.domain.builders import PARENT, make_licence
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace

CHILD, GRANDCHILD = "L-2025-08-000002", "L-2026-08-000003"


def family() -> Centre:
    """Three generations, and a stranger."""
    return Centre(
        make_licence(),
        replace(make_licence(CHILD), trade_name="صيدلية الحسن", parent_number=PARENT),
        replace(make_licence(GRANDCHILD), trade_name="مقهى", parent_number=CHILD, status=LicenceStatus.SUSPENDED),
        replace(make_licence("L-2020-08-000009"), trade_name="مؤسّسة الأفـق"),
    )


@pytest.fixture
def went() -> list[Route]:
    return []


def ports(centre: Centre, background: ImmediateBackground, messages: RecordedMessages, went: list[Route]) -> Ports:
    def go(route: Route) -> bool:
        went.append(route)
        return True

    return Ports(MemoryWorkplace(centre).workplace, background, messages, go)


def register(screen: LicencesScreen) -> RegisterWidget:
    view = screen.widget()
    assert isinstance(view, RegisterWidget)
    return view


def ids(view: RegisterWidget) -> list[str]:
    return [str(view.model.id_at(at)) for at in range(view.model.rowCount())]


def test_search_is_folded(background: ImmediateBackground, messages: RecordedMessages, went: list[Route]) -> None:
    screen = LicencesScreen(ports(family(), background, messages, went))
    screen.activate(Route("licences"))
    view = register(screen)
    assert len(ids(view)) == 4
    view.filters.search.setText("موسسه الافق")
    view.filters.search.returnPressed.emit()
    assert ids(view) == ["L-2020-08-000009"]
    view.filters.search.setText("٢٠٢٥-٠٨")
    view.filters.search.returnPressed.emit()
    assert ids(view) == [CHILD]


def test_enter_opens_the_licence(
    background: ImmediateBackground, messages: RecordedMessages, went: list[Route], shown: Callable[[QWidget], QWidget]
) -> None:
    screen = LicencesScreen(ports(family(), background, messages, went))
    screen.activate(Route("licences"))
    view = register(screen)
    shown(view)
    view.table.select_id(CHILD)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert went == [Route("licence", {"number": CHILD})]


def test_the_model_keeps_qts_rules(
    background: ImmediateBackground, messages: RecordedMessages, went: list[Route], qtmodeltester: ModelTester
) -> None:
    screen = LicencesScreen(ports(family(), background, messages, went))
    screen.activate(Route("licences"))
    qtmodeltester.check(register(screen).model)  # type: ignore[no-untyped-call]


def licence(
    number: str, centre: Centre, background: ImmediateBackground, messages: RecordedMessages, went: list[Route]
) -> LicenceWidget:
    screen = LicenceScreen(ports(centre, background, messages, went))
    screen.activate(Route("licence", {"number": number}))
    view = screen.widget()
    assert isinstance(view, LicenceWidget)
    return view


def test_a_licence_stands_between_its_ancestors_and_descendants(
    background: ImmediateBackground, messages: RecordedMessages, went: list[Route], shown: Callable[[QWidget], QWidget]
) -> None:
    view = licence(CHILD, family(), background, messages, went)
    shown(view)
    kin = view.family.kin
    assert [(one.number, one.depth, one.own) for one in kin] == [
        (PARENT, 0, False),
        (CHILD, 1, True),
        (GRANDCHILD, 2, False),
    ]
    assert view.identity.status.text == name_of(LicenceStatus.ACTIVE)


def test_kin_are_gone_to_by_click_and_by_key(
    background: ImmediateBackground, messages: RecordedMessages, went: list[Route], shown: Callable[[QWidget], QWidget]
) -> None:
    view = licence(CHILD, family(), background, messages, went)
    shown(view)
    QTest.mouseClick(view.family, Qt.MouseButton.LeftButton, pos=QPoint(view.family.width() // 2, 10))
    assert went == [Route("licence", {"number": PARENT})]
    view.family.show_family(view.family.kin)
    QTest.keyClick(view.family, Qt.Key.Key_Down)
    QTest.keyClick(view.family, Qt.Key.Key_Return)
    assert went[-1] == Route("licence", {"number": GRANDCHILD})


def test_what_requests_hold_is_named(
    background: ImmediateBackground, messages: RecordedMessages, went: list[Route]
) -> None:
    held = Reservation("r1", "R-2026-08-000001", Area(6_000), ("pharmacy",), ())
    centre = Centre(replace(make_licence(), reservations=(held,)))
    view = licence(PARENT, centre, background, messages, went)
    found(view, QPushButton, "licence.reserved.r1").click()
    assert went == [Route("request", {"id": "r1"})]
    assert "١٤٠٫٠٠ م²" in [value.text() for value in view.facts.values.values()]


def test_a_child_leads_to_the_request_that_made_it(
    background: ImmediateBackground, messages: RecordedMessages, went: list[Route]
) -> None:
    walked = journey(Status.ISSUED)
    child = walked.request.issue.licences[0].number
    view = licence(child, walked.centre, background, messages, went)
    view.made_by.click()
    assert went == [Route("request", {"id": "r1"})]
    assert [one.number for one in view.family.kin][:2] == [PARENT, child]


def test_a_licence_that_is_not_here_says_so(
    background: ImmediateBackground, messages: RecordedMessages, went: list[Route]
) -> None:
    assert licence("L-1999-01-000001", family(), background, messages, went).state is not None
