"""The administrator's screen: what it lists, what it asks of the centre, and what it says when the centre is away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton, QWidget

from desktop_app.application.ports.administration import Refusal, RefusedByCentreError
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.messages import Message
from desktop_app.domain.notices import NoticeState
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError
from desktop_app.texts import describe
from desktop_app.ui.administration.forms_read import TypedDevice, TypedPerson
from desktop_app.ui.administration.presenter import (
    PAGE,
    AdministrationPresenter,
    InvitationMade,
    Overview,
    finding_of,
)
from desktop_app.ui.administration.screen import AdministrationScreen
from desktop_app.ui.administration.sheet import invitation_sheet
from desktop_app.ui.administration.view import AdministrationWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports, screen_entries
from desktop_app.ui.shell import entries_for
from tests.domain import builders
from tests.ui.administration.an_administration import ASIDE, AnAdministration
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found

PERSON = TypedPerson(
    "laith", "ليث  منصور", Role.INSPECTOR, frozenset({8}), False, False, "", "a long password", "a long password", True
)


class ADisplay:
    def __init__(self) -> None:
        self.overview: Overview | None = None
        self.away = ""
        self.findings: dict[str, str] = {}
        self.made: InvitationMade | None = None
        self.closed = 0

    def show_loading(self) -> None:
        self.overview = None

    def show_overview(self, overview: Overview) -> None:
        self.overview = overview

    def show_offline(self, sentence: str) -> None:
        self.away = sentence

    def show_findings(self, form: str, findings: tuple[Message, ...]) -> None:
        self.findings = {one.about: one.key for one in findings}

    def show_invitation(self, made: InvitationMade) -> None:
        self.made = made

    def close_form(self) -> None:
        self.closed += 1


@pytest.fixture
def display() -> ADisplay:
    return ADisplay()


@pytest.fixture
def presenter(
    display: ADisplay, administrators_workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
) -> AdministrationPresenter:
    made = AdministrationPresenter(display, administrators_workplace, background, messages)
    made.look()
    return made


def test_it_lists_devices_people_and_what_was_put_aside_in_words(
    presenter: AdministrationPresenter, display: ADisplay
) -> None:
    assert display.overview is not None
    devices = {one.id: one for one in display.overview.devices}
    assert (devices["L1"].clock, devices["L1"].clock_off, devices["K1"].clock) == ("متأخرة ٩ دقائق", True, "مضبوطة")
    assert devices["X1"].remark == "فُقد الجهاز في المستودع"
    assert "الرمز صالح حتى" in devices["K9"].remark
    people = {one.id: one for one in display.overview.staff}
    assert (people["supervisor"].active, people["clerk"].active) == (False, True)
    assert people["administrator"].place == "الأمانة كلها"
    assert [one.reason for one in display.overview.aside] == ["الجهاز ملغى", "الجهاز ملغى", "تحت رقمه محتوى آخر"]
    assert not display.overview.aside[2].may_be_released


@pytest.mark.parametrize("many", [PAGE - 1, PAGE, PAGE + 1, 2 * PAGE + 7])
def test_all_that_was_put_aside_is_listed_however_much_it_is(
    presenter: AdministrationPresenter, display: ADisplay, administered: AnAdministration, many: int
) -> None:
    administered.aside = tuple(replace(ASIDE[0], place=place, command_id=f"c-{place}") for place in range(1, many + 1))
    presenter.look()
    assert display.overview is not None
    assert [one.id for one in display.overview.aside] == [one.command_id for one in administered.aside]


@pytest.mark.parametrize(
    ("error", "words"),
    [(CentreUnreachableError("x"), "لا يمكن الوصول"), (NotAdmittedError("x"), "لا يعدّك المركز من المسؤولين")],
)
def test_without_the_centre_it_says_so(
    presenter: AdministrationPresenter, display: ADisplay, administered: AnAdministration, error: Exception, words: str
) -> None:
    administered.error = error
    presenter.look()
    assert words in display.away


def test_what_is_typed_wrongly_asks_nobody(
    presenter: AdministrationPresenter, display: ADisplay, administered: AnAdministration
) -> None:
    presenter.invite(TypedDevice("7K", None, "a day"))
    assert set(display.findings) == {"name", "branch", "hours"}
    presenter.save_person(replace(PERSON, login="Laith", name=" ", branches=frozenset(), password="short"))
    assert set(display.findings) == {"login", "name", "branches", "password"}
    presenter.save_person(replace(PERSON, login="clerk", password_again="another password"))
    assert display.findings == {
        "login": "administration.login_known", "password_again": "administration.password_differs",
    }  # fmt: skip
    presenter.save_person(replace(PERSON, role=Role.BODY_OFFICER))
    assert set(display.findings) == {"body"}
    assert administered.done == []


def test_a_code_is_made_and_shown_once(
    presenter: AdministrationPresenter, display: ADisplay, administered: AnAdministration
) -> None:
    presenter.invite(TypedDevice(" k7 ", 8, "٢٤"))
    assert administered.done == [("invite", "K7", 8, 24, False)]
    assert display.made is not None
    assert display.made.code == "8F3KQ-ZT0AB-91XYW-CDE4R-7HJ2N"
    assert display.made.invitation.startswith("TAJZIA1-")


def test_people_are_added_changed_and_disabled(
    presenter: AdministrationPresenter, administered: AnAdministration
) -> None:
    presenter.save_person(PERSON)
    inspector = Actor("laith", "ليث منصور", Role.INSPECTOR, frozenset({8}), districts=frozenset({8}))
    presenter.save_person(
        replace(PERSON, login="clerk", fresh=False, role=Role.ADMINISTRATOR, password="", password_again="")
    )
    presenter.disable("clerk", "موظف")
    assert administered.done == [
        ("save_staff", inspector, "a long password"),
        ("save_staff", Actor("clerk", "ليث منصور", Role.ADMINISTRATOR), ""),
        ("disable", "clerk"),
    ]


def test_a_password_that_is_easily_guessed_is_told_beside_it(
    presenter: AdministrationPresenter, display: ADisplay, administered: AnAdministration
) -> None:
    presenter.save_person(replace(PERSON, password="laith-2024!", password_again="laith-2024!"))
    assert display.findings == {"password": "administration.password_guessable"}
    assert administered.done == []


@pytest.mark.parametrize("refusal", list(Refusal))
def test_every_refusal_of_the_centre_is_a_sentence(
    presenter: AdministrationPresenter,
    display: ADisplay,
    administered: AnAdministration,
    messages: RecordedMessages,
    refusal: Refusal,
) -> None:
    administered.error = RefusedByCentreError(refusal)
    presenter.save_person(PERSON)
    said = finding_of(refusal)
    assert describe(said)
    if said.about:
        assert display.findings == {said.about: said.key}
    else:
        assert messages.notices[-1].happened == describe(said)
    assert display.closed == 0


def test_a_centre_that_goes_away_changes_nothing_and_keeps_the_form(
    presenter: AdministrationPresenter, display: ADisplay, administered: AnAdministration, messages: RecordedMessages
) -> None:
    administered.error = CentreUnreachableError("x")
    presenter.revoke("K1", "lost")
    assert "لم يتغير شيء" in messages.notices[-1].happened
    assert (display.closed, administered.done) == (0, [])


def test_the_lease_is_set_in_days(
    presenter: AdministrationPresenter, administered: AnAdministration, messages: RecordedMessages
) -> None:
    for typed in ("0", "366", "x", ""):
        presenter.set_lease(typed)
    assert administered.done == []
    presenter.set_lease("٢١")
    assert administered.done == [("set_lease", 21)]


def test_what_is_asked_for_in_no_form_closes_none(
    presenter: AdministrationPresenter, display: ADisplay, administered: AnAdministration
) -> None:
    presenter.set_lease("21")
    presenter.disable("clerk", "ليث")
    presenter.release("c-1")
    assert (len(administered.done), display.closed) == (3, 0)
    presenter.discard("c-1", "عبث")
    assert (len(administered.done), display.closed) == (4, 1)


class Bench:
    def __init__(
        self, administrators_workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
    ) -> None:
        ports = Ports(administrators_workplace, background, messages, lambda _: True)
        self.screen = AdministrationScreen(ports)
        widget = self.screen.widget()
        assert isinstance(widget, AdministrationWidget)
        self.view = widget

    def click(self, name: str) -> None:
        QApplication.processEvents()  # what was made just now is shown when Qt comes to it
        found(self.view, QPushButton, f"administration.{name}").click()

    def confirm(self) -> None:
        (box,) = [one for one in self.view.findChildren(QMessageBox) if one.isVisible()]
        next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.AcceptRole).click()


@pytest.fixture
def bench(
    administrators_workplace: Workplace,
    background: ImmediateBackground,
    messages: RecordedMessages,
    shown: Callable[[QWidget], QWidget],
) -> Bench:
    made = Bench(administrators_workplace, background, messages)
    shown(made.view)
    made.screen.activate(Route("administration"))
    return made


def test_revoking_wants_a_reason_and_a_second_word(bench: Bench, administered: AnAdministration) -> None:
    bench.click("revoke")
    bench.click("reason.do")
    assert not bench.view.findChildren(QMessageBox)
    found(bench.view, QPlainTextEdit, "administration.reason.text").setPlainText("فُقد")
    bench.click("reason.do")
    assert administered.done == []
    bench.confirm()
    assert administered.done == [("revoke", "K1", "فُقد")]
    assert bench.view.form is None


def test_a_code_can_be_copied_and_is_gone_when_one_leaves(bench: Bench, administered: AnAdministration) -> None:
    bench.click("invite")
    found(bench.view, QLineEdit, "administration.device.name").setText("K7")
    bench.view.form.branch.setCurrentIndex(1)  # type: ignore[union-attr]
    bench.click("device.make")
    assert administered.done == [("invite", "K7", 8, 48, False)]
    assert found(bench.view, QLineEdit, "administration.code").text() == "8F3KQ-ZT0AB-91XYW-CDE4R-7HJ2N"
    bench.click("copy")
    assert QApplication.clipboard().text().startswith("TAJZIA1-")
    assert bench.screen.deactivate()
    assert bench.view.form is None
    assert not bench.view.side.isVisible()


def test_what_is_being_typed_and_a_code_outlast_a_centre_that_goes_away(
    bench: Bench, administered: AnAdministration
) -> None:
    bench.click("invite")
    name = found(bench.view, QLineEdit, "administration.device.name")
    name.setText("K7")
    administered.error = CentreUnreachableError("x")
    bench.click("look")
    QApplication.processEvents()
    assert not bench.view.tables["devices"].isVisible()
    assert (name.isVisible(), name.text()) == (True, "K7")
    bench.view.form.branch.setCurrentIndex(1)  # type: ignore[union-attr]
    administered.look_fails = True
    bench.click("device.make")
    QApplication.processEvents()
    assert found(bench.view, QLineEdit, "administration.code").isVisible()
    administered.look_fails = False
    bench.click("again")
    QApplication.processEvents()
    assert bench.view.tables["devices"].isVisible()
    assert found(bench.view, QLineEdit, "administration.code").isVisible()


def test_the_sheet_holds_the_code_and_the_whole_line(tmp_path: Path) -> None:
    from pypdf import PdfReader

    line = "TAJZIA1-" + "Zm9v" * 150
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(invitation_sheet(InvitationMade("K7", "8F3KQ-ZT0AB-91XYW-CDE4R-7HJ2N", line, "غداً")))
    read = PdfReader(sheet)
    assert len(read.pages) == 1
    text = "".join(read.pages[0].extract_text().split())
    assert "8F3KQ-ZT0AB-91XYW-CDE4R-7HJ2N" in text
    assert line in text


def test_what_was_put_aside_is_released_or_put_away(bench: Bench, administered: AnAdministration) -> None:
    bench.view.tabs.choose("aside")
    bench.click("release")
    bench.confirm()
    bench.view.tables["aside"].select_id("tampered:ab")
    assert "administration.release" not in bench.view.actions_bar.buttons
    bench.click("discard")
    found(bench.view, QPlainTextEdit, "administration.reason.text").setPlainText("عبث")
    bench.click("reason.do")
    assert administered.done == [("release", "c-1"), ("discard", "tampered:ab", "عبث")]


def test_a_message_that_awaits_a_person_is_sent_again_or_taken_as_sent(
    bench: Bench, administered: AnAdministration
) -> None:
    bench.view.tabs.choose("troubled")
    first = bench.view.tables["troubled"].rows.row_at(0)
    assert (first.state, first.why) == (NoticeState.FAILED, "جواب البوابة: ٤٠٠")
    bench.click("send_again")
    bench.click("reason.do")
    assert administered.done == [], "a reason is needed"
    found(bench.view, QPlainTextEdit, "administration.reason.text").setPlainText("صُحح الرقم")
    bench.click("reason.do")
    bench.view.tables["troubled"].select_id("r2:accepted:1")
    bench.click("take_as_sent")
    found(bench.view, QPlainTextEdit, "administration.reason.text").setPlainText("قرأها علينا")
    bench.click("reason.do")
    assert administered.done == [
        ("settle_notice", "r1:fees_due:1", "waiting", "صُحح الرقم"),
        ("settle_notice", "r2:accepted:1", "sent", "قرأها علينا"),
    ]


def test_somebody_is_disabled_after_a_second_word(bench: Bench, administered: AnAdministration) -> None:
    bench.view.tabs.choose("staff")
    bench.click("disable")
    bench.confirm()
    assert administered.done == [("disable", "clerk")]


def test_only_administrators_find_it_in_the_navigation(
    administrators_workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    entries = screen_entries(Ports(administrators_workplace, background, messages, lambda _: True))
    for actor, there in ((builders.administrator(), True), (builders.clerk(), False), (builders.auditor(), False)):
        (entry,) = [one for one in entries_for(actor, entries) if one.name == "administration"]
        assert (entry.navigated, bool(entry.shortcut)) == (there, there)
