"""Windows in tests: Arabic, dressed as in the product, with messages recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import texts
from desktop_app.application.workplace import Workplace
from desktop_app.domain.request import Status
from desktop_app.ui.application import make_application
from tests.domain import builders
from tests.domain.journey import journey
from tests.ui.administration.an_administration import AnAdministration
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.ui.memory import MemoryWorkplace

W = TypeVar("W", bound=QWidget)


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    texts.use("ar")
    make_application()


@pytest.fixture
def messages() -> RecordedMessages:
    return RecordedMessages()


@pytest.fixture
def background(messages: RecordedMessages) -> ImmediateBackground:
    """Work is done at once."""
    return ImmediateBackground(messages)


@pytest.fixture
def held(messages: RecordedMessages) -> HeldBackground:
    """Work is done on ``held.release()``."""
    return HeldBackground(messages)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[W], W]:
    """Put a widget on screen at the tour's size and wait until it is there."""

    kept: list[QWidget] = []  # qtbot holds them by weak references only

    def show(widget: W) -> W:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(1440, 900)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


@pytest.fixture
def administered() -> AnAdministration:
    """The centre that an administrator's screen asks."""
    return AnAdministration()


@pytest.fixture
def administrators_workplace(administered: AnAdministration) -> Workplace:
    memory = MemoryWorkplace(journey(Status.LODGED).centre)
    session = replace(memory.workplace.session, actor=builders.administrator())
    return replace(memory.workplace, administration=administered, session=session)
