"""A lapsed lease locks every screen but the synchronisation's, keeps what was typed, opens with the next contact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.lease import LeaseStands, LeaseState
from desktop_app.domain.request import Status
from desktop_app.sync.status import SyncState
from desktop_app.ui.frame.main_frame import MainFrame
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.lease_lock import LOOK_EVERY_MS, LeaseLock, lease_words
from desktop_app.ui.messages import Messages
from desktop_app.ui.shell import open_shell
from desktop_app.ui.widgets.edits import LineEdit
from tests.domain.journey import journey
from tests.ui.fakes import ImmediateBackground
from tests.ui.finding import found
from tests.ui.keys import type_text
from tests.ui.memory import MemoryWorkplace
from tests.ui.test_shell import CALM
from tests.workplaces import make_workplace

GOOD = LeaseStands(LeaseState.GOOD, timedelta(days=10))
ENDING = LeaseStands(LeaseState.RUNNING_OUT, timedelta(days=2, hours=3))
LAPSED = LeaseStands(LeaseState.LAPSED, timedelta(0))


class ALease:
    def __init__(self) -> None:
        self.stands = GOOD

    def look(self) -> LeaseStands:
        return self.stands


class Bench:
    def __init__(self, background: ImmediateBackground) -> None:
        self.memory = MemoryWorkplace(journey(Status.LODGED).centre)
        self.lease = ALease()
        workplace = replace(self.memory.workplace, lease=self.lease)
        self.frame: MainFrame = open_shell(workplace, background, Messages())

    def turns(self, stands: LeaseStands) -> None:
        """The minute is over."""
        self.lease.stands = stands
        self._lock.look()

    def is_locked(self) -> bool:
        return self.frame.locked

    @property
    def _lock(self) -> LeaseLock:
        (lock,) = self.frame.findChildren(LeaseLock)
        return lock


@pytest.fixture
def bench(background: ImmediateBackground, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> Bench:
    made = Bench(background)
    shown(made.frame)
    qtbot.waitUntil(lambda: bool(made.frame.findChildren(LeaseLock)))
    return made


def test_in_its_last_days_the_status_bar_says_so(bench: Bench) -> None:
    assert bench.frame.status.lease.isHidden()
    bench.turns(ENDING)
    assert bench.frame.status.lease.text() == "يومان آخران على الأكثر دون المركز"
    assert not bench.is_locked()
    assert LOOK_EVERY_MS == 60_000


def test_it_locks_while_the_program_is_open_and_opens_with_the_next_contact(bench: Bench) -> None:
    bench.frame.router.start(Route("queue"))
    bench.turns(LAPSED)
    assert bench.is_locked()
    page = bench.frame.stack.currentWidget()
    assert page is not bench.frame.screens["queue"].widget()
    found(bench.frame, QPushButton, "lease.sync").click()
    assert bench.memory.sync.rounds == 1
    bench.lease.stands = GOOD
    bench.memory.sync.tell(replace(CALM, state=SyncState.SYNCING))
    bench.memory.sync.tell(CALM)
    assert not bench.is_locked()
    assert bench.frame.stack.currentWidget() is bench.frame.screens["queue"].widget()


def test_only_the_synchronisation_is_shown_then(bench: Bench) -> None:
    bench.turns(LAPSED)
    for entry in bench.frame.entries:
        bench.frame.router.start(Route(entry))
        assert (entry in bench.frame.screens) == (entry in ("today", "sync")), "made before it locked, or open"
        here = bench.frame.stack.currentWidget()
        assert (here is bench.frame.screens["sync"].widget() if "sync" in bench.frame.screens else False) == (
            entry == "sync"
        )
    assert bench.frame.top.box._finder("L-2024") == ()


def test_what_was_typed_is_there_when_it_opens(
    tmp_path: Path, background: ImmediateBackground, shown: Callable[[QWidget], QWidget]
) -> None:
    place = make_workplace(tmp_path)
    frame = open_shell(replace(place, lease=ALease()), background, Messages())
    shown(frame)
    frame.router.start(Route("intake"))
    number = found(frame, LineEdit, "intake.parent_number")
    number.setFocus()
    type_text(number, "L-2024-08-0000")
    lock = LeaseLock(place, background, frame)
    lock.show_lease(LAPSED)
    assert not number.isVisible()
    lock.show_lease(GOOD)
    assert frame.router.current == Route("intake")
    assert number.isVisible()
    assert number.typed == "L-2024-08-0000"
    place.close()


def test_words() -> None:
    assert lease_words(GOOD) == ""
    assert "٥ ساعات" in lease_words(LeaseStands(LeaseState.RUNNING_OUT, timedelta(hours=5, minutes=10)))
    assert lease_words(LAPSED) == "مقفل: يلزم الاتصال بالمركز"
