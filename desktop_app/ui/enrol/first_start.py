"""The program on a computer that is no device yet: one window, and then the program as always."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.application.settings import WorkstationSettings
from desktop_app.ui.background import ThreadedBackground
from desktop_app.ui.enrol.presenter import Enrolment
from desktop_app.ui.enrol.view import EnrolWindow
from desktop_app.ui.errors import CrashHook, CrashSink, explain
from desktop_app.ui.messages import Messages
from desktop_app.ui.program import HEIGHT, WIDTH

if TYPE_CHECKING:
    from desktop_app.ui.unlock.presenter import Unlocking
    from desktop_app.ui.unlock.view import UnlockWindow


class FirstStart(QObject):
    """Owns the window of enrolment; `go_on` opens the program once the computer is a device."""

    def __init__(
        self,
        enrolment: Enrolment,
        crash_sink: CrashSink,
        go_on: Callable[[WorkstationSettings], None],
        unlocking: Unlocking | None = None,
    ) -> None:
        super().__init__()
        self._go_on = go_on
        self.messages = Messages(self)
        self._hook = CrashHook(crash_sink, self.messages, self)
        self.background = ThreadedBackground(self.messages, self._hook.report, self)
        self.window = EnrolWindow(enrolment, self.background, self._enrolled, self._show_unlock)
        self.messages.posted.connect(self.window.show_notice)
        self._unlocking = unlocking
        self._before: UnlockWindow | None = None
        self._running = False

    def start(self) -> None:
        self._running = True
        self._hook.install()
        self.window.resize(WIDTH, HEIGHT)
        if self._unlocking is not None and self._unlocking.sealed:
            self._show_unlock(False)
        else:
            self.window.show()

    def stop(self) -> None:
        """Ends the threads and takes the window away; harmless the second time."""
        if self._running:
            self._running = False
            self.background.close()
            self._hook.remove()
            self.window.close()
            if self._before is not None:
                self._before.close()

    def _show_unlock(self, new: bool) -> None:
        """The passphrase first; the invitation stays in its field meanwhile."""
        from desktop_app.ui.unlock.view import UnlockWindow

        if self._unlocking is None:
            return
        window = self._before = UnlockWindow(self._unlocking, self.background, self._unlocked, new=new)
        self.messages.posted.connect(window.show_notice)
        window.resize(self.window.size())
        window.show()
        self.window.hide()

    def _unlocked(self) -> None:
        self.window.show()
        if self._before is not None:
            self._before.hide()
            self._before.deleteLater()
            self._before = None

    def _enrolled(self, settings: WorkstationSettings) -> None:
        # The next window first: with the last one the application would end.
        self._hook.remove()
        try:
            self._go_on(settings)
        except OSError as why:
            self._hook.install()
            self.window.show_notice(explain(why))
        else:
            self.window.hide()
