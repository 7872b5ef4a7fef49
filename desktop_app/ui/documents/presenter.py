"""What the card of a request's documents knows and does, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_app.application.attaching import Attached, attach
from desktop_app.application.ports.attachments import Transfer, TransferState
from desktop_app.application.workplace import Workplace
from desktop_app.domain.attachments import MOST_BYTES, Attachment, Requirement
from desktop_app.domain.request import Request
from desktop_app.domain.rights import Action
from desktop_app.texts import describe, isolate, name_of, tr
from desktop_app.texts.quantities import percent
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: what it is for, its name, and how far it is."""

    digest: str
    title: str
    name: str
    state: str
    tone: Tone


class DocumentsDisplay(Protocol):
    def show_documents(self, lines: tuple[DocumentLine, ...], *, may_add: bool) -> None: ...

    def show_problem(self, sentence: str) -> None:
        """Under the list; "" takes it away."""

    def show_content(self, document: Attachment, data: bytes) -> None:
        """Opens a window with the document itself."""


class DocumentsPresenter:
    def __init__(
        self, display: DocumentsDisplay, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._request: Request | None = None

    def show(self, request: Request) -> None:
        if self._request is None or request.id != self._request.id:
            self._display.show_problem("")
        self._request = request
        self._background.read(lambda: self._read(request), lambda read: self._shown(request, read))

    def add(self, path: str, requirement: Requirement) -> None:
        """A file that was chosen or dragged here. What it is, is told by its content."""
        request = self._request
        if request is None:
            return
        self._display.show_problem("")

        def give() -> Attached:
            file = Path(path)
            with file.open("rb") as opened:
                # One byte more than may be: a file of any size is refused without being read.
                data = opened.read(MOST_BYTES + 1)
            return attach(self._workplace, request.id, requirement, file.name, data)

        self._background.write(give, self._added, self._failed, busy=tr("Saving…"))

    def open(self, digest: str) -> None:
        """Shows a document that is here; one that is not is fetched, and says so."""
        request = self._request
        document = next((one for one in request.documents if one.digest == digest), None) if request else None
        if request is None or document is None:
            return

        def read() -> bytes | None:
            data = self._workplace.attachments.read(digest)
            if data is None:
                self._workplace.attachments.want(request.id, document, self._workplace.clock.now())
            return data

        def told(data: bytes | None) -> None:
            if data is not None:
                self._display.show_content(document, data)
                return
            self._messages.info(tr("The document is fetched from the centre. Open it again in a moment."))
            self._workplace.sync.sync_now()
            self.show(request)

        self._background.write(read, told, self._failed)

    def _added(self, attached: Attached) -> None:
        if not attached.refusals:
            self._messages.done(tr("The document was attached. It is sent to the centre."))
            self._workplace.sync.sync_now()
            if attached.request is not None:
                self.show(attached.request)
        else:
            self._display.show_problem(" ".join(describe(why) for why in attached.refusals))

    def _failed(self, error: Exception) -> None:
        self._messages.post(explain(error))

    def _read(self, request: Request) -> tuple[tuple[DocumentLine, ...], bool]:
        digests = tuple(one.digest for one in request.documents)
        known = self._workplace.attachments.transfers(digests) if digests else {}
        lines = tuple(_line(one, known.get(one.digest)) for one in request.documents)
        may_add = any(one.action is Action.ATTACH_DOCUMENT for one in self._workplace.commands.available(request.id))
        return lines, may_add

    def _shown(self, request: Request, read: tuple[tuple[DocumentLine, ...], bool]) -> None:
        if request is self._request:
            lines, may_add = read
            self._display.show_documents(lines, may_add=may_add)


def _line(document: Attachment, transfer: Transfer | None) -> DocumentLine:
    state, tone = _state(transfer)
    return DocumentLine(document.digest, name_of(document.requirement), isolate(document.name), state, tone)


def _state(transfer: Transfer | None) -> tuple[str, Tone]:
    if transfer is None:
        return tr("at the centre"), Tone.MUTED
    share = isolate(percent(100 * transfer.done // max(transfer.size, 1)))
    match transfer.state:
        case TransferState.WAITING:
            return tr("waits to be sent: {share}", share=share), Tone.SOON
        case TransferState.WANTED:
            return tr("is being fetched: {share}", share=share), Tone.ACCENT
        case TransferState.REFUSED:
            return tr("The centre did not take this file: its content is damaged. Attach it again."), Tone.LATE
    return tr("at the centre and here"), Tone.DONE
