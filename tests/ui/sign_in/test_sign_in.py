"""The sign-in window before a door that opens, stays shut, or cannot be reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application.door import KnownPerson
from desktop_app.application.ports.store_trouble import StoreInUseError
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actor import Role
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError
from desktop_app.texts import name_of, strip_marks, tr
from desktop_app.ui.messages import Level, Notice
from desktop_app.ui.sign_in.view import SignInWindow
from tests.ui.desks import draw, strike
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.workplaces import make_workplace

Show = Callable[[QWidget], QWidget]
PEOPLE = (
    KnownPerson("rania", "رانيا حداد", Role.CLERK, 8),
    KnownPerson("sawsan", "سوسن القضاة", Role.CLERK, 8, cashier=True),
    KnownPerson("omar", "عمر الروسان", Role.AUDITOR, 0),
)


class ADoor:
    """`application.door.Door`: the one workplace stands behind one password."""

    device = "K1"

    def __init__(self, workplace: Workplace | None = None) -> None:
        self.workplace = workplace
        self.demo_password = ""
        self.trouble: Exception | None = None
        self.no_people: Exception | None = None
        self.asked: list[tuple[str, str]] = []
        self.left = 0

    def people(self) -> tuple[KnownPerson, ...]:
        if self.no_people is not None:
            raise self.no_people
        return PEOPLE

    def sign_in(self, login: str, password: str) -> Workplace:
        self.asked.append((login, password))
        if self.trouble is not None:
            raise self.trouble
        if password != "صحيحة" or self.workplace is None:
            raise NotAdmittedError
        return self.workplace

    def leave(self) -> None:
        self.left += 1


class Bench:
    def __init__(self, door: ADoor, background: ImmediateBackground, shown: Show, qtbot: QtBot) -> None:
        self.door = door
        self.admitted: list[Workplace] = []
        self.window = SignInWindow(door, background, self.admitted.append, lambda branch: f"منطقة {branch}")
        shown(self.window)
        self._qtbot = qtbot

    def wait_for_people(self) -> None:
        people = found(self.window, QListWidget, "sign_in.people")
        self._qtbot.waitUntil(lambda: people.count() == len(PEOPLE))

    def sign_in(self, login: str, password: str) -> None:
        strike(self.line("login"), login)
        self.line("password").setText(password)
        found(self.window, QPushButton, "sign_in.enter").click()
        draw()

    def line(self, name: str) -> QLineEdit:
        return found(self.window, QLineEdit, f"sign_in.{name}")

    def problem(self, name: str) -> str:
        return self.window._form.fields[name].problem


@pytest.fixture
def bench(tmp_path: Path, background: ImmediateBackground, shown: Show, qtbot: QtBot) -> Bench:
    return Bench(ADoor(make_workplace(tmp_path)), background, shown, qtbot)


def test_the_people_of_the_device_with_role_right_and_place(bench: Bench) -> None:
    bench.wait_for_people()
    people = found(bench.window, QListWidget, "sign_in.people")
    rows = [people.item(at).text() for at in range(people.count())]
    assert "رانيا حداد" in rows[0]
    assert name_of(Role.CLERK) in rows[0]
    assert "منطقة 8" in rows[0]
    assert "قبض" in rows[1]
    assert tr("the whole municipality") in rows[2]


def test_the_device_is_named_in_the_digits_of_its_requests(bench: Bench) -> None:
    said = [strip_marks(one.text()) for one in bench.window.findChildren(QLabel)]
    assert "الجهاز K١" in said


def test_a_click_on_a_name_leads_to_the_password_and_enter_signs_in(bench: Bench) -> None:
    bench.wait_for_people()
    people = found(bench.window, QListWidget, "sign_in.people")
    place = people.visualItemRect(people.item(1)).center()
    QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.line("login").text() == "sawsan"
    assert bench.line("password").hasFocus()
    bench.line("password").setText("صحيحة")
    QTest.keyClick(bench.line("password"), Qt.Key.Key_Return)
    assert bench.door.asked == [("sawsan", "صحيحة")]
    assert bench.admitted == [bench.door.workplace]


def test_a_password_may_be_pasted_and_of_any_length(bench: Bench) -> None:
    password = "كلمة طويلة with every 🦔 sign " * 20
    QGuiApplication.clipboard().setText(password)
    line = bench.line("password")
    line.setFocus()
    QTest.keySequence(line, QKeySequence(QKeySequence.StandardKey.Paste))
    assert line.text() == password


def test_a_password_is_never_written_out(bench: Bench) -> None:
    bench.line("password").setText("سر")
    assert bench.line("password").displayText() != "سر"


@pytest.mark.parametrize(
    ("login", "password", "field"), [("", "x", "login"), ("  ", "x", "login"), ("a", "", "password")]
)
def test_what_is_missing_is_said_beside_it_and_nobody_is_asked(
    bench: Bench, login: str, password: str, field: str
) -> None:
    bench.sign_in(login, password)
    assert bench.problem(field)
    assert bench.door.asked == []


def test_a_wrong_password_is_said_and_the_name_stays(bench: Bench) -> None:
    bench.sign_in("rania", "خطأ")
    assert "Caps Lock" in bench.problem("password")
    assert bench.line("login").text() == "rania"
    assert bench.line("password").hasFocus()
    assert bench.line("password").hasSelectedText()
    assert bench.admitted == []
    bench.sign_in("rania", "صحيحة")
    assert bench.admitted


def test_a_centre_that_is_down_is_told_to_who_has_never_been_here(bench: Bench) -> None:
    bench.door.trouble = CentreUnreachableError()
    bench.sign_in("rania", "صحيحة")
    assert "المركز" in bench.problem("login")
    assert bench.admitted == []


def test_a_store_in_use_is_told(bench: Bench, background: ImmediateBackground, shown: Show, qtbot: QtBot) -> None:
    words = tr("The store of this workstation is open in another window of the program.")
    bench.door.trouble = StoreInUseError("/somewhere")
    bench.sign_in("rania", "صحيحة")
    assert words in bench.problem("login")
    door = ADoor()
    door.no_people = StoreInUseError("/somewhere")
    second = Bench(door, background, shown, qtbot)
    qtbot.waitUntil(lambda: words in second.problem("login"))


def test_while_one_is_let_in_the_button_rests(
    tmp_path: Path, messages: RecordedMessages, shown: Show, qtbot: QtBot
) -> None:
    held = HeldBackground(messages)
    bench = Bench(ADoor(make_workplace(tmp_path)), held, shown, qtbot)
    bench.sign_in("rania", "خطأ")
    enter = found(bench.window, QPushButton, "sign_in.enter")
    assert not enter.isEnabled()
    held.release()
    assert enter.isEnabled()


def test_a_mistake_of_the_program_frees_the_button_and_gives_its_reference(
    tmp_path: Path, messages: RecordedMessages, shown: Show, qtbot: QtBot
) -> None:
    bench = Bench(ADoor(make_workplace(tmp_path)), HeldBackground(messages), shown, qtbot)
    bench.sign_in("rania", "صحيحة")
    bench.window.show_notice(Notice(Level.ERROR, "أخطأ البرنامج", reference="AB12CD"))
    assert found(bench.window, QPushButton, "sign_in.enter").isEnabled()
    assert "AB12CD" in bench.problem("login")


def test_the_demonstrations_password_is_shown_only_there(
    background: ImmediateBackground, shown: Show, qtbot: QtBot
) -> None:
    door = ADoor()
    door.demo_password = "demo-word"

    def words(bench: Bench) -> str:
        return " ".join(label.text() for label in bench.window.findChildren(QLabel))

    assert "demo-word" in words(Bench(door, background, shown, qtbot))
    assert "كلمة المرور demo" not in words(Bench(ADoor(), background, shown, qtbot))
