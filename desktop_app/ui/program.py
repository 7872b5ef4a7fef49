"""The windows of the program one after the other: sign-in, the frame of whoever came in, sign-in again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.application.door import Door
from desktop_app.texts import tr
from desktop_app.ui.background import ThreadedBackground
from desktop_app.ui.errors import CrashHook, CrashSink
from desktop_app.ui.messages import Level, Messages, Notice
from desktop_app.ui.sign_in.view import SignInWindow
from desktop_app.ui.theme import Look, RememberedLook

if TYPE_CHECKING:
    from desktop_app.application.workplace import Workplace
    from desktop_app.ui.unlock.presenter import Unlocking

WIDTH, HEIGHT = 1440, 900


class OldCrashes(Protocol):
    """Reports of earlier runs that nobody has seen to yet."""

    def waiting(self) -> tuple[str, ...]:
        """The references of those reports, the newest first. Blocks."""

    def save_all(self, folder: str) -> None:
        """Copies them to a folder of the user's choice; they are not offered again. Raises OSError."""


class Program(QObject):
    """Owns the background, the message channel and the crash hook for as long as the program runs."""

    def __init__(
        self,
        door: Door,
        place_of: Callable[[int], str],
        crash_sink: CrashSink,
        old_crashes: OldCrashes | None = None,
        look: RememberedLook | None = None,
        unlocking: Unlocking | None = None,
    ) -> None:
        super().__init__()
        self._door = door
        self._place_of = place_of
        self._old_crashes = old_crashes
        self._look = look
        self._unlocking = unlocking
        self._looked = False
        self.messages = Messages(self)
        self.hook = CrashHook(crash_sink, self.messages, self)
        self.background = ThreadedBackground(self.messages, self.hook.report, self)
        self.window: QWidget | None = None

    def start(self) -> None:
        """Shows the sign-in window, and before it the one of the passphrase where one seals this computer's keys."""
        self.hook.install()
        if self._unlocking is not None and self._unlocking.sealed:
            self._show_unlock(new=False)
        else:
            self._show_sign_in()

    def stop(self) -> None:
        """Ends the threads, every write that was asked for included."""
        self.background.close()
        self.hook.remove()

    def _sign_out(self) -> None:
        # A write, so that whoever signs in next comes after it.
        self.background.write(self._door.leave, lambda _: None)
        self._show_sign_in()

    def _show_sign_in(self) -> None:
        window = SignInWindow(
            self._door, self.background, self._admit, self._place_of, lambda new: self._show_unlock(new=new)
        )
        self.messages.posted.connect(window.show_notice)
        self._replace(window)

    def _show_unlock(self, *, new: bool) -> None:
        from desktop_app.ui.unlock.view import UnlockWindow

        if (unlocking := self._unlocking) is None:
            return
        window = UnlockWindow(unlocking, self.background, self._show_sign_in, new=new)
        self.messages.posted.connect(window.show_notice)
        self._replace(window)

    def _admit(self, workplace: Workplace) -> None:
        from desktop_app.ui.shell import open_shell

        self._replace(
            open_shell(
                workplace, self.background, self.messages, signed_out=self._sign_out, remember=self._remember_look
            )
        )
        if not self._looked:
            # Once a run: what goes wrong from now on is told as it happens.
            self._looked = True
            QTimer.singleShot(0, self, self._look_for_old_crashes)

    def _remember_look(self, look: Look) -> None:
        if (file := self._look) is not None:
            self.background.write(lambda: file.write(look), lambda _: None)

    def _replace(self, window: QWidget) -> None:
        before, self.window = self.window, window
        window.resize(before.size() if before is not None else self._first_size(window))
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    @staticmethod
    def _first_size(window: QWidget) -> QSize:
        return QSize(WIDTH, HEIGHT).boundedTo(window.screen().availableSize())

    def _look_for_old_crashes(self) -> None:
        crashes = self._old_crashes
        if crashes is not None:
            self.background.read(crashes.waiting, self._offer_old_crashes)

    def _offer_old_crashes(self, references: tuple[str, ...]) -> None:
        if references:
            self.messages.post(
                Notice(
                    Level.WARNING,
                    tr("The program made a mistake when it last ran."),
                    todo=tr("Save the report and give it to support."),
                    reference=references[0],
                    action_label=tr("Save the report"),
                    action=self._save_old_crashes,
                )
            )

    def _save_old_crashes(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        crashes = self._old_crashes
        folder = QFileDialog.getExistingDirectory(self.window, tr("Save the report"))
        if crashes is not None and folder:
            self.background.write(
                lambda: crashes.save_all(folder), lambda _: self.messages.done(tr("The file was saved."))
            )
