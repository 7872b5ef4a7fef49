"""What the page of the synchronisation knows and does, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop_app.application.workplace import Workplace
from desktop_app.sync.status import SyncState, SyncStatus
from desktop_app.texts import ntr, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.ui.background import Background


@dataclass(frozen=True, slots=True)
class SyncShown:
    """How things stand, in words; `advice` says what goes on working and what to do."""

    state: SyncState
    headline: str
    advice: str
    last_contact: str
    next_try: str
    trouble: str
    waiting: int
    sent: int
    confirmed: int
    refused: int
    offline_wanted: bool


class SyncDisplay(Protocol):
    def show_sync(self, shown: SyncShown) -> None: ...


class SyncPresenter:
    """Shows the state and passes on what the person wants of it."""

    def __init__(self, display: SyncDisplay, workplace: Workplace, background: Background) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background

    def show(self, status: SyncStatus | None = None) -> None:
        stands = status or self._workplace.sync.status()
        self._display.show_sync(shown_of(stands, self._workplace.clock.now()))

    def sync_now(self) -> None:
        self._workplace.sync.sync_now()

    def work_offline(self, wanted: bool) -> None:
        sync = self._workplace.sync
        self._background.write(lambda: sync.work_offline(wanted), lambda _: self.show())


def shown_of(status: SyncStatus, now: datetime) -> SyncShown:
    return SyncShown(
        state=status.state,
        headline=_headline(status),
        advice=_advice(status),
        last_contact=date_and_time(status.last_contact) if status.last_contact else tr("never yet"),
        next_try=_next_try(status, now),
        trouble=status.trouble,
        waiting=status.waiting,
        sent=status.sent,
        confirmed=status.confirmed,
        refused=status.refused,
        offline_wanted=status.state is SyncState.WORKING_OFFLINE,
    )


def _headline(status: SyncStatus) -> str:
    return {
        SyncState.SYNCED: tr("This computer and the centre agree"),
        SyncState.SYNCING: tr("Synchronising with the centre…"),
        SyncState.OFFLINE: tr("The centre cannot be reached"),
        SyncState.WORKING_OFFLINE: tr("You are working without the centre, as you wished"),
        SyncState.REFUSED: tr("The centre refused something that was done here"),
    }[status.state]


def _advice(status: SyncStatus) -> str:
    match status.state:
        case SyncState.OFFLINE | SyncState.WORKING_OFFLINE:
            return tr("Go on working: everything is kept on this computer and is sent when the centre is back.")
        case SyncState.REFUSED:
            return tr("Look at what was refused; nothing of it is lost.")
        case _ if status.waiting or status.sent:
            return tr("What was done here is final once the centre has confirmed it.")
        case _:
            return tr("Nothing waits to be sent.")


def _next_try(status: SyncStatus, now: datetime) -> str:
    if status.next_try is None:
        return ""
    seconds = int((status.next_try - now).total_seconds())
    if seconds <= 0:
        return tr("now")
    if seconds < 60:
        return ntr("in {n} second", "in {n} seconds", seconds)
    return ntr("in {n} minute", "in {n} minutes", seconds // 60)
