"""A workplace over the domain's in-memory centre: the ports that the screens around a request read and write.

It keeps the promises of the real replica for a few hundred requests, so that every status and role can be shown
quickly; the real store has its own tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import date, datetime

from desktop_app.application.lateness import due_of, escalated_of
from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.ports.given import GivenCommand
from desktop_app.application.ports.queries import (
    Genealogy,
    LicencePage,
    LicenceRow,
    MessagePage,
    RefusedCommand,
    RequestView,
    SearchHit,
    VisitRow,
)
from desktop_app.application.ports.queue import Ground, QueueFilter, QueueKey, QueuePage, QueueRow, QueueView
from desktop_app.application.ports.sheets import SheetFilter, SheetPage, SheetSums
from desktop_app.application.queue_views import view_of
from desktop_app.application.workplace import Session, Workplace
from desktop_app.domain.actions import Availability, available_actions
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands import Command
from desktop_app.domain.deciding import Booking, Case, Context, Outcome
from desktop_app.domain.duplicates import LookAlikeKeys, look_alike_keys
from desktop_app.domain.letters import awaited_letters
from desktop_app.domain.licence import Licence
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.names import fold
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import DuesAccount, VisitState
from desktop_app.domain.waiting import desk_of
from desktop_app.sync.status import SyncState, SyncStatus
from desktop_app.wire.facts import StoredPaper
from tests.domain.builders import clerk
from tests.domain.centre_in_memory import Centre

_FAR = datetime(9999, 1, 1, tzinfo=AMMAN)


class MemoryQueries:
    """`application.ports.queries.Queries` over a `Centre`. `pending` and `refused` are set by a test."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.pending: dict[str, int] = {}
        self.refused: list[RefusedCommand] = []
        self.given: list[GivenCommand] = []
        self.elsewhere: list[Booking] = []
        self.reads: list[str] = []

    def queue_page(self, wanted: QueueFilter, after: QueueKey | None, limit: int) -> QueuePage:
        rows = sorted((self._row(one, wanted.as_of) for one in self.centre.requests.values()), key=_key)
        rows = [row for row in rows if self._fits(row, wanted) and (after is None or _key(row) > (after.due, after.id))]
        page = tuple(rows[:limit])
        more = len(rows) > limit
        return QueuePage(page, QueueKey(*_key(page[-1])) if more else None)

    def queue_counts(self, as_of: datetime, branch: int | None) -> dict[QueueView, int]:
        rows = [self._row(one, as_of) for one in self.centre.requests.values()]
        return {view: sum(self._fits(row, QueueFilter(view, as_of, branch)) for row in rows) for view in QueueView}

    def get_request(self, request_id: str) -> RequestView:
        self.reads.append(request_id)
        request = self.centre.requests[request_id]
        case = self.centre.case(request_id)
        return RequestView(
            request=request,
            parent=case.parent,
            children=case.children,
            dues=case.dues,
            rivals=case.rivals,
            history=tuple(one for one in self.centre.events if one.request_id == request_id),
            notices=tuple(one for one in self.centre.notices if one.request_id == request_id),
            papers=tuple(
                StoredPaper(f"sha-{number}", "certificate", number, request_id, request.branch, 9, self.centre.now)
                for number in (one.number for one in request.issue.licences)
            ),
            pending=self.pending.get(request_id, 0),
            refusals=tuple(one for one in self.refused if one.request_id == request_id),
        )

    def find_licence(self, number: str) -> Licence | None:
        return self.centre.licences.get(number)

    def find_dues(self, identity_key: str) -> DuesAccount | None:
        return self.centre.dues.get(identity_key)

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]:
        return tuple(
            one
            for one in self.centre.requests.values()
            if one.plan.parent_number == parent_number and status_of(one) not in ENDED
        )

    def look_alikes(self, keys: LookAlikeKeys) -> tuple[Request, ...]:
        def shares(one: Request) -> bool:
            its = look_alike_keys(one)
            return any(key and key == of for key, of in zip(astuple(keys), astuple(its), strict=True))

        return tuple(one for one in self.centre.requests.values() if status_of(one) not in ENDED and shares(one))

    def licence_page(self, text: str, branch: int | None, after: str | None, limit: int) -> LicencePage:
        wanted = fold(text)
        rows = [
            LicenceRow(
                one.number,
                one.trade_name,
                one.holder.name_ar,
                one.district,
                one.status.value,
                int(one.area),
                one.parent_number,
                sum(child.parent_number == one.number for child in self.centre.licences.values()),
            )
            for one in sorted(self.centre.licences.values(), key=lambda one: one.number)
            if (branch is None or one.district == branch)
            and (after is None or one.number > after)
            and wanted in fold(f"{one.number} {one.trade_name} {one.holder.name_ar}")
        ]
        page = tuple(rows[:limit])
        return LicencePage(page, page[-1].number if len(rows) > limit else None)

    def genealogy(self, number: str) -> Genealogy:
        licence = self.centre.licences[number]
        ancestors: list[Licence] = []
        above = licence
        while above.parent_number is not None:
            above = self.centre.licences[above.parent_number]
            ancestors.insert(0, above)
        return Genealogy(tuple(ancestors), licence, tuple(self._below(number, 1)))

    def visits_between(self, first: date, last: date) -> tuple[VisitRow, ...]:
        return tuple(
            self._visit(request)
            for request in self.centre.requests.values()
            if (visit := request.visit) is not None
            and visit.state is VisitState.SCHEDULED
            and visit.day is not None
            and first <= visit.day <= last
        )

    def bookings_elsewhere(self, first: date, last: date) -> tuple[Booking, ...]:
        return tuple(one for one in self.elsewhere if first <= one.day <= last)

    def visits_to_book(self) -> tuple[VisitRow, ...]:
        return tuple(self._visit(one) for one in self.centre.requests.values() if status_of(one) is Status.TO_SCHEDULE)

    def message_page(self, text: str, after: str | None, limit: int) -> MessagePage:
        wanted = fold(text)
        rows = [
            one
            for one in sorted(self.centre.notices, key=lambda one: one.id)
            if wanted in fold(f"{one.to} {one.text_ar}") and (after is None or one.id > after)
        ]
        page = tuple(rows[:limit])
        return MessagePage(page, page[-1].id if len(rows) > limit else None)

    def sheet_page(self, wanted: SheetFilter, after: str | None, limit: int) -> SheetPage:
        raise NotImplementedError("the ledger is tried over a real store")

    def sheet_sums(self, wanted: SheetFilter) -> SheetSums:
        raise NotImplementedError("the ledger is tried over a real store")

    def refused_commands(self) -> tuple[RefusedCommand, ...]:
        return tuple(self.refused)

    def given_commands(self, limit: int) -> tuple[GivenCommand, ...]:
        return tuple(self.given[:limit])

    def search(self, text: str, limit: int) -> tuple[SearchHit, ...]:
        wanted = fold(text)
        hits = [
            SearchHit("request", one.id, one.shown_number, one.applicant.person.name_ar)
            for one in self.centre.requests.values()
            if wanted in fold(f"{one.shown_number} {one.applicant.person.name_ar}")
        ]
        hits += [
            SearchHit("licence", one.number, one.number, one.trade_name)
            for one in self.centre.licences.values()
            if wanted in fold(f"{one.number} {one.trade_name}")
        ]
        return tuple(hits[:limit])

    def staff(self) -> tuple[Actor, ...]:
        return (clerk(), *self.centre.staff)

    def reference(self) -> Reference:
        return self.centre.reference

    def ground(self) -> Ground:
        known = self.centre.reference
        return Ground(known.districts, known.calendar, known.verified)

    def _below(self, number: str, depth: int) -> list[tuple[int, Licence]]:
        found = []
        for child in sorted(self.centre.licences.values(), key=lambda one: one.number):
            if child.parent_number == number:
                found += [(depth, child), *self._below(child.number, depth + 1)]
        return found

    def _row(self, request: Request, as_of: datetime | None = None) -> QueueRow:
        due = due_of(request, self.centre.reference.calendar)
        parent = self.centre.licences.get(request.plan.parent_number)
        status = status_of(request)
        visit = request.visit
        return QueueRow(
            id=request.id,
            number=request.shown_number,
            applicant_ar=request.applicant.person.name_ar,
            parent_number=request.plan.parent_number,
            trade_name=parent.trade_name if parent else "",
            branch=request.branch,
            status=status,
            desk=desk_of(request),
            due=due.at,
            paused=due.paused,
            holder=visit.inspector if visit and status is Status.INSPECTION_SCHEDULED else request.intake.accepted_by,
            pending=self.pending.get(request.id, 0),
            refused=any(one.request_id == request.id for one in self.refused),
            lodged_at=request.intake.lodged_at,
            from_portal=request.from_portal,
            letters=awaited_letters(request),
            escalated=escalated_of(request, self.centre.reference.calendar, as_of) if as_of else None,
        )

    def _fits(self, row: QueueRow, wanted: QueueFilter) -> bool:
        if wanted.branch is not None and row.branch != wanted.branch:
            return False
        if wanted.status is not None and row.status is not wanted.status:
            return False
        if wanted.from_portal and not self.centre.requests[row.id].from_portal:
            return False
        if wanted.desk is not None and row.desk is not wanted.desk:
            return False
        if fold(wanted.text) not in fold(f"{row.number} {row.applicant_ar} {row.parent_number} {row.trade_name}"):
            return False
        match wanted.view:
            case QueueView.ALL_OPEN:
                return row.status not in ENDED
            case QueueView.LETTERS:
                return bool(row.letters)
            case QueueView.TODAYS_VISITS:
                visit = self.centre.requests[row.id].visit
                today = wanted.as_of.astimezone(AMMAN).date()
                return row.status is Status.INSPECTION_SCHEDULED and visit is not None and visit.day == today
            case QueueView.ESCALATED:
                return row.escalated is not None
            case QueueView.LATE:
                due = due_of(self.centre.requests[row.id], self.centre.reference.calendar)
                return due.counts and due.at is not None and due.at < wanted.as_of
            case view:
                return view_of(row.status) is view

    def _visit(self, request: Request) -> VisitRow:
        visit, parent = request.visit, self.centre.licences[request.plan.parent_number]
        assert visit is not None
        return VisitRow(
            request.id,
            request.shown_number,
            request.applicant.person.name_ar,
            parent.trade_name,
            parent.address_ar,
            request.branch,
            visit.ordinal,
            visit.inspector,
            visit.day,
            visit.window,
            status_of(request),
        )


def _key(row: QueueRow) -> tuple[str, str]:
    return ((row.due or _FAR).isoformat(), row.id)


class MemoryDesk:
    """`application.workplace.CommandDesk`: decides over the same centre, as a workstation would."""

    def __init__(self, centre: Centre, actor: Actor, queries: MemoryQueries) -> None:
        self.centre, self.actor, self._queries = centre, actor, queries
        self.given: list[tuple[Command, int | None]] = []
        self.dismissed: list[tuple[str, str]] = []
        self.trouble: Exception | None = None

    def give(self, command: Command, base: int | None = None) -> Outcome:
        if self.trouble is not None:
            raise self.trouble
        self.given.append((command, base))
        outcome = self.centre.give(self.actor, command, base=base, final=False)
        if outcome.accepted:
            self._queries.pending[command.request_id] = self._queries.pending.get(command.request_id, 0) + 1
        return outcome

    def rehearse(self, command: Command) -> Outcome:
        raise NotImplementedError

    def available(self, request_id: str) -> tuple[Availability, ...]:
        return available_actions(self.centre.case(request_id), self.context())

    def case_of(self, request_id: str, *, content: RequestContent | None = None, day: date | None = None) -> Case:
        return self.centre.case(request_id, content=content, day=day)

    def context(self, base: int = 0) -> Context:
        return self.centre.context(self.actor, base, final=False)

    def new_request_id(self) -> str:
        raise NotImplementedError

    def next_reference(self) -> str:
        raise NotImplementedError

    def next_receipt_number(self, branch: int) -> str:
        raise NotImplementedError

    def dismiss(self, command_id: str, reason: str) -> None:
        self.dismissed.append((command_id, reason))
        self._queries.refused = [one for one in self._queries.refused if one.command_id != command_id]


class MemoryDrafts:
    """`application.ports.drafts.Drafts`."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], FormDraft] = {}

    def save(self, draft: FormDraft) -> None:
        self.kept[draft.form, draft.key] = draft

    def find(self, form: str, key: str) -> FormDraft | None:
        return self.kept.get((form, key))

    def all_of(self, form: str) -> tuple[FormDraft, ...]:
        return tuple(one for one in self.kept.values() if one.form == form)

    def discard(self, form: str, key: str) -> None:
        self.kept.pop((form, key), None)


class MemorySync:
    """`application.workplace.SyncControl`: a test says how things stand."""

    def __init__(self) -> None:
        self.stands = SyncStatus(SyncState.SYNCED, None, 0, 0, 0, 0)
        self.listeners: list[Callable[[SyncStatus], None]] = []
        self.rounds = 0
        self.asked: list[bool] = []

    def status(self) -> SyncStatus:
        return self.stands

    def sync_now(self) -> None:
        self.rounds += 1

    def run_once(self) -> SyncStatus:
        self.rounds += 1
        return self.stands

    def work_offline(self, wanted: bool) -> None:
        self.asked.append(wanted)
        self.tell(replace(self.stands, state=SyncState.WORKING_OFFLINE if wanted else SyncState.SYNCED))

    def listen(self, told: Callable[[SyncStatus], None]) -> Callable[[], None]:
        self.listeners.append(told)
        return lambda: self.listeners.remove(told)

    def tell(self, status: SyncStatus) -> None:
        self.stands = status
        for told in tuple(self.listeners):
            told(status)


class MemoryPapers:
    def find(self, number: str) -> bytes | None:
        return None

    def find_drawn(self, digest: str) -> bytes | None:
        return None


class CentreClock:
    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def now(self) -> datetime:
        return self._centre.now


class MemoryWorkplace:
    """The parts, for a test to look at and to set; `workplace` is what screens get."""

    def __init__(self, centre: Centre | None = None, actor: Actor | None = None) -> None:
        self.centre = centre or Centre()
        self.actor = actor or clerk()
        self.queries = MemoryQueries(self.centre)
        self.desk = MemoryDesk(self.centre, self.actor, self.queries)
        self.drafts = MemoryDrafts()
        self.sync = MemorySync()
        self.workplace = Workplace(
            session=Session(self.actor, "K1", min(self.actor.branches, default=0), online=True),
            queries=self.queries,
            commands=self.desk,
            drafts=self.drafts,
            papers=MemoryPapers(),
            sync=self.sync,
            clock=CentreClock(self.centre),
        )


EVERY_ROLE = tuple(Role)
