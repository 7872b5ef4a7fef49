"""The first start: the invitation is read as it is put in, and each trouble is a sentence of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop_app.application.enrolling import (
    AlreadyEnrolledError,
    EnrolmentRefusedError,
    RegistrarAwayError,
    StoreElsewhereError,
)
from desktop_app.application.ports.enrolment import EnrolmentState
from desktop_app.application.ports.secrets import PassphraseNeededError
from desktop_app.application.settings import CentreAddress, WorkstationSettings
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError
from desktop_app.texts import quantities
from desktop_app.ui.enrol.presenter import EnrolPresenter, InvitationShown
from desktop_app.ui.enrol.view import EnrolWindow
from desktop_app.ui.widgets.forms import Field
from desktop_app.wire.invitation import Invitation, new_code, write_invitation
from tests.ui.fakes import HeldBackground, ImmediateBackground
from tests.ui.finding import found

CODE = new_code()
WHOLE = Invitation("K7", "centre.amman.example", 5432, "tajzia", "-----BEGIN", "door", CODE)
SPLIT = Invitation("K7", "centre.amman.example", 5432, "tajzia", "-----BEGIN", "door")
SETTINGS = WorkstationSettings("K7", 8, "/store", CentreAddress("h", 1, "d", "a", "c", "k"))


class AnEnrolment:
    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[tuple[Invitation, str]] = []

    def enrol(self, invitation: Invitation, code: str = "") -> WorkstationSettings:
        self.asked.append((invitation, code))
        if self.error is not None:
            raise self.error
        return SETTINGS


class ADisplay:
    def __init__(self) -> None:
        self.shown: InvitationShown | None = None
        self.problems: dict[str, str] = {}
        self.busy: list[bool] = []
        self.locked: list[bool] = []

    def show_invitation(self, shown: InvitationShown | None) -> None:
        self.shown = shown

    def show_problem(self, field: str, sentence: str) -> None:
        self.problems = {field: sentence} if sentence else {}

    def show_busy(self, busy: bool) -> None:
        self.busy.append(busy)


@pytest.fixture
def display() -> ADisplay:
    return ADisplay()


def presenter(
    display: ADisplay, background: ImmediateBackground, enrolment: AnEnrolment
) -> tuple[EnrolPresenter, list[WorkstationSettings]]:
    enrolled: list[WorkstationSettings] = []
    return EnrolPresenter(display, enrolment, background, enrolled.append, display.locked.append), enrolled


def test_an_invitation_is_read_as_it_is_put_in(display: ADisplay, background: ImmediateBackground) -> None:
    made, _ = presenter(display, background, AnEnrolment())
    line = write_invitation(WHOLE)
    made.put_in(f"  {line[:80]}\r\n{line[80:]} ")
    assert display.shown is not None
    assert display.shown.device == quantities.code("K7")
    assert not display.shown.asks_code
    made.put_in(line[:-3])
    assert list(display.problems) == ["invitation"]
    made.put_in("")
    assert display.problems == {}


def test_it_enrols_with_the_code_of_the_invitation_or_the_one_that_was_told(
    display: ADisplay, background: ImmediateBackground
) -> None:
    enrolment = AnEnrolment()
    made, enrolled = presenter(display, background, enrolment)
    made.enrol(write_invitation(WHOLE), "")
    made.enrol(write_invitation(SPLIT), CODE.lower())
    assert enrolled == [SETTINGS, SETTINGS]
    assert enrolment.asked == [(WHOLE, ""), (SPLIT, CODE.lower())]
    assert display.busy == [True, False, True, False]


def test_what_is_missing_asks_nobody(display: ADisplay, background: ImmediateBackground) -> None:
    enrolment = AnEnrolment()
    made, enrolled = presenter(display, background, enrolment)
    for text, code, field in (
        ("", "", "invitation"),
        ("abc", "", "invitation"),
        (write_invitation(SPLIT), "12", "code"),
    ):
        made.enrol(text, code)
        assert list(display.problems) == [field]
    assert (enrolled, enrolment.asked) == ([], [])


TROUBLES = (
    (EnrolmentRefusedError(EnrolmentState.UNKNOWN), "لا يعرف المركز هذا الرمز"),
    (EnrolmentRefusedError(EnrolmentState.EXPIRED), "انتهت صلاحية هذا الرمز"),
    (EnrolmentRefusedError(EnrolmentState.USED), "استُعمل هذا الرمز من قبل"),
    (EnrolmentRefusedError(EnrolmentState.REFUSED), "رفض المركز طلب هذا الحاسوب"),
    (RegistrarAwayError("x"), "لم يُوقَّع بعد"),
    (CentreUnreachableError("x"), "لا يمكن الوصول إلى مركز هذه الدعوة"),
    (NotAdmittedError("x"), "لا يقبل المركز هذه الدعوة"),
    (AlreadyEnrolledError("K1"), "مسجل باسم الجهاز"),
    (StoreElsewhereError("K7"), "وبياناته ليست على هذا الحاسوب"),
    (OSError(28, "full"), "قرص"),
)


@pytest.mark.parametrize(("error", "words"), TROUBLES, ids=lambda one: str(one)[:24])
def test_every_trouble_is_told_beside_the_field(
    display: ADisplay, background: ImmediateBackground, error: Exception, words: str
) -> None:
    made, enrolled = presenter(display, background, AnEnrolment(error))
    made.enrol(write_invitation(WHOLE), "")
    (sentence,) = display.problems.values()
    assert words in sentence
    assert (enrolled, display.busy) == ([], [True, False])


def test_where_the_key_has_to_lie_under_a_passphrase_that_comes_first(
    display: ADisplay, background: ImmediateBackground
) -> None:
    made, enrolled = presenter(display, background, AnEnrolment(PassphraseNeededError(new=True)))
    made.enrol(write_invitation(WHOLE), "")
    assert (display.locked, enrolled, display.problems) == ([True], [], {})


def test_the_window_shows_it_and_waits(held: HeldBackground, shown: Callable[[QWidget], QWidget]) -> None:
    enrolled: list[WorkstationSettings] = []
    window = EnrolWindow(AnEnrolment(), held, enrolled.append)
    shown(window)
    (line,) = window.findChildren(QLineEdit, "enrol.code")
    assert not line.isVisible()
    found(window, QPlainTextEdit, "enrol.invitation").setPlainText(write_invitation(SPLIT))
    assert line.isVisible()
    line.setText(CODE)
    go = found(window, QPushButton, "enrol.enrol")
    go.click()
    assert not go.isEnabled()
    held.release()
    assert go.isEnabled()
    assert enrolled == [SETTINGS]


def test_a_wrong_code_is_told_beside_it(background: ImmediateBackground, shown: Callable[[QWidget], QWidget]) -> None:
    window = EnrolWindow(AnEnrolment(EnrolmentRefusedError(EnrolmentState.USED)), background, lambda _: None)
    shown(window)
    found(window, QPlainTextEdit, "enrol.invitation").setPlainText(write_invitation(SPLIT))
    found(window, QLineEdit, "enrol.code").setText(CODE)
    found(window, QPushButton, "enrol.enrol").click()
    fields = {field.about: field.problem for field in window.findChildren(Field)}
    assert "استُعمل" in fields["code"]
    assert fields["invitation"] == ""
