"""The fees screen. Names: fees.total, fees.add_line, fees.adjustment.<n>.<field>, fees.contract.<unit>, fees.reason,
fees.assess, fees.approve, fees.return."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.domain.actions import Action as Legal
from desktop_app.domain.fees.calculation import Calculation
from desktop_app.domain.messages import Message
from desktop_app.domain.split import REMAINDER
from desktop_app.texts import describe, name_of, tr
from desktop_app.ui.fees.adjusting import Adjusting
from desktop_app.ui.fees.bill import Bill, difference_in_words
from desktop_app.ui.fees.presenter import FeesPage, FeesPresenter
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts, page


class FeesWidget(QWidget):
    """The bill in the main column; what it is about and the comparison in the side column."""

    def __init__(self, presenter_of: Callable[[FeesWidget], FeesPresenter]) -> None:
        super().__init__()
        self.facts = Facts()
        self.bill = Bill()
        self.adjusting = Adjusting()
        self.adjusting.changed.connect(self._propose)
        self.reason = LineEdit()
        self.reason.setObjectName("fees.reason")
        self._reason = Field("reason", tr("Reason for sending it back"), self.reason)
        self._said = label("", tone=Tone.LATE, wrap=True)
        self._state = label("", Type.SMALL, Tone.MUTED, wrap=True)
        self.bar = ActionBar()
        self._adjust_card = Card(tr("Adjust"), self.adjusting)
        self._return_card = Card(tr("Send back"), self._reason)
        self.before, self.after = Bill(short=True), Bill(short=True)
        self._difference = label("", strong=True, wrap=True)
        self._compared = Card(
            tr("A year before and after the split"),
            label(tr("Before: the parent"), strong=True),
            self.before,
            label(tr("After: the parent and its children"), strong=True),
            self.after,
            self._difference,
            gap=1.5,
        )
        sample = label(tr("Sample data — to be confirmed by the municipality"), Type.SMALL, Tone.SOON)
        main = page(
            Card(tr("The bill"), self._state, self.bill, sample),
            self._adjust_card,
            self._return_card,
            self._said,
            self.bar,
            1,
        )
        side = page(Card(tr("What it is about"), self.facts), self._compared, 1)
        aside = scrolled(side)
        aside.setFixedWidth(space(52))
        box = row(scrolled(main), aside, gap=0)
        box.setStretch(0, 1)
        self.setLayout(box)
        self.presenter = presenter_of(self)

    def show_page(self, shown: FeesPage) -> None:
        request = shown.view.request
        titles = {child.key: child.trade_name for child in request.plan.children}
        self._titles = titles
        self.facts.show_pairs(
            (tr("Request"), tr("{number}", number=request.shown_number)),
            (tr("Applicant"), request.applicant.person.name_ar),
            (tr("Parent licence"), tr("{number}", number=request.plan.parent_number)),
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
        if shown.bill is not None:
            self.show_bill(shown.bill)
        self.adjusting.show_units(titles)
        self._adjust_card.setVisible(Legal.ASSESS_FEES in shown.available)
        self._return_card.setVisible(Legal.RETURN_FEES in shown.available)
        self._show_comparison(shown)
        self._show_actions(shown)

    def show_bill(self, bill: Calculation) -> None:
        self.bill.show_lines(bill.lines, self._titles)

    def show_refusals(self, refusals: tuple[Message, ...]) -> None:
        homeless = self.adjusting.show_refusals(refusals)
        own = [why for why in homeless if why.about == "reason"]
        self._reason.show_problem(describe(own[0]) if own else "")
        self._said.setText("\n".join(describe(why) for why in homeless if why not in own))

    def forget_typed(self) -> None:
        self.adjusting.clear()
        self.reason.clear()

    def _propose(self) -> None:
        self.presenter.propose(self.adjusting.adjustments(), self.adjusting.ticked())

    def _show_comparison(self, shown: FeesPage) -> None:
        self._compared.setVisible(shown.compared is not None)
        if shown.compared is None:
            return
        view = shown.view
        titles = {REMAINDER: view.parent.trade_name if view.parent else "", **self._titles}
        self.before.show_lines(shown.compared.before, {})
        self.after.show_lines(shown.compared.after, titles)
        self._difference.setText(difference_in_words(shown.compared.difference))

    def _show_actions(self, shown: FeesPage) -> None:
        made = {
            Legal.ASSESS_FEES: Action(
                "fees.assess",
                tr("Assess the fees"),
                lambda: self.presenter.assess(self.adjusting.adjustments(), self.adjusting.ticked()),
                Icon.FEES,
                missing=self._missing(shown, Legal.ASSESS_FEES),
            ),
            Legal.APPROVE_FEES: Action(
                "fees.approve",
                tr("Approve the request and its fees"),
                self.presenter.approve,
                Icon.DONE,
                missing=self._missing(shown, Legal.APPROVE_FEES),
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
        legal = [made[one] for one in order if one in shown.available]
        self.bar.show_actions(legal[0] if legal else None, tuple(legal[1:]))

    @staticmethod
    def _missing(shown: FeesPage, action: Legal) -> tuple[str, ...]:
        found = shown.available.get(action)
        return tuple(describe(why) for why in found.missing) if found else ()

    @staticmethod
    def _person(shown: FeesPage, login: str) -> str:
        return next((event.by_name for event in reversed(shown.view.history) if event.by == login), login)
