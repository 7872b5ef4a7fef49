"""The payment screen. Names: payment.method, payment.reference, payment.reason, payment.take, payment.void,
payment.refund, payment.total, payment.receipt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.domain.actions import Action as Legal
from desktop_app.domain.messages import Message
from desktop_app.domain.tracks import PaymentMethod, Receipt
from desktop_app.texts import describe, name_of, tr
from desktop_app.ui.certificate.paper import PaperView
from desktop_app.ui.fees.bill import Bill
from desktop_app.ui.icons import Icon
from desktop_app.ui.payment.presenter import PaymentPage, PaymentPresenter
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts, page


class PaymentWidget(QWidget):
    """What is owed and how it is paid in the main column; the receipt beside it."""

    def __init__(self, presenter_of: Callable[[PaymentWidget], PaymentPresenter]) -> None:
        super().__init__()
        self.facts, self.receipts = Facts(), Facts()
        self.bill = Bill(short=True)
        self.total = label(kind=Type.TITLE, tone=Tone.ACCENT)
        self.total.setObjectName("payment.total")
        self.method = QComboBox()
        self.method.setObjectName("payment.method")
        for method in PaymentMethod:
            self.method.addItem(name_of(method), method.value)
        self.reference, self.reason = LineEdit(), LineEdit()
        self.reference.setObjectName("payment.reference")
        self.reason.setObjectName("payment.reason")
        self._reference = Field("reference", tr("Reference of the card or electronic payment"), self.reference)
        self._form = Form(
            Field("method", tr("How is it paid?"), self.method),
            self._reference,
            Field("reason", tr("Reason"), self.reason),
            parent=self,
        )
        self.method.currentIndexChanged.connect(lambda _: self._ask_reference())
        self._said = label("", tone=Tone.LATE, wrap=True)
        self._pending = label("", tone=Tone.SOON, wrap=True)
        self.bar = ActionBar()
        fields = self._form.fields
        self._take = Card(tr("Take the payment"), fields["method"], self._reference)
        self._undo = Card(tr("Take it back"), fields["reason"])
        self.paper = PaperView()
        self.paper.setObjectName("payment.receipt")
        main = page(
            Card(tr("What is due"), self.facts, self.total, self.bill),
            self._take,
            Card(tr("Receipts"), self.receipts, self._pending),
            self._undo,
            self._said,
            self.bar,
            1,
        )
        inner = scrolled(main)
        inner.setMinimumWidth(space(60))
        box = row(inner, self.paper, gap=0)
        box.setStretch(0, 1)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._ask_reference()
        self.presenter = presenter_of(self)

    def show_page(self, shown: PaymentPage) -> None:
        request = shown.view.request
        bill = request.fees.calculation
        self.facts.show_pairs(
            (tr("Request"), tr("{number}", number=request.shown_number)),
            (tr("Payer"), request.applicant.person.name_ar),
            (tr("State of the payment"), name_of(request.payment.state)),
        )
        self.total.setText(tr("{amount}", amount=bill.total) if bill else "")
        if bill:
            self.bill.show_lines(bill.lines, {})
        self.receipts.show_pairs(*(_receipt_words(one) for one in request.payment.receipts))
        self._pending.setText("" if shown.confirmed else tr("Waits for the centre: the licences are issued there."))
        self._pending.setVisible(not shown.confirmed)
        self._take.setVisible(Legal.RECORD_PAYMENT in shown.available)
        self._undo.setVisible(bool({Legal.VOID_RECEIPT, Legal.REFUND} & set(shown.available)))
        self.paper.setVisible(shown.receipt_pdf is not None)
        if shown.receipt_pdf is not None:
            self.paper.show_pdf(shown.receipt_pdf)
        self._show_actions(shown)

    def show_refusals(self, refusals: tuple[Message, ...]) -> None:
        homeless = self._form.show_findings(refusals)
        self._said.setText("\n".join(describe(why) for why in homeless))

    def forget_typed(self) -> None:
        self.reference.clear()
        self.reason.clear()

    def _ask_reference(self) -> None:
        self._reference.setVisible(self.method.currentData() != PaymentMethod.CASH.value)

    def _show_actions(self, shown: PaymentPage) -> None:
        made = (
            (Legal.RECORD_PAYMENT, "payment.take", tr("Take the payment"), self._pay, Icon.PAYMENT, False),
            (Legal.VOID_RECEIPT, "payment.void", tr("Void the receipt"), self._void, Icon.REFUSED, True),
            (Legal.REFUND, "payment.refund", tr("Refund and end the request"), self._refund, Icon.RETURNED, True),
        )
        actions = [
            Action(name, text, run, icon, missing=_missing(shown, legal), destructive=destructive)
            for legal, name, text, run, icon, destructive in made
            if legal in shown.available
        ]
        main = next((one for one in actions if not one.destructive), None)
        self.bar.show_actions(main, tuple(one for one in actions if one is not main))

    def _pay(self) -> None:
        self.presenter.take(PaymentMethod(self.method.currentData()), self.reference.typed)

    def _void(self) -> None:
        self.presenter.void(self.reason.text())

    def _refund(self) -> None:
        self.presenter.refund(self.reason.text())


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
    return tr("{number}", number=receipt.number), words
