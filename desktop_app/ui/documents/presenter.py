"""What the card of a request's documents knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop_app.application.attaching import Attached, attach
from desktop_app.application.ports.page_trial import PageTrial
from desktop_app.application.ports.scanning import Scanner, ScanningFailedError
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actor import Role
from desktop_app.domain.attachments import MOST_BYTES, Attachment, Requirement
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands.remove_document import RemoveDocument
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.documents_asked import rules_for
from desktop_app.domain.request import Request
from desktop_app.domain.rights import Action
from desktop_app.domain.tracks import Track
from desktop_app.texts import describe, isolate, tr
from desktop_app.ui.background import Background
from desktop_app.ui.documents.lines import DocumentsShown, May, documents_of_officer, documents_shown
from desktop_app.ui.errors import explain
from desktop_app.ui.messages import MessageChannel

_ADDING = (Action.ATTACH_DOCUMENT, Action.SAVE_DRAFT)
"""What is not saved yet is saved as a draft by its first document."""


class DocumentsDisplay(Protocol):
    def show_documents(self, shown: DocumentsShown) -> None: ...

    def offer_scanners(self, scanners: tuple[Scanner, ...], requirement: Requirement) -> None:
        """Several are there: one is to be chosen."""

    def show_problem(self, sentence: str) -> None:
        """Under the list; "" takes it away."""

    def show_content(self, document: Attachment, data: bytes, background: Background, trial: PageTrial) -> None:
        """Opens a window with the document itself."""


class DocumentsPresenter:
    """`with_request` calls what it is given once the request exists: before that, files have nothing to belong to."""

    def __init__(
        self,
        display: DocumentsDisplay,
        workplace: Workplace,
        background: Background,
        messages: MessageChannel,
        with_request: Callable[[Callable[[], None]], None] = lambda then: then(),
    ) -> None:
        self._display = display
        self._with_request = with_request
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self.changed: Callable[[Request], None] = lambda request: None
        """Called with the request that has another document now: what is legal may be something else."""
        self._request: Request | None = None
        self._problems: list[str] = []

    def show(self, request: Request) -> None:
        if self._request is None or request.id != self._request.id:
            self._say_problems([])
        self._request = request
        self._background.read(lambda: self._read(request), lambda read: self._shown(request, read))

    def add(self, paths: tuple[str, ...], requirement: Requirement) -> None:
        """Files that were chosen or dragged here, one after the other. What each is, is told by its content; one that
        is refused is named, and the others are attached all the same."""
        self._say_problems([])
        self._with_request(lambda: self._add_all(paths, requirement))

    def _add_all(self, paths: tuple[str, ...], requirement: Requirement) -> None:
        for path in paths:
            self._add(path, requirement)

    def _add(self, path: str, requirement: Requirement) -> None:
        file = Path(path)

        def read() -> bytes:
            with file.open("rb") as opened:
                # One byte more than may be: a file of any size is refused without being read.
                return opened.read(MOST_BYTES + 1)

        self._attach(file.name, read, requirement)

    def _attach(self, name: str, read: Callable[[], bytes], requirement: Requirement) -> None:
        request = self._request
        if request is not None:
            self._background.write(
                lambda: attach(self._workplace, request.id, requirement, name, read()),
                lambda done: self._added(name, done),
                self._failed,
                busy=tr("Saving…"),
            )

    def scan(self, requirement: Requirement) -> None:
        """A page that lies on the scanner. Where there are several scanners, one is to be chosen."""
        self._say_problems([])
        self._background.read(
            self._workplace.scanning.scanners,
            lambda found: self._found(found, requirement),
            self._not_scanned,
            busy=tr("Looking for scanners…"),
        )

    def scan_on(self, scanner: Scanner, requirement: Requirement) -> None:
        """Takes one page from this scanner, and attaches it. Other work goes on meanwhile."""
        self._background.read(
            lambda: self._workplace.scanning.scan(scanner),
            lambda page: self._scanned(page, requirement),
            self._not_scanned,
            busy=tr("Scanning…"),
        )

    def _found(self, scanners: tuple[Scanner, ...], requirement: Requirement) -> None:
        match scanners:
            case ():
                self._messages.warning(
                    tr("No scanner was found."),
                    todo=tr("Look whether it is switched on and plugged in, then try again."),
                )
            case (only,):
                self.scan_on(only, requirement)
            case _:
                self._display.offer_scanners(scanners, requirement)

    def _scanned(self, page: bytes, requirement: Requirement) -> None:
        name = tr("Scan of {moment}", moment=self._workplace.clock.now()) + ".png"
        self._with_request(lambda: self._attach(name, lambda: page, requirement))

    def _not_scanned(self, error: Exception) -> None:
        if not isinstance(error, ScanningFailedError):
            self._failed(error)
            return
        self._messages.error(
            tr("The scanner gave no page."),
            kept=tr("Nothing was attached."),
            todo=tr("Look at the scanner and at the page in it, then scan again; or choose a file."),
        )

    def remove(self, digest: str) -> None:
        """Takes back a document that was attached by mistake."""
        request = self._request
        if request is None:
            return
        self._say_problems([])
        command = RemoveDocument(request.id, digest)
        base = request.version_of(Track.DOCUMENTS, digest)
        self._background.write(
            lambda: self._workplace.commands.give(command, base), self._removed, self._failed, busy=tr("Saving…")
        )

    def _removed(self, outcome: Outcome) -> None:
        if outcome.request is None:
            self._say_problems([describe(why) for why in outcome.refusals])
            return
        self._messages.done(tr("The document was taken back."))
        self.show(outcome.request)
        self.changed(outcome.request)

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
                self._display.show_content(document, data, self._background, self._workplace.page_trial)
                return
            self._messages.info(tr("The document is fetched from the centre. Open it again in a moment."))
            self._workplace.sync.sync_now()
            self.show(request)

        self._background.write(read, told, self._failed)

    def _added(self, name: str, attached: Attached) -> None:
        if not attached.refusals:
            self._messages.done(tr("The document was attached. It is sent to the centre."))
            self._workplace.sync.sync_now()
            if attached.request is not None:
                self.show(attached.request)
                self.changed(attached.request)
        else:
            why = " ".join(describe(one) for one in attached.refusals)
            self._say_problems([*self._problems, tr("{name}: {why}", name=isolate(name), why=why)])

    def _say_problems(self, problems: list[str]) -> None:
        self._problems = problems
        self._display.show_problem("\n".join(problems))

    def _failed(self, error: Exception) -> None:
        self._messages.post(explain(error))

    def _read(self, request: Request) -> DocumentsShown:
        actor = self._workplace.session.actor
        digests = tuple(one.digest for one in request.documents)
        known = self._workplace.attachments.transfers(digests) if digests else {}
        if actor.role is Role.BODY_OFFICER:
            return documents_of_officer(request, known, actor.body)
        today = self._workplace.clock.now().astimezone(AMMAN).date()
        reference = rules_for(request, self._workplace.queries.reference(), today)
        available = self._workplace.commands.available(request.id)
        may = May(
            add=any(one.action in _ADDING for one in available),
            remove=any(one.action is Action.REMOVE_DOCUMENT and one.legal for one in available),
            scan=self._workplace.scanning.possible,
        )
        return documents_shown(request, known, reference, may)

    def _shown(self, request: Request, read: DocumentsShown) -> None:
        if request is self._request:
            self._display.show_documents(read)
