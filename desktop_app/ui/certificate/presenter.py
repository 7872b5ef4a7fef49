"""What the certificate screen knows and does, without any widget."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_app.application.ports.queries import RequestView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.copies import CertificateCopy, CopyReason
from desktop_app.domain.copying import copies_in_force, why_no_copy
from desktop_app.domain.deciding import Case, Outcome
from desktop_app.domain.messages import Message
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import IssueState, PrintedSheet, Spoilt, Track
from desktop_app.texts import tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.errors import explain
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel

FORM = "certificate"


@dataclass(frozen=True, slots=True)
class Certificate:
    """One licence's page, or `copy` of it: `pdf` is None until it has been fetched from the centre. `uncopied` is what
    forbids another copy of it; None where nothing does."""

    number: str
    title: str
    pdf: bytes | None
    sheets: tuple[PrintedSheet, ...]
    copy: CertificateCopy | None = None
    uncopied: Message | None = None

    @property
    def paper(self) -> str:
        """What its paper goes by."""
        return self.copy.number if self.copy else self.number

    @property
    def done(self) -> bool:
        return any(sheet.fine for sheet in self.sheets)

    @property
    def copied(self) -> bool:
        """Whether there is anything to say of copies of it: it is a certificate itself, and was printed."""
        return self.done and self.copy is None


_STANDS = (Status.ISSUED, Status.PRINTED, Status.DELIVERED)


@dataclass(frozen=True, slots=True)
class CertificatePage:
    view: RequestView
    certificates: tuple[Certificate, ...]
    may_confirm: bool
    may_copy: bool = False

    def may_print(self, certificate: Certificate) -> bool:
        """Until it has a fine sheet: whoever wants another makes a copy. Nothing of what was taken back is printed."""
        return not certificate.done and status_of(self.view.request) in _STANDS

    def may_waste(self, certificate: Certificate) -> bool:
        """Whether a sheet may be said to be spoilt: one that was fine does not hinder that."""
        handed_over = self.view.request.issue.state is IssueState.DELIVERED
        return self.may_confirm and (certificate.copy is not None or not handed_over)


class CertificateView(Protocol):
    def show_page(self, page: CertificatePage) -> None: ...

    def show_missing(self) -> None:
        """There is no such request on this computer."""

    def show_printers(self, names: tuple[str, ...]) -> None: ...

    def show_refusals(self, refusals: tuple[Message, ...]) -> None: ...

    def show_typed(self, serial: str) -> None:
        """Replaces the serial number that is typed."""

    def show_copy(self, reason: CopyReason, note: str) -> None:
        """Replaces what is said of why a copy is made."""

    def show_copy_refusals(self, refusals: tuple[Message, ...]) -> None: ...

    def choose(self, paper: str) -> None:
        """Shows the page of this paper, as soon as it is there."""


class CertificatePresenter:
    """The print gate: a request moves on only when a person says that the sheet is fine."""

    def __init__(
        self, view: CertificateView, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._kept = KeptForm(FORM, workplace, background)
        self._wanted = ""
        self._typing = False
        self._page: CertificatePage | None = None
        self._reading: Task | None = None

    def open(self, request_id: str, *, anew: bool = False) -> None:
        """Shows a request's certificates. Coming back to the same one finds the serial number as it was typed.

        `anew`: what lies in the drafts counts."""
        if anew or request_id != self._wanted:
            self._wanted, self._page, self._typing = request_id, None, False
            self._view.show_typed("")
            self._view.show_copy(CopyReason.LOST, "")
            self._view.show_refusals(())
            self._view.show_copy_refusals(())
            self._kept.restore(request_id, lambda fields: self._found(request_id, fields))
        self._background.read(self._workplace.printing.printers, self._view.show_printers)
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

    def keep(self, serial: str, copy_note: str, copy_reason: CopyReason) -> None:
        """Typing rests."""
        if self._wanted:
            said = {"copy_note": copy_note, "copy_reason": copy_reason.value} if copy_note.strip() else {}
            self._kept.keep(self._wanted, {"serial": serial, **said})

    def print_one(self, certificate: Certificate, printer: str) -> None:
        pdf = certificate.pdf
        if pdf is not None:
            title = tr("Licence {number}", number=certificate.paper)
            self._background.write(
                lambda: self._workplace.printing.print_file(pdf, title, printer),
                lambda _: self._messages.info(
                    tr("The page went to the printer."), todo=tr("Look at the sheet, then say whether it is fine.")
                ),
                self._not_printed,
                busy=tr("Printing…"),
            )

    def save_copy(self, certificate: Certificate, path: Path) -> None:
        """Writes the very bytes to a file of the user's choice."""
        pdf = certificate.pdf
        if pdf is not None:
            self._background.write(
                lambda: path.write_bytes(pdf), lambda _: self._messages.done(tr("The file was saved.")), self._not_saved
            )

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, OSError) and error.errno != errno.ENOSPC:
            self._messages.error(
                tr("The file could not be saved there."),
                kept=tr("The certificate stays on this computer."),
                todo=tr("Choose another folder."),
            )
        else:
            self._messages.post(explain(error))

    def _not_printed(self, error: Exception) -> None:
        self._messages.error(
            tr("The printer did not take the page."),
            kept=tr("Nothing was recorded: the certificate is still to be printed."),
            todo=tr("Look at the printer, then print again, or choose another printer."),
        )

    def confirm(self, certificate: Certificate, serial: str, spoilt: Spoilt | None = None, note: str = "") -> None:
        """The word on a sheet: fine, or `spoilt`."""
        fine = spoilt is None
        page = self._page
        if page is None:
            return
        request = page.view.request
        count = certificate.copy.count if certificate.copy else 0
        command = ConfirmPrint(request.id, certificate.number, serial, fine, spoilt, note, count)

        def give() -> Outcome:
            outcome = self._workplace.commands.give(command, request.version_of(Track.ISSUE))
            if outcome.accepted:
                self._kept.discard(request.id)
            return outcome

        def decided(outcome: Outcome) -> None:
            if request.id == self._wanted:
                self._view.show_refusals(outcome.refusals)
            if outcome.accepted:
                said = tr("The sheet was recorded.") if fine else tr("The spoilt sheet was recorded: print it again.")
                self._messages.done(said)
                self._workplace.sync.sync_now()
                if request.id == self._wanted:
                    self._typing = False
                    self._view.show_typed("")
            self.reload()

        self._background.write(give, decided, busy=tr("Saving…"))

    def make_copy(self, certificate: Certificate, reason: CopyReason, note: str) -> None:
        """Another print of a certificate that was printed: the centre draws it."""
        page = self._page
        if page is None:
            return
        request = page.view.request
        command = OrderCopy(request.id, certificate.number, reason, note)

        def give() -> Outcome:
            outcome = self._workplace.commands.give(command, request.version_of(Track.ISSUE))
            if outcome.accepted:
                self._kept.discard(request.id)
            return outcome

        def decided(outcome: Outcome) -> None:
            if request.id == self._wanted:
                self._view.show_copy_refusals(outcome.refusals)
            if outcome.accepted and outcome.request is not None:
                made = outcome.request.issue.copies[-1]
                self._messages.done(
                    tr("Copy no. {count} was recorded: print it when it has come from the centre.", count=made.count)
                )
                self._workplace.sync.sync_now()
                if request.id == self._wanted:
                    self._view.show_copy(CopyReason.LOST, "")
                    self._view.choose(made.number)
            self.reload()

        self._background.write(give, decided, busy=tr("Saving…"))

    def _read(self, request_id: str) -> CertificatePage | None:
        try:
            view = self._workplace.queries.get_request(request_id)
        except KeyError:
            return None
        titles = {child.number: child.trade_name for child in view.children}
        if view.parent is not None:
            titles[view.parent.number] = tr("{name} (the parent, amended)", name=view.parent.trade_name)
        case = Case(request=view.request, parent=view.parent, children=view.children)
        certificates: list[Certificate] = []
        for issued in view.request.issue.licences:
            number, title = issued.number, titles.get(issued.number, "")
            pdf, sheets = self._workplace.papers.find(number), _sheets_of(view.request, number)
            certificates.append(Certificate(number, title, pdf, sheets, uncopied=why_no_copy(case, number)))
            for copy in copies_in_force(view.request):
                if copy.licence_number == number:
                    pdf, sheets = self._workplace.papers.find(copy.number), _sheets_of(view.request, number, copy.count)
                    certificates.append(Certificate(number, title, pdf, sheets, copy))
        available = {one.action for one in self._workplace.commands.available(request_id) if one.legal}
        return CertificatePage(
            view, tuple(certificates), Action.CONFIRM_PRINT in available, Action.ORDER_COPY in available
        )

    def _show(self, page: CertificatePage | None) -> None:
        if page is None:
            self._page = None
            self._view.show_missing()
        elif page != self._page:
            self._page = page
            self._view.show_page(page)

    def _found(self, request_id: str, fields: dict[str, str]) -> None:
        if request_id == self._wanted and fields and not self._typing:
            self._view.show_typed(fields.get("serial", ""))
            if (reason := fields.get("copy_reason", "")) in set(CopyReason):
                self._view.show_copy(CopyReason(reason), fields.get("copy_note", ""))


def _sheets_of(request: Request, number: str, copy: int = 0) -> tuple[PrintedSheet, ...]:
    return tuple(one for one in request.issue.sheets if (one.licence_number, one.copy) == (number, copy))
