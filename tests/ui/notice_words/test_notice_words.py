"""The words of messages on screen: judged while they are typed, saved at the centre, and never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from desktop_app.application.workplace import Workplace
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.notice_templates import NEEDED, OFFERED, NoticeTemplate
from desktop_app.domain.reference import Reference
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError
from desktop_app.texts import strip_marks
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.notice_words.judged import PLACES, JudgedWords, judge, own_words
from desktop_app.ui.notice_words.presenter import WordsLine, WordsPresenter, WordsShown
from desktop_app.ui.notice_words.screen import WordsScreen
from desktop_app.ui.notice_words.view import WordsWidget
from desktop_app.ui.screens import Ports, screen_entries
from desktop_app.ui.shell import entries_for
from tests.domain import builders
from tests.ui.administration.an_administration import AnAdministration
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found

OWN = "قُبل طلبكم {number} لدى الأمانة"
ACCEPTED = (NoticeKind.ACCEPTED, NoticeLanguage.ARABIC)


class ADisplay:
    def __init__(self) -> None:
        self.lines: tuple[WordsLine, ...] = ()
        self.shown: WordsShown | None = None
        self.typed = ""
        self.judged: JudgedWords | None = None
        self.may_save = False
        self.away = ""

    def saveable(self) -> bool:
        return self.may_save

    def show_loading(self) -> None: ...

    def show_offline(self, sentence: str) -> None:
        self.away = sentence

    def show_lines(self, lines: tuple[WordsLine, ...]) -> None:
        self.lines = lines

    def show_chosen(self, shown: WordsShown, typed: str) -> None:
        self.shown, self.typed = shown, typed

    def show_standing(self, shown: WordsShown) -> None:
        self.shown = shown

    def show_judged(self, judged: JudgedWords, *, may_save: bool) -> None:
        self.judged, self.may_save = judged, may_save


@pytest.fixture
def display() -> ADisplay:
    return ADisplay()


@pytest.fixture
def presenter(
    display: ADisplay, administrators_workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
) -> WordsPresenter:
    made = WordsPresenter(display, administrators_workplace, background, messages)
    made.look()
    return made


@pytest.mark.parametrize("language", list(NoticeLanguage))
@pytest.mark.parametrize("kind", list(NoticeKind))
def test_the_programs_own_words_can_be_sent_and_every_place_has_a_title(
    kind: NoticeKind, language: NoticeLanguage
) -> None:
    judged = judge(kind, language, own_words(kind, language), Reference())
    assert (judged.findings, bool(judged.preview)) == ((), True)
    assert set(OFFERED[kind]) <= set(PLACES)


def test_what_is_typed_is_judged_at_once(presenter: WordsPresenter, display: ADisplay) -> None:
    assert len(display.lines) == len(NoticeKind) * len(NoticeLanguage)
    assert not display.saveable(), "nothing was changed yet"
    presenter.typing("قُبل طلبكم")
    assert display.judged is not None
    assert [("number" in one) for one in display.judged.findings] == [True]
    assert (display.judged.preview, display.judged.cost, display.saveable()) == ("", "", False)
    presenter.typing(OWN)
    assert display.judged.preview == "قُبل طلبكم R-2026-08-000123 لدى الأمانة"
    assert strip_marks(display.judged.cost).startswith("جزء واحد، عدد الأحرف ٣٩، والمتبقي ٣١")
    assert display.saveable()
    presenter.typing(f"{OWN} {'و' * 33}")
    assert strip_marks(display.judged.cost).startswith("جزءان"), "73 characters of UCS-2 are two parts of 67"


def test_saved_words_stand_with_who_and_when_and_the_programs_own_come_back(
    presenter: WordsPresenter, display: ADisplay, administered: AnAdministration
) -> None:
    presenter.typing(f"  {OWN}\n")
    presenter.save()
    assert administered.done == [("set_template", NoticeTemplate(*ACCEPTED, OWN))]
    assert display.shown is not None
    assert (display.typed, display.shown.own, display.lines[0].own) == (OWN, True, True)
    (event,) = display.shown.history
    assert (event.detail, event.who) == (OWN, builders.administrator().name_ar)
    presenter.use_own()
    assert (display.typed, display.shown.own) == (own_words(*ACCEPTED), False)
    assert [one.detail for one in display.shown.history] == ["", OWN]


def test_a_colleague_who_was_faster_is_not_written_over(
    presenter: WordsPresenter, display: ADisplay, administered: AnAdministration, messages: RecordedMessages
) -> None:
    presenter.typing(OWN)
    administered.set_template(NoticeTemplate(*ACCEPTED, "{number} وصل"))
    presenter.save()
    assert len(administered.done) == 1
    assert messages.notices[-1].kept, "what was typed stands"
    assert display.shown is not None
    assert [one.detail for one in display.shown.history] == ["{number} وصل"]
    presenter.save()
    assert administered.done[-1] == ("set_template", NoticeTemplate(*ACCEPTED, OWN))


def test_the_programs_own_words_typed_anew_are_no_others(
    presenter: WordsPresenter, administered: AnAdministration
) -> None:
    presenter.typing(OWN)
    presenter.save()
    presenter.typing(own_words(*ACCEPTED))
    presenter.save()
    assert administered.changes[-1].after == ""


def test_what_cannot_be_sent_asks_nobody(presenter: WordsPresenter, administered: AnAdministration) -> None:
    for words in ("", " ", "بلا رقم", "{number} {telephone}", "{number!r}"):
        presenter.typing(words)
        presenter.save()
    assert administered.done == []


@pytest.mark.parametrize("error", [CentreUnreachableError("x"), NotAdmittedError("x")])
def test_without_the_centre_nothing_typed_is_lost(
    display: ADisplay,
    presenter: WordsPresenter,
    administrators_workplace: Workplace,
    background: ImmediateBackground,
    messages: RecordedMessages,
    administered: AnAdministration,
    error: Exception,
) -> None:
    presenter.typing(OWN)
    presenter.keep(OWN)
    administered.error = error
    presenter.save()
    assert messages.notices
    assert administered.done == []
    again = ADisplay()
    administered.error = error
    other = WordsPresenter(again, administrators_workplace, background, messages)
    other.look()
    assert again.away
    other.look()
    assert (again.typed, again.may_save) == (OWN, True)
    other.save()
    assert administered.changes[-1].after == OWN
    last = ADisplay()
    WordsPresenter(last, administrators_workplace, background, messages).look()
    assert (last.typed, last.may_save) == (OWN, False), "the draft went with the saving"


def test_each_text_keeps_its_own_draft(presenter: WordsPresenter, display: ADisplay) -> None:
    presenter.typing(OWN)
    presenter.keep(OWN)
    presenter.choose("fees_due en")
    assert display.typed == own_words(NoticeKind.FEES_DUE, NoticeLanguage.ENGLISH)
    presenter.choose("accepted ar")
    assert display.typed == OWN


class Bench:
    def __init__(
        self, administrators_workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
    ) -> None:
        self.screen = WordsScreen(Ports(administrators_workplace, background, messages, lambda _: True))
        widget = self.screen.widget()
        assert isinstance(widget, WordsWidget)
        self.view = widget
        self.words = widget.words

    def click(self, name: str) -> None:
        QApplication.processEvents()
        found(self.view, QPushButton, f"notice_words.{name}").click()


@pytest.fixture
def bench(
    administrators_workplace: Workplace,
    background: ImmediateBackground,
    messages: RecordedMessages,
    shown: Callable[[QWidget], QWidget],
) -> Bench:
    made = Bench(administrators_workplace, background, messages)
    shown(made.view)
    made.screen.activate(Route("notice_words"))
    QApplication.processEvents()
    return made


def test_places_are_put_where_one_writes_and_saving_keeps_the_chosen_text(
    bench: Bench, administered: AnAdministration
) -> None:
    QAbstractItemModelTester(bench.view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    at = next(row for row in range(16) if bench.view.model.row_at(row).id == "fees_due en")
    bench.view.table.setCurrentIndex(bench.view.model.index(at, 0))
    bench.words.setPlainText("Pay ")
    bench.words.moveCursor(bench.words.textCursor().MoveOperation.End)
    for place in sorted(NEEDED[NoticeKind.FEES_DUE]):
        bench.click(f"place.{place}")
    assert bench.words.toPlainText() == "Pay {number}{total}"
    assert found(bench.view, QLabel, "notice_words.preview").text().startswith("Pay R-2026")
    bench.click("save")
    assert administered.changes[-1].after == "Pay {number}{total}"
    index = bench.view.table.currentIndex()
    assert (index.row(), bench.words.toPlainText()) == (at, "Pay {number}{total}")
    bench.click("use_own")
    assert bench.words.toPlainText() == own_words(NoticeKind.FEES_DUE, NoticeLanguage.ENGLISH)


def test_what_was_typed_just_before_another_text_is_chosen_is_kept(bench: Bench) -> None:
    bench.words.setPlainText(OWN)
    bench.view.table.setCurrentIndex(bench.view.model.index(3, 0))
    assert found(bench.view, QPlainTextEdit, "notice_words.words").toPlainText() != OWN
    bench.view.table.setCurrentIndex(bench.view.model.index(0, 0))
    assert bench.words.toPlainText() == OWN


def test_only_administrators_are_led_there(
    administrators_workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    entries = screen_entries(Ports(administrators_workplace, background, messages, lambda _: True))
    for actor in (builders.administrator(), builders.clerk(), builders.supervisor(), builders.inspector()):
        (entry,) = [one for one in entries_for(actor, entries) if one.name == "notice_words"]
        assert entry.navigated is (actor == builders.administrator())
