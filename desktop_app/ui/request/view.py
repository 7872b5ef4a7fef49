"""The request on screen. Names: `action.<action>` for each action's button (its form's names in `form_panel`),
`request.identity`, `request.steps`, `request.now`, `request.history`, `request.history.print`, `request.split`,
`request.papers`, `request.parent_licence`, `request.paper.<kind>[.<visit>]`, `request.refusals`, `request.dues`,
`request.rival.<id>`; the clock as in `clock_card`;
possible duplicates as in `duplicates.card`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.application.office_papers import OfficePaper
from desktop_app.domain.actions import Action
from desktop_app.domain.messages import Message
from desktop_app.texts import name_of, tr
from desktop_app.ui.background import Background
from desktop_app.ui.dues.notice import DuesNotice
from desktop_app.ui.duplicates.card import DuplicatesCard
from desktop_app.ui.icons import Icon
from desktop_app.ui.letters.card import LettersCard
from desktop_app.ui.letters.window import LetterWindow, PrintCalls
from desktop_app.ui.request.action_choice import ActionShown
from desktop_app.ui.request.clock_card import ClockCard
from desktop_app.ui.request.form_panel import FormCalls, FormPanel
from desktop_app.ui.request.happened import Happened
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.request.notes import refusal_note, rival_note
from desktop_app.ui.request.presenter import FormShown
from desktop_app.ui.request.shown import RequestShown
from desktop_app.ui.request.side import SideColumn
from desktop_app.ui.request.split_card import SplitCard
from desktop_app.ui.status_look import icon_of, tone_of
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets import buttons
from desktop_app.ui.widgets.identity import IdentityBar
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, scrolled
from desktop_app.ui.widgets.sections import Card
from desktop_app.ui.widgets.states import Stateful, empty, loading
from desktop_app.ui.widgets.steps import TaskList
from desktop_app.ui.widgets.timeline import Event, Timeline

STEPS_WIDTH, SIDE_WIDTH = 33, 38
"""Grid units."""


@dataclass(frozen=True, slots=True)
class RequestCalls:
    """What the user did, and where they want to go."""

    start: Callable[[Action], None] = field(compare=False)
    form: FormCalls
    papers: Callable[[], None] = field(compare=False)
    licence: Callable[[str], None] = field(compare=False)
    request: Callable[[str], None] = field(compare=False)
    conflicts: Callable[[], None] = field(compare=False)
    print_letter: Callable[[str, bytes, str], None] = field(compare=False)
    save_letter: Callable[[bytes, Path], None] = field(compare=False)
    draw: Callable[[OfficePaper], None] = field(compare=False)
    draw_history: Callable[[], None] = field(compare=False)


class RequestWidget(Stateful):
    """Shows what the presenter says; `attach` says whom to tell what the user did."""

    def __init__(self) -> None:
        self._page = QWidget()
        super().__init__(self._page)
        self.setObjectName("request")
        self._calls: RequestCalls | None = None
        self.identity = IdentityBar()
        self.identity.setObjectName("request.identity")
        self.identity.number.setObjectName("request.identity.number")
        self.steps = TaskList()
        self.steps.setObjectName("request.steps")
        self.step = label(kind=Type.HEADING, wrap=True)
        self.step.setObjectName("request.now")
        self.what_now = label(tone=Tone.MUTED, wrap=True)
        self.action_bar = buttons.ActionBar()
        self._findings = QVBoxLayout()
        self._form_place = QVBoxLayout()
        self._notes = QVBoxLayout()
        for box in (self._findings, self._form_place, self._notes):
            box.setContentsMargins(0, 0, 0, 0)
        self.form: FormPanel | None = None
        self.letter_window: LetterWindow | None = None
        self.split = SplitCard()
        self.duplicates = DuplicatesCard(tr("This request"), self._go_to_request)
        self.letters = LettersCard()
        self.clock = ClockCard()
        self.history = Timeline()
        self.history.setObjectName("request.history")
        self.side = SideColumn()
        self.area = self._arranged()
        self.steps.opened.connect(lambda _: self.area.ensureWidgetVisible(self.history))
        self.show_state(loading())

    def attach(self, calls: RequestCalls) -> None:
        self._calls = calls
        self.side.attach(calls.papers, calls.licence, calls.draw)

    def _arranged(self) -> QScrollArea:
        steps = Card(tr("The card's steps"), self.steps)
        now = Card("", self.step, self.what_now, self.action_bar, self._findings, self._form_place, gap=1.5)
        self.print_history = buttons.button(tr("Print the history"), "quiet", Icon.PRINT, self._draw_history)
        self.print_history.setObjectName("request.history.print")
        history = Card(tr("What has happened"), self.history, aside=self.print_history)
        first = column(steps, 1)
        main = column(self._notes, now, self.duplicates, self.letters, self.split, self.clock, history, 1, gap=2)
        leading, trailing = _wide(first, STEPS_WIDTH), _wide(column(self.side, gap=0), SIDE_WIDTH)
        body = QWidget()
        inner = row(leading, main, trailing, gap=2)
        inner.setStretch(1, 1)
        inner.setContentsMargins(space(3), space(1), space(3), space(3))
        body.setLayout(inner)
        area = scrolled(body)
        head = row(self.identity)
        head.setContentsMargins(space(3), space(1), space(3), space(1))
        self._page.setLayout(column(head, area, gap=0))
        return area

    # What the presenter says.

    def show_request(self, shown: RequestShown) -> None:
        status = (name_of(shown.status), tone_of(shown.status))
        self.identity.show_case(shown.number, shown.applicant, status, *shown.identity)
        self.identity.status.show_status(*status, icon_of(shown.status))
        self.identity.show_time(shown.promise.words, shown.promise.used or 0.0, shown.promise.tone)
        if shown.refusals:
            self.identity.show_mark(tr("refused by the centre"), Tone.LATE, Icon.CONFLICT)
        else:
            self.identity.show_mark(tr("awaiting the centre") if shown.pending else "", Tone.SOON, Icon.PENDING)
        self.steps.show_steps(shown.steps)
        self.step.setText(shown.step)
        self.what_now.setText(shown.what_now)
        self.what_now.setVisible(bool(shown.what_now))
        self._show_actions(shown)
        self._show_notes(shown)
        self.letters.show_letters(shown.letters)
        self.split.show_request(shown)
        self.clock.show_clock(shown.clock)
        self.side.show_request(shown)
        self.history.show_events(tuple(_event(one) for one in shown.history))
        self.show_content()

    def show_missing(self) -> None:
        self.show_state(
            empty(
                tr("This request is not on this computer."),
                tr("It may have left your branches. Search for it by its number, or synchronise and try again."),
            )
        )

    def show_form(self, form: FormShown) -> None:
        self.close_form()
        assert self._calls is not None
        self.form = FormPanel(form, self._calls.form)
        self._form_place.addWidget(self.form)
        self.form.show()
        self.action_bar.hide()  # one main action at a time: the open form's own
        self.form.start()
        panel = self.form
        QTimer.singleShot(0, panel, lambda: self.area.ensureWidgetVisible(panel))

    def close_form(self) -> None:
        _clear(self._findings)
        if self.form is not None:
            self.form.hide()
            self._form_place.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
            self.action_bar.show()

    def show_findings(self, refusals: tuple[Message, ...], naming: Naming) -> None:
        _clear(self._findings)
        if self.form is not None:
            self.form.show_findings(refusals, naming)
            return
        for message in refusals:
            self._findings.addWidget(label(naming.say(message), tone=Tone.LATE, wrap=True, selectable=True))

    def show_letter(self, title: str, pdf: bytes, printers: tuple[str, ...], background: Background) -> None:
        assert self._calls is not None
        printing, saving = self._calls.print_letter, self._calls.save_letter
        calls = PrintCalls(lambda printer: printing(title, pdf, printer), lambda path: saving(pdf, path))
        self.letter_window = LetterWindow(title, pdf, printers, background, calls, self)
        self.letter_window.show()

    def show_busy(self, busy: bool) -> None:
        self.action_bar.setEnabled(not busy)
        if self.form is not None:
            self.form.show_busy(busy)

    def _show_actions(self, shown: RequestShown) -> None:
        main = self._button(shown.main) if shown.main else None
        self.action_bar.show_actions(main, tuple(self._button(one) for one in shown.others))
        self.action_bar.setVisible(bool(main or shown.others) and self.form is None)

    def _draw_history(self) -> None:
        if self._calls is not None:
            self._calls.draw_history()

    def _go_to_request(self, request_id: str) -> None:
        if self._calls is not None:
            self._calls.request(request_id)

    def _button(self, shown: ActionShown) -> buttons.Action:
        calls = self._calls
        assert calls is not None
        return buttons.Action(
            name=shown.name,
            text=shown.text,
            run=lambda: calls.start(shown.action),
            missing=shown.missing,
            destructive=shown.destructive,
        )

    def _show_notes(self, shown: RequestShown) -> None:
        calls = self._calls
        assert calls is not None
        _clear(self._notes)
        for refusal in shown.refusals:
            self._notes.addWidget(refusal_note(refusal, calls.conflicts))
        if shown.unpaid:
            notice = DuesNotice()
            notice.setObjectName("request.dues")
            self._notes.addWidget(notice)
            notice.show_dues(shown.unpaid)
        if shown.rivals:
            self._notes.addWidget(rival_note(shown.rivals, calls.request))
        self.duplicates.show_comparison(shown.duplicates)


def _event(one: Happened) -> Event:
    tone = Tone.LATE if one.ended else Tone.DONE if one.done else Tone.ACCENT
    detail = "\n".join(filter(None, (one.summary, one.moved, one.proof)))
    return Event(one.what, one.when, one.who, detail, tone)


def _wide(inner: QLayout, units: float) -> QFrame:
    made = QFrame()
    made.setFixedWidth(space(units))
    made.setLayout(inner)
    return made


def _clear(box: QVBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
