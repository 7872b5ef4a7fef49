"""The whole program on a computer without a keyring, wired as it is started: the passphrase comes before the store."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application.machine_secrets import MachineSecrets
from desktop_app.application.settings import CentreAddress, WorkstationSettings
from desktop_app.application.store_key import name_of
from desktop_app.bootstrap.device import machine_secrets
from desktop_app.bootstrap.windows import open_program
from desktop_app.storage.opening import StoreKey
from desktop_app.storage.store import Store
from desktop_app.system.keyring_secrets import KeyringSecrets
from desktop_app.system.paths import places_in
from desktop_app.system.sealed_secrets import Cost, SealedSecrets
from desktop_app.ui.enrol.first_start import FirstStart
from desktop_app.ui.enrol.view import EnrolWindow
from desktop_app.ui.sign_in.view import SignInWindow
from desktop_app.ui.unlock.view import UnlockWindow
from desktop_app.wire.invitation import Invitation, new_code, write_invitation
from tests.ui.finding import found

CHEAP = Cost(memory=64, passes=1, lanes=1)
PASSPHRASE = "زيتون قطار نافذة سبعة"
W = TypeVar("W", bound=QWidget)


def window(kind: type[W]) -> W | None:
    """The window of that kind that is on the screen."""
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def type_in(passphrase: str) -> None:
    asking = window(UnlockWindow)
    assert asking is not None
    asking.passphrase.setText(passphrase)
    asking.again.setText(passphrase)
    found(asking, QPushButton, "unlock.open").click()


def settings_in(folder: Path) -> WorkstationSettings:
    settings = WorkstationSettings("K1", 8, str(folder), CentreAddress("localhost", 1, "nowhere", "", "", "K1/key"))
    settings.save(folder / "workstation.json")
    return settings


def test_the_store_is_made_and_opened_under_the_passphrase_alone(qtbot: QtBot, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    SealedSecrets(tmp_path, CHEAP).choose(PASSPHRASE)
    store = places_in(tmp_path).store
    for _ in range(2):
        with open_program(settings, ["tajzia"], machine_secrets(tmp_path / "workstation.json")):
            assert window(SignInWindow) is None
            type_in("not this passphrase")
            qtbot.waitUntil(
                lambda: bool((asking := window(UnlockWindow)) and asking._form.fields["passphrase"].problem)
            )
            assert window(SignInWindow) is None
            type_in(PASSPHRASE)
            qtbot.waitUntil(lambda: window(SignInWindow) is not None)
            qtbot.waitUntil(store.exists)
            for one in QApplication.topLevelWidgets():
                one.close()
    vault = SealedSecrets(tmp_path)
    vault.open(PASSPHRASE)
    key = vault.find(name_of("K1"))
    assert key is not None
    Store.open(store, StoreKey(key)).close()


def test_a_computer_whose_keyring_is_gone_is_refused_and_asked_for_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with open_program(settings, ["tajzia"], machine_secrets(tmp_path / "workstation.json")):
        standing = window(SignInWindow)
        assert standing is not None
        qtbot.waitUntil(lambda: "حلقة المفاتيح" in standing._form.fields["login"].problem)
        assert window(UnlockWindow) is None
        standing.close()
    assert not places_in(tmp_path).store.exists()


class AnEnrolment:
    """Puts the device's key where machine secrets lie, as an enrolment does first."""

    def __init__(self, secrets: MachineSecrets, becomes: WorkstationSettings) -> None:
        self._secrets, self._becomes = secrets, becomes

    def enrol(self, invitation: Invitation, code: str = "") -> WorkstationSettings:
        self._secrets.put("enrolment/device-key", b"key")
        return self._becomes


@pytest.mark.parametrize("stands", [False, True])
def test_a_first_start_has_a_passphrase_chosen_and_goes_on_with_the_invitation(
    qtbot: QtBot, tmp_path: Path, stands: bool
) -> None:
    if stands:  # an enrolment that broke off
        SealedSecrets(tmp_path, CHEAP).choose(PASSPHRASE)
    secrets = MachineSecrets(KeyringSecrets(), SealedSecrets(tmp_path, CHEAP), lambda: False)
    becomes = WorkstationSettings("K7", 8, str(tmp_path), CentreAddress("h", 1, "d", "", "", ""))
    enrolled: list[WorkstationSettings] = []
    first = FirstStart(AnEnrolment(secrets, becomes), lambda _error: "REF", enrolled.append, secrets)
    first.start()
    try:
        if stands:
            type_in(PASSPHRASE)
            qtbot.waitUntil(lambda: window(EnrolWindow) is not None)
        enrolling = window(EnrolWindow)
        assert enrolling is not None
        line = write_invitation(Invitation("K7", "centre.example", 5432, "tajzia", "-----BEGIN", "door", new_code()))
        found(enrolling, QPlainTextEdit, "enrol.invitation").setPlainText(line)
        found(enrolling, QPushButton, "enrol.enrol").click()
        if not stands:
            qtbot.waitUntil(lambda: window(UnlockWindow) is not None)
            assert not enrolling.isVisible()
            type_in(PASSPHRASE)
            qtbot.waitUntil(enrolling.isVisible)
            assert found(enrolling, QPlainTextEdit, "enrol.invitation").toPlainText() == line
            found(enrolling, QPushButton, "enrol.enrol").click()
        qtbot.waitUntil(lambda: enrolled == [becomes])
    finally:
        first.stop()
    later = SealedSecrets(tmp_path)
    later.open(PASSPHRASE)
    assert later.find("enrolment/device-key") == b"key"
