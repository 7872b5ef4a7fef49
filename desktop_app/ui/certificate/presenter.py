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
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import Message
from desktop_app.domain.tracks import PrintedSheet, Spoilt, Track
from desktop_app.texts import tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.errors import explain
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel

FORM = "certificate"


@dataclass(frozen=True, slots=True)
class Certificate:
    """One licence's page: `pdf` is None until it has been fetched from the centre."""

    number: str
    title: str
    pdf: bytes | None
    sheets: tuple[PrintedSheet, ...]

    @property
    def done(self) -> bool:
        return any(sheet.fine for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class CertificatePage:
    view: RequestView
    certificates: tuple[Certificate, ...]
    may_confirm: bool


class CertificateView(Protocol):
    def show_page(self, page: CertificatePage) -> None: ...

    def show_missing(self) -> None:
        """There is no such request on this computer."""

    def show_printers(self, names: tuple[str, ...]) -> None: ...

    def show_refusals(self, refusals: tuple[Message, ...]) -> None: ...

    def show_typed(self, serial: str) -> None:
        """Replaces the serial number that is typed."""


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
            self._view.show_refusals(())
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

    def keep(self, serial: str) -> None:
        """Typing rests."""
        if self._wanted:
            self._kept.keep(self._wanted, {"serial": serial})

    def print_one(self, certificate: Certificate, printer: str) -> None:
        pdf = certificate.pdf
        if pdf is not None:
            title = tr("Licence {number}", number=certificate.number)
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
        command = ConfirmPrint(request.id, certificate.number, serial, fine, spoilt, note)

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

    def _read(self, request_id: str) -> CertificatePage | None:
        try:
            view = self._workplace.queries.get_request(request_id)
        except KeyError:
            return None
        titles = {child.number: child.trade_name for child in view.children}
        if view.parent is not None:
            titles[view.parent.number] = tr("{name} (the parent, amended)", name=view.parent.trade_name)
        certificates = tuple(
            Certificate(
                issued.number,
                titles.get(issued.number, ""),
                self._workplace.papers.find(issued.number),
                tuple(sheet for sheet in view.request.issue.sheets if sheet.licence_number == issued.number),
            )
            for issued in view.request.issue.licences
        )
        available = {one.action for one in self._workplace.commands.available(request_id) if one.legal}
        return CertificatePage(view, certificates, Action.CONFIRM_PRINT in available)

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
