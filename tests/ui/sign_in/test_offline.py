"""The window before the real sign-in over a real store: someone known comes in while the centre is down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application.door import KnownPerson
from desktop_app.application.workplace import Workplace
from desktop_app.ui.sign_in.view import SignInWindow
from tests.application.test_sign_in import PASSWORD, Device
from tests.ui.desks import draw
from tests.ui.fakes import ImmediateBackground
from tests.ui.finding import found
from tests.workplaces import make_workplace, sample_centre

Show = Callable[[QWidget], QWidget]


class DeviceDoor:
    """`application.door.Door` over `application.sign_in.SignIn`; what stands behind it is another test's."""

    device = "K1"
    demo_password = ""

    def __init__(self, at: Device, behind: Workplace) -> None:
        self._at, self._behind = at, behind
        self.online: list[bool] = []

    def people(self) -> tuple[KnownPerson, ...]:
        return self._at.sign_in.people()

    def sign_in(self, login: str, password: str) -> Workplace:
        self.online.append(self._at.sign_in.sign_in(login, password).session.online)
        return self._behind

    def leave(self) -> None:
        """Nobody leaves in this test."""


def test_who_has_been_here_comes_in_offline_and_others_are_told(
    tmp_path: Path, background: ImmediateBackground, shown: Show, qtbot: QtBot
) -> None:
    (tmp_path / "device").mkdir()
    device = Device(tmp_path / "device", sample_centre(each=0, spare_licences=1))
    try:
        device.sign_in.sign_in("clerk", PASSWORD)
        device.reachable = False
        door = DeviceDoor(device, make_workplace(tmp_path))
        admitted: list[Workplace] = []
        window = SignInWindow(door, background, admitted.append, str)
        shown(window)
        people = found(window, QListWidget, "sign_in.people")
        qtbot.waitUntil(lambda: people.count() == 1)

        def sign_in(login: str, password: str) -> None:
            found(window, QLineEdit, "sign_in.login").setText(login)
            found(window, QLineEdit, "sign_in.password").setText(password)
            found(window, QPushButton, "sign_in.enter").click()
            draw()

        sign_in("supervisor", PASSWORD)
        assert "المركز" in window._form.fields["login"].problem
        sign_in("clerk", PASSWORD + "x")
        assert window._form.fields["password"].problem
        assert admitted == []
        sign_in("clerk", PASSWORD)
        assert admitted
        assert door.online == [False]
    finally:
        device.store.close()
