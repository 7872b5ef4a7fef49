"""What the page of the synchronisation knows and does, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop_app.application.ports.given import GivenState
from desktop_app.application.workplace import Workplace
from desktop_app.sync.progress import Bootstrap
from desktop_app.sync.status import SyncState, SyncStatus
from desktop_app.sync.tally import Care
from desktop_app.texts import N_, ntr, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.texts.quantities import code
from desktop_app.ui.background import Background
from desktop_app.ui.request.happened import sentence_of

GIVEN_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class SyncShown:
    """How things stand, in words; `advice` says what goes on working and what to do. `taken` is the share in percent
    of what this computer takes over, None when it takes over nothing; `taking` says it in words. `compared` says when
    both sides were compared and what was mended; `disagreement` that the centre's history is not what was seen of it.
    """

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
    taken: int | None
    taking: str
    compared: str
    disagreement: str


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A command that was given here, and where it is."""

    id: str
    request_id: str
    what: str
    number: str
    who: str
    when: str
    state: GivenState


class SyncDisplay(Protocol):
    def show_sync(self, shown: SyncShown) -> None: ...

    def show_given(self, lines: tuple[GivenLine, ...]) -> None:
        """The last first."""


class SyncPresenter:
    """Shows the state and passes on what the person wants of it."""

    def __init__(self, display: SyncDisplay, workplace: Workplace, background: Background) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._counted: tuple[int, ...] = ()

    def show(self, status: SyncStatus | None = None) -> None:
        stands = status or self._workplace.sync.status()
        self._display.show_sync(shown_of(stands, self._workplace.clock.now()))
        counts = (stands.waiting, stands.sent, stands.confirmed, stands.refused)
        if status is None or counts != self._counted:
            self._counted = counts
            self._background.read(self._read_given, self._display.show_given)

    def _read_given(self) -> tuple[GivenLine, ...]:
        queries = self._workplace.queries
        given = queries.given_commands(GIVEN_AT_MOST)
        names = {one.id: one.name_ar for one in queries.staff()} if given else {}
        return tuple(
            GivenLine(
                id=one.command_id,
                request_id=one.request_id,
                what=sentence_of(one.action),
                number=code(one.number) if one.number else "",
                who=names.get(one.author, one.author),
                when=date_and_time(one.made_at),
                state=one.state,
            )
            for one in given
        )

    def sync_now(self) -> None:
        self._workplace.sync.sync_now()

    def work_offline(self, wanted: bool) -> None:
        sync = self._workplace.sync
        self._background.write(lambda: sync.work_offline(wanted), lambda _: self.show())


_TROUBLES: dict[str, str] = {
    "too_old": N_(
        "This program is too old for the centre: you can look at everything and give nothing new. What was done here"
        " before is still delivered. Have the program brought up to date."
    ),
    "too_new": N_(
        "This program is newer than the centre. What is done here is kept and waits until the centre has been brought"
        " up to date."
    ),
    "not_admitted": N_("The centre does not let this person or this device in."),
    "tampering": N_(
        "What came from the centre does not carry the seal that it should, or another computer sends in this one's"
        " name. Nothing more is sent, and what you did is kept: tell the system administrator."
    ),
    "clock": N_(
        "The clock of this computer differs from the centre's by more than ten minutes. Have it set right: what is due"
        " and what has expired is shown by it. The centre decides by its own."
    ),
    "store": N_("The store of this workstation could not be read or written."),
    "bug": N_("The program made a mistake."),
}
"""What the rounds of synchronisation call their trouble; that the centre is out of reach is said by the headline."""


def _trouble(word: str) -> str:
    return tr(_TROUBLES[word]) if word in _TROUBLES else ""


def shown_of(status: SyncStatus, now: datetime) -> SyncShown:
    return SyncShown(
        state=status.state,
        headline=_headline(status),
        advice=_advice(status),
        last_contact=date_and_time(status.last_contact) if status.last_contact else tr("never yet"),
        next_try=_next_try(status, now),
        trouble=_trouble(status.trouble),
        waiting=status.waiting,
        sent=status.sent,
        confirmed=status.confirmed,
        refused=status.refused,
        offline_wanted=status.state is SyncState.WORKING_OFFLINE,
        taken=int(status.bootstrap.share * 100) if status.bootstrap else None,
        taking=_taking(status.bootstrap),
        compared=_compared(status.care),
        disagreement=_disagreement(status.care),
    )


def _compared(care: Care) -> str:
    if care.compared_at is None:
        return tr("never yet")
    when = date_and_time(care.compared_at)
    if not care.mended or care.mended_at is None:
        return tr("{when}: both sides hold the same", when=when)
    return ntr(
        "{when}; on {mended_at} {n} record was found that differed, and mended",
        "{when}; on {mended_at} {n} records were found that differed, and mended",
        care.mended,
        when=when,
        mended_at=date_and_time(care.mended_at),
    )


def _disagreement(care: Care) -> str:
    if not care.history:
        return ""
    return tr(
        "What the centre says of its history is not what this computer has seen of it before. What was seen is kept"
        " here. Tell the administrator: the centre's audit has to be checked."
    )


def _taking(bootstrap: Bootstrap | None) -> str:
    if bootstrap is None:
        return ""
    return tr(
        "This computer takes over what the centre holds: {done} of {total} records. If the connection breaks off, it"
        " goes on from there. You can work meanwhile with what is here.",
        done=bootstrap.done,
        total=bootstrap.total,
    )


def _headline(status: SyncStatus) -> str:
    return {
        SyncState.SYNCED: tr("This computer and the centre agree"),
        SyncState.SYNCING: tr("Synchronising with the centre…"),
        SyncState.OFFLINE: tr("The centre cannot be reached"),
        SyncState.WORKING_OFFLINE: tr("You are working without the centre, as you wished"),
        SyncState.REFUSED: tr("Synchronising has stopped"),
    }[status.state]


def _advice(status: SyncStatus) -> str:
    match status.state:
        case SyncState.OFFLINE | SyncState.WORKING_OFFLINE:
            return tr("Go on working: everything is kept on this computer and is sent when the centre is back.")
        case SyncState.REFUSED:
            return tr(
                "Everything that was done here is kept, and you can go on working. Tell the system administrator, then"
                " synchronise again."
            )
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
