"""What the payment screen knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from desktop_app.domain.money import Fils
from desktop_app.domain.tracks import PaymentMethod, Track
from desktop_app.texts import tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.errors import explain
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel

FORM = "payment"


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """What the view shows. `receipt_pdf` says whether the centre's receipt has arrived."""

    view: RequestView
    available: dict[Action, Availability]
    receipt_pdf: bytes | None
    confirmed: bool


class PaymentView(Protocol):
    def show_page(self, page: PaymentPage) -> None: ...

    def show_missing(self) -> None:
        """There is no such request on this computer."""

    def show_refusals(self, refusals: tuple[Message, ...]) -> None: ...

    def show_typed(self, fields: Mapping[str, str]) -> None:
        """Replaces what is typed: "method", "reference", "reason", "received"."""


class PaymentPresenter:
    """The amount is never typed: what is taken is what was approved."""

    def __init__(
        self, view: PaymentView, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._kept = KeptForm(FORM, workplace, background)
        self._wanted = ""
        self._typing = False
        self._giving = False
        self._page: PaymentPage | None = None
        self._reading: Task | None = None

    def open(self, request_id: str, *, anew: bool = False) -> None:
        """Shows a request's payment. Coming back to the same one finds what was typed as it stands.

        `anew`: what lies in the drafts counts."""
        if anew or request_id != self._wanted:
            self._wanted, self._page, self._typing = request_id, None, False
            self._view.show_typed({})
            self._view.show_refusals(())
            self._kept.restore(request_id, lambda fields: self._found(request_id, fields))
        self.reload()

    def reload(self) -> None:
        """Reads again; what is typed stays."""
        if not self._wanted:
            return
        if self._reading is not None:
            self._reading.cancel()
        wanted = self._wanted
        self._reading = self._background.read(lambda: self._read(wanted), self._show)

    def typing(self) -> None:
        """Something was struck: a draft that is read only now must not take its place."""
        self._typing = True

    def keep(self, fields: Mapping[str, str]) -> None:
        """Typing rests."""
        if self._wanted:
            self._kept.keep(self._wanted, fields)

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
        if self._giving:
            return
        self._giving, request_id = True, self._wanted

        def give() -> Outcome:
            outcome = work()
            if outcome.accepted:
                self._kept.discard(request_id)
            return outcome

        def decided(outcome: Outcome) -> None:
            self._giving = False
            if request_id == self._wanted:
                self._view.show_refusals(outcome.refusals)
            if outcome.accepted:
                self._messages.done(said)
                self._workplace.sync.sync_now()
                if request_id == self._wanted:
                    self._typing = False
                    self._view.show_typed({})
            self.reload()

        self._background.write(give, decided, self._failed, busy=tr("Saving…"))

    def _failed(self, error: Exception) -> None:
        self._giving = False
        self._messages.post(explain(error))

    def _read(self, request_id: str) -> PaymentPage | None:
        try:
            view = self._workplace.queries.get_request(request_id)
        except KeyError:
            return None
        available = {one.action: one for one in self._workplace.commands.available(request_id)}
        receipt = view.request.payment.receipt
        pdf = self._workplace.papers.find(receipt.number) if receipt else None
        return PaymentPage(view, available, pdf, confirmed=view.pending == 0)

    def _show(self, page: PaymentPage | None) -> None:
        if page is None:
            self._page = None
            self._view.show_missing()
        elif page != self._page:
            self._page = page
            self._view.show_page(page)

    def _found(self, request_id: str, fields: dict[str, str]) -> None:
        if request_id == self._wanted and fields and not self._typing:
            self._view.show_typed(fields)


def change_of(received: Fils | None, due: Fils) -> Fils | None:
    """What a cashier gives back out of what was handed over; negative while it does not suffice."""
    return None if received is None else received - due
