"""The payment screen. Names: payment.method, payment.reference, payment.received, payment.change, payment.reason,
payment.take, payment.void, payment.refund, payment.total, payment.receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop_app.domain.actions import Action as Legal
from desktop_app.domain.messages import Message
from desktop_app.domain.tracks import PaymentMethod, PaymentState, Receipt
from desktop_app.texts import describe, name_of, tr
from desktop_app.texts.quantities import code
from desktop_app.ui.certificate.paper import PaperView
from desktop_app.ui.fees.bill import Bill
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.payment.cash import Cash
from desktop_app.ui.payment.presenter import PaymentPage, PaymentPresenter
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.ask import ask
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts, holding, page
from desktop_app.ui.widgets.states import Stateful, empty, loading


class PaymentWidget(QWidget):
    """What is owed and how it is paid in the main column; the bill, or the receipt once it is here, beside it."""

    def __init__(self, presenter_of: Callable[[PaymentWidget], PaymentPresenter]) -> None:
        super().__init__()
        self._offered: tuple[Action, ...] | None = None
        self.facts, self.receipts = Facts(), Facts()
        self.bill = Bill("payment.bill", short=True)
        self.total = label(kind=Type.TITLE, tone=Tone.ACCENT)
        self.total.setObjectName("payment.total")
        self.method = QComboBox()
        self.method.setObjectName("payment.method")
        for method in PaymentMethod:
            self.method.addItem(name_of(method), method.value)
        self.reference, self.reason = LineEdit(), LineEdit()
        self.reference.setObjectName("payment.reference")
        self.reason.setObjectName("payment.reason")
        self.cash = Cash()
        self._reference = Field("reference", tr("Reference of the card or electronic payment"), self.reference)
        self._form = Form(
            Field("method", tr("How is it paid?"), self.method),
            self._reference,
            Field("reason", tr("Reason"), self.reason),
            parent=self,
        )
        self._said = label("", tone=Tone.LATE, wrap=True)
        self._pending = label("", tone=Tone.SOON, wrap=True)
        self._nothing = label("", tone=Tone.MUTED, wrap=True)
        self.bar = ActionBar()
        fields = self._form.fields
        self._take = Card(tr("Take the payment"), fields["method"], self._reference, self.cash, gap=1.5)
        self._undo = Card(tr("Take it back"), fields["reason"])
        self._receipts = Card(tr("Receipts"), self.receipts, self._pending)
        self._bill = Card(tr("The bill"), self.bill)
        self.paper = PaperView()
        self.paper.setObjectName("payment.receipt")
        self.stage = Stateful(self._arranged())
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stage)
        self.setLayout(whole)
        self.stage.show_state(loading())
        self.presenter = presenter_of(self)
        self._pause = Pause(lambda: self.presenter.keep(self.fields), self)
        self.method.activated.connect(lambda _: self._edited())
        self.method.currentIndexChanged.connect(lambda _: self._ask_reference())
        for edit in (self.reference, self.reason, self.cash):
            edit.edited.connect(self._edited)
        self._ask_reference()

    def _arranged(self) -> QWidget:
        due = Card(tr("What is due"), self.facts, self.total, self._nothing)
        inner = scrolled(page(due, self._take, self._receipts, self._undo, 1))
        inner.setMinimumWidth(space(60))
        self._foot = panel(column(self._said, self.bar, margin=2), "bar")
        self._aside = scrolled(page(self._bill, 1))
        box = row(column(inner, self._foot, gap=0), self._aside, self.paper, gap=0)
        for place in range(3):
            box.setStretch(place, 1)
        return holding(box)

    @property
    def fields(self) -> dict[str, str]:
        """What is typed; a method alone is no typing."""
        typed = {
            "reference": self.reference.text(),
            "reason": self.reason.text(),
            "received": self.cash.received.text(),
        }
        kept = {name: text for name, text in typed.items() if text.strip()}
        return kept | {"method": str(self.method.currentData())} if kept else {}

    def settle(self) -> None:
        """Keeps what was typed since the last pause."""
        self._pause.settle()

    def show_page(self, shown: PaymentPage) -> None:
        request = shown.view.request
        bill = request.fees.calculation
        due = bill is not None and request.payment.state in (PaymentState.DUE, PaymentState.VOIDED)
        self.facts.show_pairs(
            (tr("Request"), code(request.shown_number)),
            (tr("Payer"), request.applicant.person.name_ar),
            (tr("State of the payment"), name_of(request.payment.state)),
        )
        approved = bill is not None and bool(request.fees.approved_by)
        self.total.setText(tr("{amount}", amount=bill.total) if bill and approved else "")
        self.total.setVisible(approved)
        self._nothing.setText("" if approved else tr("Nothing is due yet: the fees have not been approved."))
        self._nothing.setVisible(not approved)
        if bill:
            self.bill.show_lines(bill.lines, {})
            self.cash.show_due(bill.total)
        self.receipts.show_pairs(*(_receipt_words(one) for one in request.payment.receipts))
        self._receipts.setVisible(bool(request.payment.receipts))
        self._pending.setText("" if shown.confirmed else tr("Waits for the centre: the licences are issued there."))
        self._pending.setVisible(not shown.confirmed)
        self._take.setVisible(due and Legal.RECORD_PAYMENT in shown.available)
        self._undo.setVisible(bool({Legal.VOID_RECEIPT, Legal.REFUND} & set(shown.available)))
        self._show_beside(shown, has_bill=bill is not None)
        self._show_actions(shown)
        self.stage.show_content()

    def show_missing(self) -> None:
        self.stage.show_state(
            empty(tr("This request is not on this computer."), tr("Search for it by its number, or look in the queue."))
        )

    def show_refusals(self, refusals: tuple[Message, ...]) -> None:
        homeless = self._form.show_findings(refusals)
        self._said.setText("\n".join(describe(why) for why in homeless))
        self._said.setVisible(bool(homeless))

    def show_typed(self, fields: Mapping[str, str]) -> None:
        self._pause.stop()
        self.method.setCurrentIndex(max(0, self.method.findData(fields.get("method", PaymentMethod.CASH.value))))
        self.reference.setText(fields.get("reference", ""))
        self.reason.setText(fields.get("reason", ""))
        self.cash.show_typed(fields.get("received", ""))

    def _edited(self) -> None:
        self.presenter.typing()
        self._pause.typed()

    def _ask_reference(self) -> None:
        in_cash = self.method.currentData() == PaymentMethod.CASH.value
        self._reference.setVisible(not in_cash)
        self.cash.setVisible(in_cash)

    def _show_beside(self, shown: PaymentPage, *, has_bill: bool) -> None:
        self.paper.setVisible(shown.receipt_pdf is not None)
        self._aside.setVisible(shown.receipt_pdf is None)
        self._bill.setVisible(has_bill)
        if shown.receipt_pdf is not None:
            self.paper.show_pdf(shown.receipt_pdf)

    def _show_actions(self, shown: PaymentPage) -> None:
        made = (
            (Legal.RECORD_PAYMENT, "payment.take", tr("Take the payment"), self._pay, Icon.PAYMENT, False),
            (Legal.VOID_RECEIPT, "payment.void", tr("Void the receipt"), self._void, Icon.REFUSED, True),
            (Legal.REFUND, "payment.refund", tr("Refund and end the request"), self._refund, Icon.RETURNED, True),
        )
        actions = tuple(
            Action(name, text, run, icon, missing=_missing(shown, legal), destructive=destructive)
            for legal, name, text, run, icon, destructive in made
            if legal in shown.available
        )
        if actions != self._offered:
            self._offered = actions
            main = next((one for one in actions if not one.destructive), None)
            self.bar.show_actions(main, tuple(one for one in actions if one is not main))
            self._foot.setVisible(bool(actions))

    def _pay(self) -> None:
        self.presenter.take(PaymentMethod(self.method.currentData()), self.reference.typed)

    def _void(self) -> None:
        self._once_sure(
            tr("Void the receipt?"),
            tr("The licences are taken back and the payment is due again."),
            tr("Void the receipt"),
            lambda: self.presenter.void(self.reason.text()),
        )

    def _refund(self) -> None:
        self._once_sure(
            tr("Refund the payment and end the request?"),
            tr("The licences are taken back. An ended request is not opened again."),
            tr("Refund and end the request"),
            lambda: self.presenter.refund(self.reason.text()),
        )

    def _once_sure(self, question: str, consequence: str, verb: str, then: Callable[[], None]) -> None:
        """Asks, unless the rules will refuse it for want of a reason anyhow."""
        if self.reason.typed:
            ask(self, question, verb, then, consequence=consequence, destructive=True)
        else:
            then()


def _missing(shown: PaymentPage, legal: Legal) -> tuple[str, ...]:
    return tuple(describe(why) for why in shown.available[legal].missing)


def _receipt_words(receipt: Receipt) -> tuple[str, str]:
    words = tr(
        "{amount}, {method}, {moment}",
        amount=receipt.amount,
        method=name_of(receipt.method),
        moment=receipt.taken_at,
    )
    if not receipt.valid:
        words = tr("{receipt} — voided: {reason}", receipt=words, reason=receipt.void_reason)
    return code(receipt.number), words
