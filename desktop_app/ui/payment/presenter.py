"""What the payment screen knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.ports.queries import RequestView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action, Availability
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import Message
from desktop_app.domain.tracks import PaymentMethod, Track
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.messages import MessageChannel


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """What the view shows. `receipt_pdf` says whether the centre's receipt has arrived."""

    view: RequestView
    available: dict[Action, Availability]
    receipt_pdf: bytes | None
    confirmed: bool


class PaymentView(Protocol):
    def show_page(self, page: PaymentPage) -> None: ...

    def show_refusals(self, refusals: tuple[Message, ...]) -> None: ...

    def forget_typed(self) -> None: ...


class PaymentPresenter:
    """The amount is never typed: what is taken is what was approved."""

    def __init__(
        self, view: PaymentView, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._page: PaymentPage | None = None

    def open(self, request_id: str) -> None:
        self._background.read(lambda: self._read(request_id), self._show)

    def take(self, method: PaymentMethod, reference: str) -> None:
        page = self._page
        if page is None or page.view.request.fees.calculation is None:
            return
        request, bill = page.view.request, page.view.request.fees.calculation
        desk = self._workplace.commands

        def pay() -> Outcome:
            number = desk.next_receipt_number(request.branch)
            command = RecordPayment(request.id, number, bill.total, method, reference)
            return desk.give(command, request.version_of(Track.PAYMENT))

        self._write(pay, tr("The payment was taken. The licences come from the centre."))

    def void(self, reason: str) -> None:
        self._give(lambda request_id: VoidReceipt(request_id, reason), tr("The receipt was voided."))

    def refund(self, reason: str) -> None:
        self._give(lambda request_id: Refund(request_id, reason), tr("The payment was refunded and the request ended."))

    def _give(self, make: Callable[[str], Command], said: str) -> None:
        page = self._page
        if page is not None:
            request = page.view.request
            base = request.version_of(Track.PAYMENT)
            self._write(lambda: self._workplace.commands.give(make(request.id), base), said)

    def _write(self, work: Callable[[], Outcome], said: str) -> None:
        def decided(outcome: Outcome) -> None:
            self._view.show_refusals(outcome.refusals)
            if outcome.accepted and self._page is not None:
                self._messages.done(said)
                self._view.forget_typed()
                self._workplace.sync.sync_now()
                self.open(self._page.view.request.id)

        self._background.write(work, decided, busy=tr("Saving…"))

    def _read(self, request_id: str) -> PaymentPage:
        view = self._workplace.queries.get_request(request_id)
        available = {one.action: one for one in self._workplace.commands.available(request_id)}
        receipt = view.request.payment.receipt
        pdf = self._workplace.papers.find(receipt.number) if receipt else None
        return PaymentPage(view, available, pdf, confirmed=view.pending == 0)

    def _show(self, page: PaymentPage) -> None:
        self._page = page
        self._view.show_page(page)
