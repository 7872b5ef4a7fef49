"""The main window: navigation, command box, messages, the screen on stage, status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from desktop_app.texts import tr
from desktop_app.ui import icons
from desktop_app.ui.background import Background
from desktop_app.ui.frame.bars import StatusBar, SyncBadge, TopBar
from desktop_app.ui.frame.command_box import CommandBox, Finder, Suggestion
from desktop_app.ui.frame.message_bar import MessageBar
from desktop_app.ui.frame.navigation import Navigation
from desktop_app.ui.frame.routes import Route, Router, Screen, ScreenEntry
from desktop_app.ui.icons import Icon
from desktop_app.ui.messages import Messages
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row

ICONS_AFTER_MS = 50
"""How long the icons leave the UI thread to what the first screen shows: the first page of a list comes within it."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What stands in place of the screens while they are locked, all but those that are `open`."""

    title: str
    page: QWidget
    open: frozenset[str]


class MainFrame(QMainWindow):
    """Screens are made at their first visit. ``painted`` comes once, after the first paint, when icons are there."""

    painted = Signal()
    refresh_asked = Signal()

    def __init__(
        self,
        entries: Sequence[ScreenEntry],
        background: Background,
        messages: Messages,
        finder: Finder = lambda text: (),
    ) -> None:
        super().__init__()
        self.entries = {entry.name: entry for entry in entries}
        self.router = Router(self._may_leave, self)
        self.screens: dict[str, Screen] = {}
        self._on_stage: Screen | None = None
        self._has_painted = False
        self._extra_commands: tuple[Suggestion, ...] = ()
        self._lock: Lock | None = None
        self.navigation = Navigation(entries)
        self.top = TopBar(CommandBox(background, finder))
        self.message_bar = MessageBar(messages)
        self.status = StatusBar()
        self.stack = QStackedWidget()
        # A tall screen is squeezed or scrolls; it never makes the window outgrow the display.
        self.stack.setMinimumSize(space(60), space(40))
        self.heading = label("", Type.TITLE)
        self.back = button(tr("Back"), "quiet", Icon.BACK, self.go_back)
        self.back.setObjectName("frame.back")
        self.setObjectName("frame")
        self.setWindowTitle(tr("Tajzia"))
        self.setCentralWidget(self._arranged())
        self.router.changed.connect(self._show)
        self.navigation.chosen.connect(lambda name: self.router.start(Route(name)))
        self._make_actions()

    def go(self, route: Route) -> bool:
        return self.router.go(route)

    def go_back(self) -> None:
        """Esc: close the topmost notice if there is one, else return to where one came from."""
        if not self.message_bar.close_latest():
            self.router.back()

    @property
    def locked(self) -> bool:
        return self._lock is not None

    def lock(self, lock: Lock) -> None:
        """From now on only `lock.open` are shown; in place of every other screen its page is. What was typed on the
        screen that stands there is kept by it, as when one leaves it."""
        if self._lock is None:
            self._may_leave()
            self._on_stage = None
            self._lock = lock
            self.stack.addWidget(lock.page)
            self._show_again()

    def unlock(self) -> None:
        if self._lock is not None:
            page, self._lock = self._lock.page, None
            self._show_again()
            self.stack.removeWidget(page)
            page.deleteLater()

    def _show_again(self) -> None:
        if self.router.current is not None:
            self._show(self.router.current)

    def retitle(self) -> None:
        """A screen whose title changed asks for this."""
        if self._on_stage is not None:
            self.heading.setText(self._on_stage.title)
            product = tr("Tajzia")
            self.setWindowTitle(f"{self._on_stage.title} — {product}")

    def show_count(self, screen: str, count: int, tone: Tone = Tone.PLAIN) -> None:
        self.navigation.show_count(screen, count, tone)

    def show_sync(self, badge: SyncBadge) -> None:
        self.top.show_sync(badge)

    def show_identity(self, branch: str, person: str, role: str) -> None:
        self.status.show_identity(branch, person, role)

    def set_commands(self, commands: Sequence[Suggestion]) -> None:
        """What the command box can do beside going to screens."""
        self._extra_commands = tuple(commands)
        self._fill_commands()

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Every key that does something here, with what it does."""
        from desktop_app.ui.frame.shortcuts import general_shortcuts

        screens = tuple((entry.title, entry.shortcut) for entry in self.entries.values() if entry.shortcut)
        extra = tuple((command.title, command.shortcut) for command in self._extra_commands if command.shortcut)
        return general_shortcuts() + screens + extra

    def _arranged(self) -> QWidget:
        head = row(self.heading, 1, self.back)
        head.setContentsMargins(space(3), space(1.5), space(3), 0)
        stage = QWidget()
        upright = column(self.message_bar, head, self.stack, gap=0)
        upright.setStretchFactor(self.stack, 1)
        stage.setLayout(upright)
        middle = row(self.navigation, stage, gap=0)
        middle.setStretch(1, 1)
        whole = QWidget()
        everything = column(self.top, middle, self.status, gap=0)
        everything.setStretch(1, 1)
        whole.setLayout(everything)
        return whole

    def _make_actions(self) -> None:
        self._act(tr("Search and commands"), "Ctrl+K", self.top.box.summon)
        self._act(tr("Back"), "Esc", self.go_back)
        self._act(tr("Read again"), "F5", self._refresh)
        self._act(tr("Keyboard shortcuts"), "F1", self.show_shortcuts)
        for entry in self.entries.values():
            if entry.shortcut:
                self._act(entry.title, entry.shortcut, lambda name=entry.name: self.router.start(Route(name)))
        self._fill_commands()

    def _act(self, title: str, keys: str, run: object) -> None:
        action = QAction(title, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: run())  # type: ignore[operator]
        self.addAction(action)

    def _fill_commands(self) -> None:
        places = [
            Suggestion(
                entry.title,
                partial(self._start, entry.name),
                icon=entry.icon,
                shortcut=entry.shortcut,
            )
            for entry in self.entries.values()
            if entry.navigated
        ]
        self.top.box.set_commands([*self._extra_commands, *places])

    def _start(self, screen: str) -> None:
        self.router.start(Route(screen))

    def show_shortcuts(self) -> None:
        from desktop_app.ui.frame.shortcuts import ShortcutList

        ShortcutList(self.shortcuts(), self).open()

    def _refresh(self) -> None:
        self.refresh_asked.emit()
        if self._on_stage is not None and self.router.current is not None:
            self._on_stage.activate(self.router.current)

    def _may_leave(self) -> bool:
        return self._on_stage is None or self._on_stage.deactivate()

    def _show(self, route: Route) -> None:
        self.message_bar.change_screen()
        if self._lock is not None and route.screen not in self._lock.open:
            self._on_stage = None
            self.stack.setCurrentWidget(self._lock.page)
            self.navigation.show_current(route.screen)
            self.heading.setText(self._lock.title)
            self.back.setVisible(self.router.can_go_back)
            return
        screen = self.screens.get(route.screen)
        if screen is None:
            screen = self.screens[route.screen] = self.entries[route.screen].make()
            self.stack.addWidget(screen.widget())
        self._on_stage = screen
        self.stack.setCurrentWidget(screen.widget())
        self.navigation.show_current(route.screen)
        self.back.setVisible(self.router.can_go_back)
        screen.activate(route)
        self._bring_focus(screen.widget())
        self.retitle()

    def _bring_focus(self, stage: QWidget) -> None:
        """Have the keys work on the screen, unless the screen put the focus somewhere in itself."""
        # None while nothing has the focus, whatever the stubs say.
        focused = cast("QWidget | None", self.focusWidget())
        if focused is None or not (focused is stage or stage.isAncestorOf(focused)):
            stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(ICONS_AFTER_MS, self, self._after_first_paint)

    def _after_first_paint(self) -> None:
        icons.warm()
        self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and icons.ready():
            icons.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_leave():
            event.accept()
        else:
            event.ignore()
