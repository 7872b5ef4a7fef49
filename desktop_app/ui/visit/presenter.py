"""What the visit screen knows and does, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.ports.queries import RequestView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action, Availability
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import InputError, Message
from desktop_app.domain.reference import ChecklistItem
from desktop_app.domain.tracks import Track
from desktop_app.domain.visiting import checklist_for
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.visit.record import VisitRecord, earlier_findings, record_from

FORM = "visit"


@dataclass(frozen=True, slots=True)
class VisitPage:
    """What the view shows. `earlier` are the findings of the visit before, by item."""

    view: RequestView
    items: tuple[ChecklistItem, ...]
    earlier: dict[str, str]
    available: Availability | None


class VisitView(Protocol):
    def show_page(self, page: VisitPage, record: VisitRecord) -> None: ...

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
        self._page: VisitPage | None = None
        self.record = VisitRecord()

    def open(self, request_id: str) -> None:
        if self._page is not None and self._page.view.request.id != request_id:
            self._page = None
        self._background.read(lambda: self._read(request_id), self._show)

    def keep(self) -> None:
        """Keeps what has been answered so far."""
        page = self._page
        if page is not None and page.available is not None:
            draft = FormDraft(FORM, self._key(page.view), self._workplace.clock.now(), self.record.fields())
            self._background.write(lambda: self._workplace.drafts.save(draft), lambda _: None)

    def finish(self) -> None:
        page = self._page
        if page is None:
            return
        request = page.view.request
        try:
            command = self.record.command(request.id)
        except InputError as error:
            self._view.show_refusals((error.why,))
            return
        key = self._key(page.view)

        def give() -> Outcome:
            outcome = self._workplace.commands.give(command, request.version_of(Track.INSPECTION))
            if outcome.accepted:
                self._workplace.drafts.discard(FORM, key)
            return outcome

        def decided(outcome: Outcome) -> None:
            self._view.show_refusals(outcome.refusals)
            if outcome.accepted:
                self._page = None
                said = tr("The visit was recorded: the conditions are met.")
                if not command.compliant:
                    said = tr("The visit was recorded: the applicant is told what to put right.")
                self._messages.done(said)
                self._workplace.sync.sync_now()
                self._view.leave()

        self._background.write(give, decided, busy=tr("Saving…"))

    @staticmethod
    def _key(view: RequestView) -> str:
        visit = view.request.visit
        return f"{view.request.id}:{visit.ordinal if visit else 0}"

    def _read(self, request_id: str) -> tuple[VisitPage, VisitRecord]:
        view = self._workplace.queries.get_request(request_id)
        items = checklist_for(view.request, self._workplace.queries.reference())
        available = next(
            (one for one in self._workplace.commands.available(request_id) if one.action is Action.RECORD_INSPECTION),
            None,
        )
        draft = self._workplace.drafts.find(FORM, self._key(view))
        fields = draft.fields if draft else {}
        page = VisitPage(view, items, earlier_findings(view.request.visits), available)
        return page, record_from(fields, items, view.request.plan.children)

    def _show(self, read: tuple[VisitPage, VisitRecord]) -> None:
        self._page, self.record = read
        self._view.show_page(self._page, self.record)
