"""The window of the passphrase: chosen twice and long enough, opened once, and before everything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application.door import KnownPerson
from desktop_app.application.ports.secrets import PassphraseNeededError, SealDamagedError, WrongPassphraseError
from desktop_app.application.workplace import Workplace
from desktop_app.ui.program import Program
from desktop_app.ui.sign_in.view import SignInWindow
from desktop_app.ui.unlock.view import UnlockWindow
from desktop_app.ui.widgets.forms import Field
from tests.ui.fakes import HeldBackground, ImmediateBackground
from tests.ui.finding import found

GOOD = "زيتون قطار نافذة سبعة"
Show = Callable[[QWidget], QWidget]


class AVault:
    def __init__(self, sealed: bool = True, error: OSError | None = None) -> None:
        self.sealed = sealed
        self.error = error
        self.opened: list[str] = []
        self.chosen: list[str] = []

    def open(self, passphrase: str) -> None:
        if self.error is not None:
            raise self.error
        self.opened.append(passphrase)
        self.sealed = False

    def choose(self, passphrase: str) -> None:
        self.chosen.append(passphrase)
        self.sealed = False


def window_of(
    vault: AVault, background: ImmediateBackground | HeldBackground, *, new: bool
) -> tuple[UnlockWindow, list[None]]:
    done: list[None] = []
    return UnlockWindow(vault, background, lambda: done.append(None), new=new), done


def type_in(window: QWidget, passphrase: str, again: str = "") -> dict[str, str]:
    found(window, QLineEdit, "unlock.passphrase").setText(passphrase)
    (second,) = window.findChildren(QLineEdit, "unlock.again")
    if second.isVisibleTo(window):
        second.setText(again)
    found(window, QPushButton, "unlock.open").click()
    return {field.about: field.problem for field in window.findChildren(Field) if field.problem}


def test_a_passphrase_is_chosen_by_writing_it_twice(background: ImmediateBackground, shown: Show) -> None:
    vault = AVault(sealed=False)
    window, done = window_of(vault, background, new=True)
    shown(window)
    assert found(window, QLineEdit, "unlock.again").isVisible()
    assert "اكتب" in type_in(window, "")["passphrase"]
    assert "قصيرة" in type_in(window, "قصيرة", "قصيرة")["passphrase"]
    assert "تكرار" in type_in(window, "ا" * 30, "ا" * 30)["passphrase"]
    assert "غير متطابقتين" in type_in(window, GOOD, GOOD + "ا")["again"]
    assert (vault.chosen, done) == ([], [])
    assert type_in(window, GOOD, GOOD) == {}
    assert (vault.chosen, vault.opened, done) == ([GOOD], [], [None])


def test_what_is_written_is_weighed_as_it_is_written(background: ImmediateBackground, shown: Show) -> None:
    window, _ = window_of(AVault(sealed=False), background, new=True)
    shown(window)
    line = found(window, QLineEdit, "unlock.passphrase")
    said = []
    for text in ("قصيرة", "ا" * 30, "زيتون قطار نافذة", GOOD + " مطر", ""):
        line.setText(text)
        said.append(window._strength.text())
    assert len(set(said)) == 5
    assert said[-1] == ""


def test_the_letters_are_hidden_until_somebody_asks_to_see_them(background: ImmediateBackground, shown: Show) -> None:
    window, _ = window_of(AVault(), background, new=False)
    shown(window)
    line = found(window, QLineEdit, "unlock.passphrase")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    found(window, QCheckBox, "unlock.show").click()
    assert line.echoMode() is QLineEdit.EchoMode.Normal


def test_it_is_opened_by_writing_it_once_and_waits_meanwhile(held: HeldBackground, shown: Show) -> None:
    vault = AVault()
    window, done = window_of(vault, held, new=False)
    shown(window)
    assert not window.again.isVisible()
    type_in(window, "short")
    assert not found(window, QPushButton, "unlock.open").isEnabled()
    held.release()
    assert (vault.opened, done) == (["short"], [None])
    assert found(window, QPushButton, "unlock.open").isEnabled()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WrongPassphraseError(), "لا تفتح مفاتيح"),
        (SealDamagedError("/secrets.sealed"), "تالف"),
        (OSError(28, "full"), "قرص"),
    ],
)
def test_why_it_does_not_open_is_told_beside_it(
    background: ImmediateBackground, shown: Show, error: OSError, words: str
) -> None:
    window, done = window_of(AVault(error=error), background, new=False)
    shown(window)
    assert words in type_in(window, GOOD)["passphrase"]
    assert done == []


class ADoor:
    """Opens its store once the vault is open."""

    device = "K1"
    demo_password = ""

    def __init__(self, vault: AVault, *, begun: bool) -> None:
        self._vault = vault
        self._begun = begun

    def people(self) -> tuple[KnownPerson, ...]:
        if not (self._vault.opened or self._vault.chosen):
            raise PassphraseNeededError(new=not self._begun)
        return ()

    def sign_in(self, login: str, password: str) -> Workplace:
        raise AssertionError("nobody signs in here")

    def leave(self) -> None:
        """Nobody leaves either."""


@pytest.mark.parametrize("begun", [True, False])
def test_the_program_asks_for_it_before_anybody_signs_in(qtbot: QtBot, tmp_path: Path, begun: bool) -> None:
    vault = AVault(sealed=begun)
    program = Program(ADoor(vault, begun=begun), str, lambda _error: "REF", unlocking=vault)
    program.start()
    try:
        qtbot.waitUntil(lambda: isinstance(program.window, UnlockWindow))
        assert isinstance(program.window, UnlockWindow)
        type_in(program.window, GOOD, GOOD)
        qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow))
        assert (vault.opened, vault.chosen) == (([GOOD], []) if begun else ([], [GOOD]))
    finally:
        program.stop()
        if program.window is not None:
            program.window.close()
