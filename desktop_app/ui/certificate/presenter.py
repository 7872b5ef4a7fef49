"""What the certificate screen knows and does, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_app.application.ports.queries import RequestView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import Message
from desktop_app.domain.tracks import PrintedSheet, Track
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.messages import MessageChannel


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

    def show_printers(self, names: tuple[str, ...]) -> None: ...

    def show_refusals(self, refusals: tuple[Message, ...]) -> None: ...

    def forget_typed(self) -> None: ...


class CertificatePresenter:
    """The print gate: a request moves on only when a person says that the sheet is fine."""

    def __init__(
        self, view: CertificateView, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._page: CertificatePage | None = None

    def open(self, request_id: str) -> None:
        self._background.read(lambda: self._read(request_id), self._show)
        self._background.read(self._workplace.printing.printers, self._view.show_printers)

    def print_one(self, certificate: Certificate, printer: str) -> None:
        pdf = certificate.pdf
        if pdf is not None:
            title = tr("Licence {number}", number=certificate.number)
            self._background.write(
                lambda: self._workplace.printing.print_file(pdf, title, printer),
                lambda _: self._messages.info(
                    tr("The page went to the printer."), todo=tr("Look at the sheet, then say whether it is fine.")
                ),
                busy=tr("Printing…"),
            )

    def save_copy(self, certificate: Certificate, path: Path) -> None:
        """Writes the very bytes to a file of the user's choice."""
        pdf = certificate.pdf
        if pdf is not None:
            self._background.write(
                lambda: path.write_bytes(pdf), lambda _: self._messages.done(tr("The file was saved."))
            )

    def confirm(self, certificate: Certificate, serial: str, fine: bool) -> None:
        page = self._page
        if page is None:
            return
        request = page.view.request
        command = ConfirmPrint(request.id, certificate.number, serial, fine)

        def decided(outcome: Outcome) -> None:
            self._view.show_refusals(outcome.refusals)
            if outcome.accepted:
                said = tr("The sheet was recorded.") if fine else tr("The spoilt sheet was recorded: print it again.")
                self._messages.done(said)
                self._view.forget_typed()
                self._workplace.sync.sync_now()
                self.open(request.id)

        self._background.write(lambda: self._workplace.commands.give(command, request.version_of(Track.ISSUE)), decided)

    def _read(self, request_id: str) -> CertificatePage:
        view = self._workplace.queries.get_request(request_id)
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

    def _show(self, page: CertificatePage) -> None:
        self._page = page
        self._view.show_page(page)
