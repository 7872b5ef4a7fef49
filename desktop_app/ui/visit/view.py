"""The visit screen. Names: visit.<item>.met, visit.<item>.unmet, visit.<item>.rectify, visit.<item>.note,
visit.measured.<unit>, visit.note, visit.finish."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.messages import Message
from desktop_app.domain.split import ChildUnit
from desktop_app.texts import describe, ntr, tr
from desktop_app.texts.quantities import code, digits
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.visit.item_card import ItemCard
from desktop_app.ui.visit.presenter import VisitPage, VisitPresenter
from desktop_app.ui.visit.record import VisitRecord
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import AreaEdit, LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, panel, row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts, holding, page
from desktop_app.ui.widgets.states import IconView, Stateful, empty, loading


class VisitWidget(QWidget):
    """Cards one under the other; at the edge how far it is and what comes out of it."""

    def __init__(self, presenter_of: Callable[[VisitWidget], VisitPresenter], back: Callable[[], object]) -> None:
        super().__init__()
        self._back = back
        self.cards: dict[str, ItemCard] = {}
        self.measures: dict[str, Field] = {}
        self._record = VisitRecord()
        self._page: VisitPage | None = None
        self.facts = Facts()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("How much is answered"))
        self._so_far = label("", Type.SMALL, Tone.MUTED)
        self.outcome = label("", Type.HEADING, strong=True, wrap=True)
        self._said = label("", tone=Tone.LATE, wrap=True)
        self.note = LineEdit()
        self.note.setObjectName("visit.note")
        self.bar = ActionBar()
        self.closed = label("", strong=True, wrap=True)
        closed = row(IconView(Icon.INFO, 2, Tone.SOON), self.closed, gap=1, margin=2)
        closed.setStretch(1, 1)
        self._closed = panel(closed, "note")
        set_property(self._closed, "tone", Tone.SOON.value)
        self._cards = column(gap=2)
        self._answers = QWidget()
        self._answers.setLayout(self._cards)
        self._scroll: QScrollArea = scrolled(page(self._closed, self._answers, 1))
        self.stage = Stateful(self._arranged())
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stage)
        self.setLayout(whole)
        self.stage.show_state(loading())
        self.note.edited.connect(self._note_typed)
        self.presenter = presenter_of(self)
        self._pause = Pause(self.presenter.keep, self)

    def _arranged(self) -> QWidget:
        note = Field("note", tr("Note"), self.note, optional=True)
        self._progress = Card(tr("How far"), self.progress, self._so_far)
        self._outcome = Card(tr("Outcome"), self.outcome, note, self._said, self.bar)
        edge = scrolled(page(Card(tr("The visit"), self.facts), self._progress, self._outcome, 1))
        edge.setFixedWidth(space(46))
        box = row(self._scroll, edge, gap=0)
        box.setStretch(0, 1)
        return holding(box)

    def settle(self) -> None:
        """Keeps what was answered since the last pause."""
        self._pause.settle()

    def show_page(self, shown: VisitPage, record: VisitRecord) -> None:
        self._pause.stop()
        self._record = record
        self._clear()
        for at, item in enumerate(shown.items, 1):
            place = tr("Item {at} of {count}", at=at, count=len(shown.items))
            card = ItemCard(item, record.answer(item.code), shown.earlier.get(item.code, ""), place)
            card.changed.connect(self._changed)
            self.cards[item.code] = card
            self._cards.addWidget(card)
        self._cards.addWidget(Card(tr("Measured areas"), *map(self._measure, shown.view.request.plan.children)))
        self.note.setText(record.note)
        self._said.setText("")
        self.show_news(shown)
        self._scroll.verticalScrollBar().setValue(0)

    def show_news(self, shown: VisitPage) -> None:
        self._page = shown
        request, visit = shown.view.request, shown.view.request.visit
        self.facts.show_pairs(
            (tr("Request"), code(request.shown_number)),
            (tr("Applicant"), request.applicant.person.name_ar),
            (tr("Telephone"), code(request.applicant.mobile)),
            (tr("Address"), digits(shown.view.parent.address_ar) if shown.view.parent else ""),
            (tr("Visit"), tr("{ordinal}", ordinal=visit.ordinal) if visit else ""),
            (tr("Day"), tr("{day}", day=visit.day) if visit and visit.day else ""),
            (tr("Hours"), digits(shown.hours)),
        )
        open_ = shown.available is not None and shown.available.legal
        self._answers.setEnabled(open_)
        for part in (self._answers, self._progress, self._outcome):
            part.setVisible(not shown.closed)
        self.note.setEnabled(open_)
        self.closed.setText(shown.closed)
        self._closed.setVisible(bool(shown.closed))
        missing = tuple(describe(why) for why in shown.available.missing) if shown.available else ()
        finish = Action("visit.finish", tr("Record the visit"), self.presenter.finish, Icon.DONE, missing=missing)
        self.bar.show_actions(finish if shown.available else None)
        self._show_outcome()
        self.stage.show_content()

    def show_reading(self) -> None:
        self._page = None
        self.stage.show_state(loading())

    def show_missing(self) -> None:
        self._page = None
        self.stage.show_state(
            empty(tr("This request is not on this computer."), tr("Search for it by its number, or look in the queue."))
        )

    def show_refusals(self, refusals: tuple[Message, ...]) -> None:
        said: dict[str, str] = {}
        homeless = []
        for refusal in refusals:
            kind, _, key = refusal.about.partition(".")
            if (kind == "findings" and key in self.cards) or (kind == "measured" and key in self.measures):
                said.setdefault(refusal.about, describe(refusal))
            else:
                homeless.append(describe(refusal))
        for item, card in self.cards.items():
            card.show_problem(said.get(f"findings.{item}", ""))
        for unit, field in self.measures.items():
            field.show_problem(said.get(f"measured.{unit}", ""))
        self._said.setText("\n".join(homeless))
        self._go_to_first(said)

    def leave(self) -> None:
        self._back()

    def _go_to_first(self, said: dict[str, str]) -> None:
        wanted: QWidget | None = None
        if (card := next((card for card in self.cards.values() if card.problem), None)) is not None:
            card.begin()
            wanted = card
        elif (
            field := next((one for about, one in self.measures.items() if f"measured.{about}" in said), None)
        ) is not None:
            field.edit.setFocus()
            wanted = field
        if wanted is not None:
            self._scroll.ensureWidgetVisible(wanted)

    def _measure(self, unit: ChildUnit) -> QWidget:
        edit = AreaEdit()
        edit.setText(self._record.measured.get(unit.key, ""))
        edit.setObjectName(f"visit.measured.{unit.key}")
        edit.setMinimumHeight(space(5))
        edit.setMaximumWidth(space(30))
        hint = tr("Asked for: {area}", area=unit.area)
        field = Field(f"measured.{unit.key}", tr("{name} — square metres", name=unit.trade_name), edit, hint)

        def typed() -> None:
            self._record.measured[unit.key] = edit.text()
            self._changed()

        edit.edited.connect(typed)
        self.measures[unit.key] = field
        return field

    def _note_typed(self) -> None:
        self._record.note = self.note.text()
        self._changed()

    def _changed(self) -> None:
        self._pause.typed()
        self._show_outcome()

    def _show_outcome(self) -> None:
        if self._page is None:
            return
        items = self._page.items
        self.progress.setMaximum(len(items))
        self.progress.setValue(self._record.answered)
        self._so_far.setText(tr("{done} of {count} answered", done=self._record.answered, count=len(items)))
        unmet = self._record.unmet(items)
        if unmet:
            said = ntr("Not compliant: {n} condition to be put right", "Not compliant: {n} conditions to be put right",
                       len(unmet))  # fmt: skip
            tone = Tone.LATE
        elif self._record.answered == len(items):
            said, tone = tr("Compliant"), Tone.DONE
        else:
            said, tone = tr("Still open"), Tone.MUTED
        self.outcome.setText(said)
        set_property(self.outcome, "tone", tone.value)

    def _clear(self) -> None:
        self.cards, self.measures = {}, {}
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
