"""The window of a signed-in person: the frame with its screens, the search, the counters and the state of the sync."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.application.ports.queue import QueueView
from desktop_app.domain.rights import Action, may_ever
from desktop_app.sync.status import CLOCK, TOO_NEW, TOO_OLD, SyncState
from desktop_app.texts import N_, current, name_of, tr
from desktop_app.texts.quantities import code
from desktop_app.ui import icons, theme
from desktop_app.ui.background import OwnedBackground, ThreadedBackground
from desktop_app.ui.frame.bars import SyncBadge
from desktop_app.ui.frame.bars import SyncState as BadgeState
from desktop_app.ui.frame.command_box import Suggestion
from desktop_app.ui.frame.main_frame import MainFrame
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.icons import Icon
from desktop_app.ui.queue.presenter import first_view
from desktop_app.ui.screens import Ports, screen_entries
from desktop_app.ui.theme import LARGEST, SMALLEST, Look, Scheme, Tone

if TYPE_CHECKING:
    from desktop_app.application.ports.queries import SearchHit
    from desktop_app.application.workplace import Workplace
    from desktop_app.domain.actor import Actor
    from desktop_app.sync.status import SyncStatus
    from desktop_app.ui.background import Background
    from desktop_app.ui.frame.routes import ScreenEntry
    from desktop_app.ui.lease_lock import LeaseLock
    from desktop_app.ui.messages import Messages

FOUND_AT_MOST = 8
NEWS_SETTLE_MS = 150
"""A round of synchronisation reports often; screens read again once it rests."""

_BADGES = {
    SyncState.SYNCED: BadgeState.SYNCED,
    SyncState.SYNCING: BadgeState.SYNCING,
    SyncState.OFFLINE: BadgeState.OFFLINE,
    SyncState.WORKING_OFFLINE: BadgeState.OFFLINE,
    SyncState.REFUSED: BadgeState.REFUSED,
}

_TOLD_ONCE = {
    CLOCK: (
        N_("The clock of this computer is not right: the centre's shows another time."),
        N_("What you do is kept, and the centre decides by its own clock."),
        N_("Have the date and the time of this computer set right."),
    ),
    TOO_OLD: (
        N_("This program is too old for the centre: you can look at everything and give nothing new."),
        N_("What was done here before is kept, and is still delivered."),
        N_("Have the program brought up to date."),
    ),
    TOO_NEW: (
        N_("This program is newer than the centre, which cannot read yet what is done here."),
        N_("What you do is kept on this computer, and is sent once the centre has been brought up to date."),
        N_("Go on working, and tell the system administrator."),
    ),
}
"""What the synchronisation's trouble is told as, once for each session: what happened, what was kept, what to do."""


class Shell(QObject):
    """Holds together what a frame shows of one workplace. It lives as long as its frame."""

    _told = Signal(object)
    """Carries the synchronisation's word from its thread to the UI thread."""

    def __init__(
        self,
        workplace: Workplace,
        background: Background,
        messages: Messages,
        signed_out: Callable[[], None],
        remember: Callable[[Look], None],
    ) -> None:
        super().__init__()
        self._workplace = workplace
        self._background = background
        self._signed_out = signed_out
        self._remember = remember
        self._listeners: list[Callable[[], None]] = []
        self._seen: SyncStatus | None = None
        self._messages = messages
        self._told_once: set[str] = set()
        self.ports = Ports(
            workplace=workplace,
            background=OwnedBackground(background, self),
            messages=messages,
            go=self._go,
            retitle=self._retitle,
            show_count=self._show_count,
            on_news=self._listeners.append,
        )
        entries = entries_for(workplace.session.actor, screen_entries(self.ports))
        self.frame = MainFrame(entries, background, messages, self._find)
        self.setParent(self.frame)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(NEWS_SETTLE_MS)
        self._rest.timeout.connect(self.spread_news)
        self._told.connect(self._show_sync)
        self._listening = [workplace.sync.listen(self._told.emit)]
        self.frame.destroyed.connect(lambda _=None, ends=self._listening: _end_all(ends))
        self.frame.top.sync_asked.connect(lambda: self.frame.go(Route("sync")))
        if isinstance(background, ThreadedBackground):
            background.busy_changed.connect(self.frame.top.show_busy)
        self._schemes: dict[Scheme, QAction] = {}
        self._lease: LeaseLock | None = None
        self.frame.painted.connect(self._watch_lease)
        self._make_menu()
        self._show_sync(workplace.sync.status())
        self._background.read(self._read_identity, self._show_identity, owner=self.frame)

    # The ports' calls: screens are given them before the frame is there.

    def _go(self, route: Route) -> bool:
        return self.frame.go(route)

    def _retitle(self) -> None:
        self.frame.retitle()

    def _show_count(self, screen: str, count: int, tone: Tone = Tone.PLAIN) -> None:
        self.frame.show_count(screen, count, tone)

    def spread_news(self) -> None:
        """Has everything on screen read again what the replica holds."""
        self.count()
        for told in tuple(self._listeners):
            told()

    def count(self) -> None:
        """Reads the counters of the navigation."""
        queries, now = self._workplace.queries, self._workplace.clock.now()
        self._background.read(
            lambda: (queries.queue_counts(now, None), len(queries.refused_commands())), self._counted, owner=self.frame
        )

    def sign_out(self) -> None:
        """Closes the window, if the screen on stage lets go, and hands back to the sign-in."""
        if self.frame.close():
            _end_all(self._listening)
            self._signed_out()
            self.frame.deleteLater()

    def _counted(self, counted: tuple[dict[QueueView, int], int]) -> None:
        counts, refused = counted
        own, late = counts.get(first_view(self._workplace.session.actor), 0), counts.get(QueueView.LATE, 0)
        self.frame.show_count("queue", own)
        self.frame.show_count("today", late, Tone.LATE)
        self.frame.show_count("conflicts", refused, Tone.LATE)

    def _show_sync(self, status: SyncStatus) -> None:
        taken = status.bootstrap.share if status.bootstrap else None
        self.frame.show_sync(SyncBadge(_BADGES[status.state], status.waiting + status.sent, taken, status.trouble))
        before, self._seen = self._seen, status
        if self._lease is not None and status.state is SyncState.SYNCED:
            self._lease.look()
        if status.trouble in _TOLD_ONCE and status.trouble not in self._told_once:
            self._told_once.add(status.trouble)
            happened, kept, todo = map(tr, _TOLD_ONCE[status.trouble])
            self._messages.warning(happened, kept=kept, todo=todo)
        if before is None:
            QTimer.singleShot(NEWS_SETTLE_MS, self, self.count)
        elif _news(before, status):
            self._rest.start()

    def _read_identity(self) -> tuple[str, bool]:
        session, ground = self._workplace.session, self._workplace.queries.ground()
        district = ground.find_district(session.branch)
        if session.actor.all_branches or district is None:
            return tr("the whole municipality"), ground.verified
        name = district.name_ar if current().arabic else district.name_en
        return tr("District of {name}", name=name), ground.verified

    def _show_identity(self, known: tuple[str, bool]) -> None:
        place, verified = known
        actor = self._workplace.session.actor
        role = name_of(actor.role)
        if actor.cashier:
            role = tr("{role}, takes payments", role=role)
        self.frame.show_identity(place, actor.name_ar, role)
        self.frame.status.show_sample(sample=not verified)

    def _watch_lease(self) -> None:
        # Not before the first paint: the page that people wait for comes first.
        from desktop_app.ui.lease_lock import LeaseLock

        self._lease = LeaseLock(self._workplace, self._background, self.frame)
        self._lease.look()

    def _find(self, text: str) -> tuple[Suggestion, ...]:
        if self.frame.locked:
            return ()
        return tuple(self._suggestion(hit) for hit in self._workplace.queries.search(text, FOUND_AT_MOST))

    def _suggestion(self, hit: SearchHit) -> Suggestion:
        if hit.kind == "licence":
            route, icon = Route("licence", {"number": hit.id}), Icon.LICENCE
        else:
            route, icon = Route("request", {"id": hit.id}), Icon.REQUESTS
        return Suggestion(code(hit.title), lambda: self._follow(route), hit.detail, icon)

    def _follow(self, route: Route) -> None:
        self.frame.go(route)

    def _make_menu(self) -> None:
        menu = QMenu(self.frame)
        group = QActionGroup(menu)
        names = {
            Scheme.LIGHT: tr("Light"),
            Scheme.DARK: tr("Dark"),
            Scheme.HIGH_CONTRAST: tr("High contrast"),
        }
        for scheme, title in names.items():
            action = group.addAction(title)
            action.setCheckable(True)
            action.setChecked(theme.current().scheme is scheme)
            action.triggered.connect(lambda _=False, wanted=scheme: self.dress(wanted))
            menu.addAction(action)
            self._schemes[scheme] = action
        menu.addSeparator()
        commands = (
            Suggestion(tr("Larger text"), lambda: self.resize_text(0.1), icon=Icon.ADD, shortcut="Ctrl++"),
            Suggestion(tr("Smaller text"), lambda: self.resize_text(-0.1), icon=Icon.SETTINGS, shortcut="Ctrl+-"),
            Suggestion(tr("Change the colours"), self._next_scheme, icon=Icon.SETTINGS, shortcut="Ctrl+Shift+L"),
            Suggestion(tr("Synchronise now"), self._workplace.sync.sync_now, icon=Icon.SYNCING, shortcut="Ctrl+R"),
            Suggestion(tr("Sign out"), self.sign_out, icon=Icon.SIGN_OUT, shortcut="Ctrl+Shift+Q"),
        )
        for command in commands:
            action = QAction(command.title, self.frame)
            action.setShortcut(QKeySequence(command.shortcut))
            action.triggered.connect(lambda _=False, run=command.run: run())
            icons.set_icon(action, command.icon)
            self.frame.addAction(action)
            menu.addAction(action)
        self.frame.set_commands(commands)
        self.frame.top.show_menu(menu)

    def dress(self, scheme: Scheme, scale: float | None = None) -> None:
        """Puts another look on the whole program."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme, scale if scale is not None else theme.current().metrics.scale)
            self._schemes[scheme].setChecked(True)
            self._remember(Look(scheme, theme.current().metrics.scale))

    def resize_text(self, by: float) -> None:
        """Larger or smaller, within what the windows can bear."""
        self.dress(theme.current().scheme, min(LARGEST, max(SMALLEST, theme.current().metrics.scale + by)))

    def _next_scheme(self) -> None:
        schemes = list(Scheme)
        self.dress(schemes[(schemes.index(theme.current().scheme) + 1) % len(schemes)])


def open_shell(
    workplace: Workplace,
    background: Background,
    messages: Messages,
    *,
    signed_out: Callable[[], None] = lambda: None,
    remember: Callable[[Look], None] = lambda _: None,
) -> MainFrame:
    """The frame of a workplace, on its first screen, not shown yet. `signed_out` is called once it has closed for
    a sign-out, `remember` with every look that somebody chooses."""
    shell = Shell(workplace, background, messages, signed_out, remember)
    shell.frame.router.start(Route("today"))
    return shell.frame


def entries_for(actor: Actor, entries: tuple[ScreenEntry, ...]) -> tuple[ScreenEntry, ...]:
    """The entries as this person may use them: what none of their rights leads to does not stand in the navigation."""
    return tuple(
        replace(entry, navigated=False, shortcut="") if not _useful(actor, entry.name) else entry for entry in entries
    )


_NEEDS = {
    "intake": (Action.LODGE,),
    "payment": (Action.RECORD_PAYMENT,),
    "fees": (Action.ASSESS_FEES, Action.APPROVE_FEES),
    "print_run": (Action.CONFIRM_PRINT,),
    "calendar": (Action.SCHEDULE_INSPECTION, Action.RECORD_INSPECTION),
}


_OF_STAFF = ("licences", "verify", "notices")
"""Of these the centre gives an outside body's officer nothing."""


_OF_ADMINISTRATORS = ("administration", "notice_words", "dated_tables")


_WATCH_OVER_SHEETS = ("supervisor", "auditor", "administrator")


def _useful(actor: Actor, screen: str) -> bool:
    if screen in _OF_ADMINISTRATORS:
        return actor.role.value == "administrator"
    if screen == "sheets":
        return actor.role.value in _WATCH_OVER_SHEETS
    if actor.role.value == "body_officer" and screen in _OF_STAFF:
        return False
    needed = _NEEDS.get(screen, ())
    return not needed or any(may_ever(actor, action) for action in needed)


def _news(before: SyncStatus, now: SyncStatus) -> bool:
    """Whether the replica may hold something else than it did."""
    settled = before.state is SyncState.SYNCING and now.state is not SyncState.SYNCING
    counts = (before.waiting, before.sent, before.confirmed, before.refused)
    return settled or counts != (now.waiting, now.sent, now.confirmed, now.refused)


def _end_all(ends: list[Callable[[], None]]) -> None:
    """Calls each once, however often this is called."""
    while ends:
        ends.pop()()
