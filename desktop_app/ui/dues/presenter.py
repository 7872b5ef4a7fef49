"""The dues of one request: what still holds it, and the reference that releases it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from desktop_app.application.spoken import spoken
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.deciding import Case, Outcome
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.dues import unpaid_dues
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import Due
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel

FORM = "dues"


class DuesView(Protocol):
    def show_dues(self, number: str, unpaid: tuple[Due, ...], *, may_settle: bool) -> None: ...

    def show_typed(self, reference: str) -> None:
        """A reference that was typed before and not given yet ("" for none)."""

    def show_problem(self, sentence: str) -> None:
        """Beside the reference that was typed."""


class DuesPresenter:
    """Reads one request's dues and gives `SettleDues`."""

    def __init__(
        self,
        view: DuesView,
        workplace: Workplace,
        background: Background,
        messages: MessageChannel,
        go: Callable[[Route], bool],
    ) -> None:
        self._view, self._workplace, self._background = view, workplace, background
        self._messages, self._go = messages, go
        self._kept = KeptForm(FORM, workplace, background)
        self._wanted = ""
        self._typing = self._giving = False
        self._request: Request | None = None
        self._reference = Reference()

    @property
    def number(self) -> str:
        return self._request.shown_number if self._request else ""

    def open(self, request_id: str, *, anew: bool = False) -> None:
        """Shows a request's dues. Coming back to the same one finds what was typed as it stands.

        `anew`: what lies in the drafts counts."""
        if anew or request_id != self._wanted:
            self._wanted, self._request, self._typing = request_id, None, False
            self._view.show_typed("")
            self._kept.restore(request_id, lambda fields: self._found(request_id, fields))
        self.reload()

    def reload(self) -> None:
        """Reads again; what is typed stays."""
        if wanted := self._wanted:
            self._background.read(lambda: self._load(wanted), lambda loaded: self._show(wanted, loaded))

    def typing(self) -> None:
        """Something was struck: a draft that is read only now must not take its place."""
        self._typing = True

    def keep(self, reference: str) -> None:
        """Typing rests."""
        if self._wanted:
            self._kept.keep(self._wanted, {"payment_reference": reference})

    def settle(self, typed: str) -> None:
        """The owner paid electronically and shows this reference."""
        request = self._request
        if request is None or self._giving:
            return
        self._giving = True
        command = SettleDues(request.id, ascii_digits(typed).strip())

        def give() -> Outcome:
            outcome = self._workplace.commands.give(command, request.dues.version)
            if outcome.accepted:
                self._kept.discard(request.id)
            return outcome

        self._background.write(give, self._settled, self._failed, busy=tr("Saving…"))

    def _load(self, request_id: str) -> tuple[Request, tuple[Due, ...], bool, Reference]:
        place = self._workplace
        view = place.queries.get_request(request_id)
        unpaid = unpaid_dues(Case(request=view.request, parent=view.parent, dues=view.dues))
        legal = {one.action for one in place.commands.available(request_id) if one.legal}
        return view.request, unpaid, Action.SETTLE_DUES in legal, place.queries.reference()

    def _found(self, request_id: str, fields: Mapping[str, str]) -> None:
        if request_id == self._wanted and not self._typing:
            self._view.show_typed(fields.get("payment_reference", ""))

    def _show(self, wanted: str, loaded: tuple[Request, tuple[Due, ...], bool, Reference]) -> None:
        if wanted != self._wanted:
            return
        self._request, unpaid, may_settle, self._reference = loaded
        self._view.show_dues(self.number, unpaid, may_settle=may_settle)

    def _failed(self, error: Exception) -> None:
        self._giving = False
        self._messages.post(explain(error))

    def _settled(self, outcome: Outcome) -> None:
        self._giving = False
        if not outcome.accepted:
            self._view.show_problem("\n".join(spoken(why, self._reference) for why in outcome.refusals))
            return
        assert outcome.request is not None
        self._wanted = ""  # what was typed is used up
        self._messages.done(
            tr("The payment of the dues is recorded; request {number} can be accepted.", number=self.number)
        )
        self._go(Route("request", {"id": outcome.request.id}))
