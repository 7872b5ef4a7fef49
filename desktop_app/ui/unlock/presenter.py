"""What the screen of the passphrase knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop_app.application.passphrase import SHORTEST, Strength, normal, strength
from desktop_app.application.ports.secrets import WrongPassphraseError
from desktop_app.texts import ntr, tr
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain


class Unlocking(Protocol):
    """`application.machine_secrets.MachineSecrets`, as far as this screen needs it."""

    @property
    def sealed(self) -> bool: ...

    def open(self, passphrase: str) -> None: ...

    def choose(self, passphrase: str) -> None: ...


class UnlockDisplay(Protocol):
    def show_strength(self, sentence: str, *, will_do: bool) -> None: ...

    def show_problem(self, field: str, sentence: str) -> None:
        """Beside `field` ("passphrase" or "again"); "" takes it away, as it does at the other field."""

    def show_busy(self, busy: bool) -> None: ...


class UnlockPresenter:
    """Opens what is sealed, or, where `new`, has a passphrase chosen; off the UI thread, for it takes its time."""

    def __init__(
        self,
        display: UnlockDisplay,
        unlocking: Unlocking,
        background: Background,
        opened: Callable[[], None],
        *,
        new: bool,
    ) -> None:
        self._display = display
        self._unlocking = unlocking
        self._background = background
        self._opened = opened
        self._new = new

    def put_in(self, passphrase: str) -> None:
        """The passphrase as it stands in the field."""
        if self._new:
            found = strength(passphrase)
            self._display.show_strength(_guidance(found, passphrase) if passphrase else "", will_do=found.will_do)

    def go_on(self, passphrase: str, again: str) -> None:
        problem = self._problem_of(passphrase, again)
        if problem is not None:
            self._display.show_problem(*problem)
            return
        work = self._unlocking.choose if self._new else self._unlocking.open
        self._display.show_busy(True)
        self._background.write(
            lambda: work(passphrase),
            lambda _: self._done(),
            self._failed,
            busy=tr("Sealing the keys…") if self._new else tr("Opening the keys…"),
        )

    def _problem_of(self, passphrase: str, again: str) -> tuple[str, str] | None:
        if not passphrase:
            return "passphrase", tr("Write the passphrase.")
        if not self._new:
            return None
        found = strength(passphrase)
        if not found.will_do:
            return "passphrase", _guidance(found, passphrase)
        if normal(passphrase) != normal(again):
            return "again", tr("The two are not the same: write it again.")
        return None

    def _done(self) -> None:
        self._display.show_busy(False)
        self._opened()

    def _failed(self, error: Exception) -> None:
        self._display.show_busy(False)
        notice = explain(error)
        # Of a passphrase that was mistyped there is no need to say that nothing became of it.
        kept = "" if isinstance(error, WrongPassphraseError) else notice.kept
        self._display.show_problem("passphrase", " ".join(filter(None, (notice.happened, kept, notice.todo))))


def _guidance(found: Strength, passphrase: str) -> str:
    match found:
        case Strength.TOO_SHORT:
            missing = SHORTEST - len(normal(passphrase))
            return ntr("Too short: {n} more character at least.", "Too short: {n} more characters at least.", missing)
        case Strength.TOO_PLAIN:
            return tr("Too easily guessed: it repeats itself. Take words that have nothing to do with each other.")
        case Strength.FAIR:
            return tr("It will do. One more word makes it much harder to guess.")
        case Strength.GOOD:
            return tr("Hard to guess.")
