"""The lease as the frame shows it: a word in the status bar in its last days, and a lock once it is over."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from desktop_app.application.workplace import Workplace
from desktop_app.domain.lease import LeaseStands, LeaseState
from desktop_app.texts import ntr, tr
from desktop_app.ui.background import Background
from desktop_app.ui.frame.main_frame import Lock, MainFrame
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone
from desktop_app.ui.widgets.buttons import Action
from desktop_app.ui.widgets.states import StatePage

LOOK_EVERY_MS = 60_000
_OPEN = frozenset({"sync"})


class LeaseLock(QObject):
    """Looks every minute, and whenever it is told to. Names: `lease.sync`."""

    def __init__(self, workplace: Workplace, background: Background, frame: MainFrame) -> None:
        super().__init__(frame)
        self._workplace = workplace
        self._background = background
        self._frame = frame
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        self._background.read(self._workplace.lease.look, self.show_lease, owner=self._frame)

    def show_lease(self, stands: LeaseStands) -> None:
        self._frame.status.show_lease(lease_words(stands))
        if stands.state is LeaseState.LAPSED:
            self._frame.lock(Lock(tr("Locked until the next contact with the centre"), self._page(), _OPEN))
        else:
            self._frame.unlock()

    def _page(self) -> StatePage:
        again = Action("lease.sync", tr("Synchronise now"), self._workplace.sync.sync_now, Icon.SYNCING)
        page = StatePage(
            Icon.OFFLINE,
            tr("This computer has been without the centre for longer than it may."),
            tr(
                "What was done here and what you typed is kept. Connect this computer to the centre: "
                "the work goes on where it stood as soon as the centre answers."
            ),
            again,
            Tone.LATE,
        )
        if page.button is not None:
            page.button.setObjectName(again.name)
        return page


def lease_words(stands: LeaseStands) -> str:
    """What the status bar says in the last days; nothing before."""
    if stands.state is LeaseState.GOOD:
        return ""
    if stands.state is LeaseState.LAPSED:
        return tr("Locked: the centre must be reached")
    days = stands.left // timedelta(days=1)
    if days:
        return ntr(
            "Without the centre for {n} more day at most",
            "Without the centre for {n} more days at most",
            days,
        )
    hours = max(1, stands.left // timedelta(hours=1))
    return ntr(
        "Without the centre for {n} more hour at most",
        "Without the centre for {n} more hours at most",
        hours,
    )
