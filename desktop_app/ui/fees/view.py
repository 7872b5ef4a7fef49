"""The fees screen. Names: fees.total, fees.before, fees.after, fees.add_line, fees.adjustment.<n>.kind, .amount,
.reason and .remove, fees.contract.<unit>, fees.reason, fees.assess, fees.approve, fees.return."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.actions import Action as Legal
from desktop_app.domain.fees.calculation import Calculation
from desktop_app.domain.messages import Message
from desktop_app.domain.money import Fils
from desktop_app.domain.split import REMAINDER
from desktop_app.texts import describe, name_of, tr
from desktop_app.texts.quantities import code
from desktop_app.ui.fees.adjusting import Adjusting
from desktop_app.ui.fees.bill import Bill, difference_in_words
from desktop_app.ui.fees.presenter import FeesPage, FeesPresenter
from desktop_app.ui.fees.typed import Typed
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts, holding, page
from desktop_app.ui.widgets.states import Stateful, empty, loading


class FeesWidget(QWidget):
    """The bill in the main column; what it is about and the comparison in the side column."""

    def __init__(self, presenter_of: Callable[[FeesWidget], FeesPresenter]) -> None:
        super().__init__()
        self._page: FeesPage | None = None
        self._titles: dict[str, str] = {}
        self._offered: tuple[Action, ...] | None = None
        self.facts = Facts()
        self.bill = Bill("fees.total")
        self.adjusting = Adjusting()
        self.reason = LineEdit()
        self.reason.setObjectName("fees.reason")
        self._reason = Field("reason", tr("Reason for sending it back"), self.reason)
        self._said = label("", tone=Tone.LATE, wrap=True)
        self._state = label("", Type.SMALL, Tone.MUTED, wrap=True)
        self._no_bill = label(
            tr("There is no bill yet: the fees are assessed once the visit has been passed."), wrap=True
        )
        self.bar = ActionBar()
        self._adjust_card = Card(tr("Adjust"), self.adjusting)
        self._return_card = Card(tr("Send back"), self._reason)
        self.before, self.after = Bill("fees.before", short=True), Bill("fees.after", short=True)
        self._difference = label("", strong=True, wrap=True)
        self._compared = Card(
            tr("A year before and after the split"),
            self._difference,
            label(tr("Before: the parent"), Type.SMALL, Tone.MUTED),
            self.before,
            label(tr("After: the parent and its children"), Type.SMALL, Tone.MUTED),
            self.after,
            gap=1.5,
        )
        self.stage = Stateful(self._arranged())
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stage)
        self.setLayout(whole)
        self.stage.show_state(loading())
        self.presenter = presenter_of(self)
        self._pause = Pause(lambda: self.presenter.pause(self.typed), self)
        self.adjusting.changed.connect(self._edited)
        self.reason.edited.connect(self._edited)

    def _arranged(self) -> QWidget:
        sample = label(tr("Sample data — to be confirmed by the municipality"), Type.SMALL, Tone.SOON)
        main = page(
            Card(tr("The bill"), self._state, self._no_bill, self.bill, sample),
            self._adjust_card,
            self._return_card,
            1,
        )
        self._foot = panel(column(self._said, self.bar, margin=2), "bar")
        aside = scrolled(page(Card(tr("What it is about"), self.facts), self._compared, 1))
        aside.setFixedWidth(space(52))
        box = row(column(scrolled(main), self._foot, gap=0), aside, gap=0)
        box.setStretch(0, 1)
        return holding(box)

    @property
    def typed(self) -> Typed:
        """What stands in the fields now."""
        return Typed(self.adjusting.lines, self.adjusting.ticked, self.reason.text())

    def settle(self) -> None:
        """Keeps what was typed since the last pause."""
        self._pause.settle()

    def show_page(self, shown: FeesPage) -> None:
        self._page = shown
        request = shown.view.request
        self._titles = {child.key: child.trade_name for child in request.plan.children}
        self.facts.show_pairs(
            (tr("Request"), code(request.shown_number)),
            (tr("Applicant"), request.applicant.person.name_ar),
            (tr("Parent licence"), code(request.plan.parent_number)),
            (tr("State of the fees"), name_of(request.fees.state)),
            (tr("Assessed by"), self._person(shown, request.fees.assessed_by)),
            (tr("Approved by"), self._person(shown, request.fees.approved_by)),
            (tr("Sent back because"), request.fees.reason),
        )
        self._state.setText(
            tr("Not assessed yet: this is what the schedule gives for the split as it stands.")
            if shown.proposed
            else ""
        )
        self._state.setVisible(shown.proposed)
        self.bill.setVisible(shown.bill is not None)
        self._no_bill.setVisible(shown.bill is None)
        self.adjusting.show_units(self._titles)
        self._adjust_card.setVisible(Legal.ASSESS_FEES in shown.available)
        self._return_card.setVisible(Legal.RETURN_FEES in shown.available)
        self._show_comparison(shown)
        if shown.bill is not None:
            self.show_bill(shown.bill)
        self._show_actions()
        self.stage.show_content()

    def show_missing(self) -> None:
        self._page = None
        self.stage.show_state(
            empty(tr("This request is not on this computer."), tr("Search for it by its number, or look in the queue."))
        )

    def show_bill(self, bill: Calculation) -> None:
        self.bill.show_lines(bill.lines, self._titles)

    def show_refusals(self, refusals: tuple[Message, ...]) -> None:
        homeless = self.adjusting.show_refusals(refusals)
        own = [why for why in homeless if why.about == "reason"]
        self._reason.show_problem(describe(own[0]) if own else "")
        if own:
            self.reason.setFocus()
        self._said.setText("\n".join(describe(why) for why in homeless if why not in own))
        self._said.setVisible(bool(self._said.text()))

    def show_typed(self, typed: Typed) -> None:
        self._pause.stop()
        self.adjusting.show_typed(typed)
        self.reason.setText(typed.reason)
        self.show_refusals(())
        self._show_actions()

    def _edited(self) -> None:
        self.presenter.typing(self.typed)
        self._pause.typed()
        self._show_actions()

    def _show_comparison(self, shown: FeesPage) -> None:
        self._compared.setVisible(shown.compared is not None)
        if shown.compared is None:
            return
        view = shown.view
        titles = {REMAINDER: view.parent.trade_name if view.parent else "", **self._titles}
        self.before.show_lines(shown.compared.before, {})
        self.after.show_lines(shown.compared.after, titles)
        self._difference.setText(difference_in_words(shown.compared.difference))

    def _show_actions(self) -> None:
        shown = self._page
        if shown is None:
            return
        total = shown.bill.total if shown.bill is not None else Fils(0)
        made = {
            Legal.ASSESS_FEES: Action(
                "fees.assess",
                tr("Assess the fees"),
                lambda: self.presenter.assess(self.typed),
                Icon.FEES,
                missing=self._missing(shown, Legal.ASSESS_FEES),
            ),
            Legal.APPROVE_FEES: Action(
                "fees.approve",
                tr("Approve the request and its fees: {total}", total=total),
                self.presenter.approve,
                Icon.DONE,
                missing=(*self._missing(shown, Legal.APPROVE_FEES), *self._unassessed()),
            ),
            Legal.RETURN_FEES: Action(
                "fees.return",
                tr("Send the assessment back"),
                lambda: self.presenter.send_back(self.reason.text()),
                Icon.RETURNED,
                missing=self._missing(shown, Legal.RETURN_FEES),
            ),
        }
        order = (Legal.APPROVE_FEES, Legal.ASSESS_FEES, Legal.RETURN_FEES)
        legal = tuple(made[one] for one in order if one in shown.available)
        if legal != self._offered:
            self._offered = legal
            self.bar.show_actions(legal[0] if legal else None, legal[1:])
            self._foot.setVisible(bool(legal))

    def _unassessed(self) -> tuple[str, ...]:
        """What is typed is not in the assessed bill: approving would silently leave it out."""
        if not self.typed.adjusts:
            return ()
        return (tr("The lines you added are not in the assessed bill: remove them, or assess the fees with them."),)

    @staticmethod
    def _missing(shown: FeesPage, action: Legal) -> tuple[str, ...]:
        found = shown.available.get(action)
        return tuple(describe(why) for why in found.missing) if found else ()

    @staticmethod
    def _person(shown: FeesPage, login: str) -> str:
        return next((event.by_name for event in reversed(shown.view.history) if event.by == login), login)
