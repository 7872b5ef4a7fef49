"""What the visit screen knows and does, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.ports.queries import RequestView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action, Availability
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import InputError, Message
from desktop_app.domain.reference import ChecklistItem
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Track
from desktop_app.domain.visiting import checklist_for
from desktop_app.texts import tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.errors import explain
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.visit.record import VisitRecord, earlier_findings, record_from

FORM = "visit"


@dataclass(frozen=True, slots=True)
class VisitPage:
    """What the view shows. `earlier` are the findings of the visit before, by item; `hours` the booked window's."""

    view: RequestView
    items: tuple[ChecklistItem, ...]
    earlier: dict[str, str]
    hours: str
    available: Availability | None

    @property
    def key(self) -> str:
        """Names this visit of this request: a draft is of one visit, not of the next."""
        visit = self.view.request.visit
        return f"{self.view.request.id}:{visit.ordinal if visit else 0}"

    @property
    def closed(self) -> str:
        """Why nothing can be recorded here at all; "" while this person's visit is due."""
        if self.available is not None:
            return ""
        status = status_of(self.view.request)
        if status is Status.INSPECTION_SCHEDULED:
            return tr("Only the inspector of this visit records it.")
        return tr("There is no visit to be recorded: the request is now “{status}”.", status=status)


class VisitView(Protocol):
    def show_page(self, page: VisitPage, record: VisitRecord) -> None:
        """Another visit: everything is drawn anew."""

    def show_news(self, page: VisitPage) -> None:
        """The same visit, of which something else has changed: answers stay as they stand."""

    def show_reading(self) -> None:
        """Another visit is being read: of the one before nothing may be answered any more."""

    def show_missing(self) -> None:
        """There is no such request on this computer."""

    def show_refusals(self, refusals: tuple[Message, ...]) -> None: ...

    def leave(self) -> None:
        """The visit is recorded: go back to where one came from."""


class VisitPresenter:
    """Every answer is kept as a draft at once: a laptop's battery ends without warning."""

    def __init__(self, view: VisitView, workplace: Workplace, background: Background, messages: MessageChannel) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._kept = KeptForm(FORM, workplace, background)
        self._wanted = ""
        self._page: VisitPage | None = None
        self._reading: Task | None = None
        self._giving = False
        self.record = VisitRecord()

    def open(self, request_id: str, *, anew: bool = False) -> None:
        """Shows a request's visit. Coming back to the same one finds the answers as they stand.

        `anew`: what lies in the drafts counts."""
        if anew or request_id != self._wanted:
            self._wanted, self._page = request_id, None
            self._view.show_reading()
        self.reload()

    def reload(self) -> None:
        if not self._wanted:
            return
        if self._reading is not None:
            self._reading.cancel()
        wanted = self._wanted
        # Among the writes: what was answered a moment ago is kept before it is read back.
        self._reading = self._background.write(lambda: self._read(wanted), self._show)

    def keep(self) -> None:
        """Keeps what has been answered so far."""
        page = self._page
        if page is not None:
            self._kept.keep(page.key, self.record.fields())

    def finish(self) -> None:
        page = self._page
        if page is None or self._giving:
            return
        request, key = page.view.request, page.key
        try:
            command = self.record.command(request.id)
        except InputError as error:
            self._view.show_refusals((error.why,))
            return

        def give() -> Outcome:
            outcome = self._workplace.commands.give(command, request.version_of(Track.INSPECTION))
            if outcome.accepted:
                self._kept.discard(key)
            return outcome

        def decided(outcome: Outcome) -> None:
            self._giving = False
            if request.id == self._wanted:
                self._view.show_refusals(outcome.refusals)
            if not outcome.accepted:
                self.reload()
                return
            said = tr("The visit was recorded: the conditions are met.")
            if not command.compliant:
                said = tr("The visit was recorded: the applicant is told what to put right.")
            self._messages.done(said)
            self._workplace.sync.sync_now()
            if request.id == self._wanted:
                self._wanted, self._page = "", None
                self._view.leave()

        self._giving = True
        self._background.write(give, decided, self._failed, busy=tr("Saving…"))

    def _failed(self, error: Exception) -> None:
        self._giving = False
        self._messages.post(explain(error))

    def _read(self, request_id: str) -> tuple[VisitPage, VisitRecord] | None:
        try:
            view = self._workplace.queries.get_request(request_id)
        except KeyError:
            return None
        reference = self._workplace.queries.reference()
        earlier = earlier_findings(view.request.visits)
        # What is to be looked at again comes first; the rest in the order of the table.
        items = tuple(sorted(checklist_for(view.request, reference), key=lambda one: one.code not in earlier))
        available = next(
            (one for one in self._workplace.commands.available(request_id) if one.action is Action.RECORD_INSPECTION),
            None,
        )
        visit = view.request.visit
        window = reference.find_window(visit.window) if visit else None
        hours = f"{window.begins}–{window.ends}" if window else ""
        page = VisitPage(view, items, earlier, hours, available)
        return page, record_from(self._kept.find(page.key), items, view.request.plan.children)

    def _show(self, read: tuple[VisitPage, VisitRecord] | None) -> None:
        if read is None:
            self._page = None
            self._view.show_missing()
            return
        before, (page, record) = self._page, read
        if page == before:
            return
        self._page = page
        if before is not None and (before.key, before.items) == (page.key, page.items):
            self._view.show_news(page)
            if page.closed and not before.closed:
                self._messages.warning(page.closed, kept=tr("What you answered is kept on this computer."))
        else:
            self.record = record
            self._view.show_page(page, record)
