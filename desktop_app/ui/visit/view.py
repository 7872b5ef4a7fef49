"""The visit screen. Names: visit.<item>.met, visit.<item>.unmet, visit.<item>.rectify, visit.<item>.note,
visit.measured.<unit>, visit.note, visit.finish."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop_app.domain.messages import Message
from desktop_app.domain.split import ChildUnit
from desktop_app.texts import describe, tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.visit.item_card import ItemCard
from desktop_app.ui.visit.presenter import VisitPage, VisitPresenter
from desktop_app.ui.visit.record import VisitRecord
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import AreaEdit, LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts

_PAUSE_MS = 400


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
        self._cards = column(gap=2, margin=2)
        self._stage = QWidget()
        self._stage.setLayout(self._cards)
        side = QWidget()
        side.setLayout(
            column(
                Card(tr("The visit"), self.facts),
                Card(tr("How far"), self.progress, self._so_far),
                Card(
                    tr("Outcome"),
                    self.outcome,
                    Field("note", tr("Note"), self.note, optional=True),
                    self._said,
                    self.bar,
                ),
                1,
                gap=2,
                margin=2,
            )
        )
        edge = scrolled(side)
        edge.setFixedWidth(space(46))
        box = row(scrolled(self._stage), edge, gap=0)
        box.setStretch(0, 1)
        self.setLayout(box)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.note.edited.connect(self._note_typed)
        self.presenter = presenter_of(self)
        self._pause.timeout.connect(self.presenter.keep)

    def show_page(self, shown: VisitPage, record: VisitRecord) -> None:
        self._page, self._record = shown, record
        request, visit = shown.view.request, shown.view.request.visit
        self.facts.show_pairs(
            (tr("Request"), tr("{number}", number=request.shown_number)),
            (tr("Applicant"), request.applicant.person.name_ar),
            (tr("Telephone"), tr("{number}", number=request.applicant.mobile)),
            (tr("Address"), shown.view.parent.address_ar if shown.view.parent else ""),
            (tr("Visit"), tr("{ordinal}", ordinal=visit.ordinal) if visit else ""),
            (tr("Day"), tr("{day}", day=visit.day) if visit and visit.day else ""),
        )
        self._clear()
        for at, item in enumerate(shown.items, 1):
            place = tr("Item {at} of {count}", at=at, count=len(shown.items))
            card = ItemCard(item, record.answer(item.code), shown.earlier.get(item.code, ""), place)
            card.changed.connect(self._changed)
            self.cards[item.code] = card
            self._cards.addWidget(card)
        self._cards.addWidget(Card(tr("Measured areas"), *map(self._measure, request.plan.children)))
        self._cards.addStretch(1)
        self.note.setText(record.note)
        self._stage.setEnabled(shown.available is not None and shown.available.legal)
        missing = tuple(describe(why) for why in shown.available.missing) if shown.available else ()
        finish = Action("visit.finish", tr("Record the visit"), self.presenter.finish, Icon.DONE, missing=missing)
        self.bar.show_actions(finish if shown.available else None)
        self._show_outcome()

    def show_refusals(self, refusals: tuple[Message, ...]) -> None:
        said: dict[str, str] = {}
        homeless = []
        for refusal in refusals:
            if refusal.about.startswith(("findings.", "measured.")):
                said.setdefault(refusal.about, describe(refusal))
            else:
                homeless.append(describe(refusal))
        for code, card in self.cards.items():
            card.show_problem(said.get(f"findings.{code}", ""))
        for unit, field in self.measures.items():
            field.show_problem(said.get(f"measured.{unit}", ""))
        self._said.setText("\n".join(homeless))

    def leave(self) -> None:
        self._back()

    def _measure(self, unit: ChildUnit) -> QWidget:
        edit = AreaEdit()
        edit.setText(self._record.measured.get(unit.key, ""))
        edit.setObjectName(f"visit.measured.{unit.key}")
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
        self._pause.start()
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
            self.outcome.setText(tr("Not compliant: {count} to be put right", count=len(unmet)))
        elif self._record.answered == len(items):
            self.outcome.setText(tr("Compliant"))
        else:
            self.outcome.setText(tr("Still open"))

    def _clear(self) -> None:
        self.cards, self.measures = {}, {}
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
