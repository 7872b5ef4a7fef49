"""What the sign-in screen knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from desktop_app.application.door import Door, KnownPerson
from desktop_app.application.ports.secrets import PassphraseNeededError
from desktop_app.application.ports.store_trouble import LeaseLapsedError
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain

if TYPE_CHECKING:
    from desktop_app.application.workplace import Workplace


class SignInView(Protocol):
    def show_people(self, people: tuple[KnownPerson, ...]) -> None: ...

    def show_problem(self, field: str, sentence: str) -> None:
        """Beside `field` ("login" or "password"); the other field's problem goes away."""

    def show_busy(self, busy: bool) -> None: ...


class SignInPresenter:
    """Asks the door off the UI thread; `admitted` gets the workplace of whoever came in, `locked` whether a passphrase
    is to be chosen where the store waits for one."""

    def __init__(
        self,
        view: SignInView,
        door: Door,
        background: Background,
        admitted: Callable[[Workplace], None],
        locked: Callable[[bool], None],
    ) -> None:
        self._view = view
        self._locked = locked
        self._door = door
        self._background = background
        self._admitted = admitted

    def start(self) -> None:
        self._background.read(self._door.people, self._view.show_people, self._no_store)

    def sign_in(self, login: str, password: str) -> None:
        if not login.strip():
            self._view.show_problem("login", tr("Write your user name."))
            return
        if not password:
            self._view.show_problem("password", tr("Write your password."))
            return
        self._view.show_busy(True)
        self._background.write(
            lambda: self._door.sign_in(login.strip(), password),
            self._came_in,
            self._turned_away,
            busy=tr("Signing in…"),
        )

    def _came_in(self, workplace: Workplace) -> None:
        self._view.show_busy(False)
        self._admitted(workplace)

    def _turned_away(self, error: Exception) -> None:
        self._view.show_busy(False)
        if isinstance(error, LeaseLapsedError):
            self._no_store(error)
        elif isinstance(error, PermissionError):
            self._view.show_problem(
                "password",
                tr(
                    "The user name or the password is not right. Look at the language of the keyboard and at Caps Lock,"
                    " then type it again."
                ),
            )
        elif isinstance(error, ConnectionError):
            self._view.show_problem(
                "login",
                tr(
                    "The centre cannot be reached, and you have not signed in on this device before. "
                    "Try again when the network is back."
                ),
            )
        else:
            self._no_store(error)

    def _no_store(self, error: Exception) -> None:
        if isinstance(error, PassphraseNeededError):
            self._locked(error.new)
            return
        notice = explain(error)
        self._view.show_problem("login", " ".join((notice.happened, notice.kept, notice.todo)))
