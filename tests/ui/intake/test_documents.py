"""Documents at the counter, while the request is typed: dropped onto their paper, they go with it from its draft on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from desktop_app.domain.attachments import Requirement
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.storage.attachments import StoreAttachments
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.looking import FORM
from desktop_app.ui.intake.screen import IntakeScreen
from desktop_app.ui.screens import Ports
from tests.ui.documents.test_documents import drop
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.intake.conftest import FREE, fill
from tests.workplaces import TestWorkplace


@pytest.fixture
def photo(tmp_path: Path) -> str:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    path = tmp_path / "سند.png"
    assert image.save(str(path))
    return str(path)


@pytest.fixture
def screen(
    place: TestWorkplace,
    background: ImmediateBackground,
    messages: RecordedMessages,
    went: list[Route],
    shown: Callable[[QWidget], QWidget],
) -> IntakeScreen:
    keeping = replace(place, attachments=StoreAttachments(place.store))

    def go(route: Route) -> bool:
        went.append(route)
        return True

    made = IntakeScreen(Ports(keeping, background, messages, go))
    shown(made.widget())
    made.activate(Route("intake"))
    return made


def test_a_scan_that_is_dropped_while_one_types_goes_with_the_request(
    screen: IntakeScreen, place: TestWorkplace, photo: str, went: list[Route]
) -> None:
    card = screen.view.side.documents
    assert not card.isVisible(), "there is nothing yet that it could be for"
    fill(screen.presenter)
    assert list(card.rows) == [Requirement.TITLE_DEED]
    drop(card.rows[Requirement.TITLE_DEED], photo)
    draft = screen.presenter.request
    assert draft is not None
    assert status_of(place.queries.get_request(draft.id).request) is Status.DRAFT
    screen.presenter.typed(fields.NAME, "اسم آخر")
    screen.presenter.pause()
    screen.presenter.lodge()
    request = place.queries.get_request(went[-1].args["id"]).request
    assert request.id == draft.id
    assert request.applicant.person.name_ar == "اسم آخر"
    assert [one.requirement for one in request.documents] == [Requirement.TITLE_DEED]


def test_what_is_asked_follows_what_is_typed(screen: IntakeScreen) -> None:
    fill(screen.presenter)
    card = screen.view.side.documents
    screen.presenter.typed(fields.CAPACITY, "agent")
    screen.presenter.split.add_vocation("c1", "smithy")
    screen.presenter.pause()
    assert list(card.rows) == [Requirement.TITLE_DEED, Requirement.CONSTRUCTION_CERTIFICATE, Requirement.AUTHORITY]


def test_without_a_known_licence_nothing_is_attached_and_it_is_said_what_is_missing(
    screen: IntakeScreen, place: TestWorkplace, photo: str
) -> None:
    screen.presenter.typed(fields.NAME, "سمير")
    screen.presenter.pause()
    drop(screen.view.side.documents.rows[Requirement.TITLE_DEED], photo)
    assert place.drafts.all_of(FORM)[0].key == screen.presenter.key, "nothing was saved for the branch"
    assert screen.view.lines[fields.PARENT].hasFocus(), "what is needed first is led to"
    screen.presenter.typed(fields.PARENT, FREE)
    screen.presenter.pause()
    screen.presenter.save_draft()
    assert screen.presenter.request is not None
    assert screen.presenter.request.documents == (), "a file that was refused does not come back by itself"
