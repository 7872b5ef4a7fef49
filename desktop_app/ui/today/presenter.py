"""What the board of the day knows, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desktop_app.application.ports.queue import QueueFilter, QueueKey, QueueView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.rights import Action
from desktop_app.texts import tr
from desktop_app.texts.clock_words import day_and_date
from desktop_app.texts.quantities import code, digits
from desktop_app.ui.background import Background
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.queue.lines import QueueLine, line_of
from desktop_app.ui.request.naming import Naming, listed
from desktop_app.ui.tables.model import FetchPage, Page


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One of today's visits in words."""

    id: str
    window: str
    number: str
    applicant: str
    where: str
    inspector: str
    mine: bool


class TodayDisplay(Protocol):
    def show_day(self, words: str, greeting: str) -> None: ...

    def show_counts(self, counts: Mapping[QueueView, int]) -> None: ...

    def show_visits(self, fetch: FetchPage[VisitLine]) -> None: ...

    def show_late(self, fetch: FetchPage[QueueLine]) -> None: ...


_BY_ROLE = {
    Role.CLERK: (
        QueueView.NEW,
        QueueView.AWAITING_APPROVALS,
        QueueView.TO_SCHEDULE,
        QueueView.FEES_TO_ASSESS,
        QueueView.TO_DELIVER,
    ),
    Role.SUPERVISOR: (
        QueueView.FEES_TO_APPROVE,
        QueueView.ESCALATED,
        QueueView.LATE,
        QueueView.TO_SCHEDULE,
        QueueView.ALL_OPEN,
    ),
    Role.INSPECTOR: (QueueView.TODAYS_VISITS, QueueView.TO_SCHEDULE, QueueView.LATE),
    Role.BODY_OFFICER: (QueueView.LETTERS,),
}


def counters_for(actor: Actor) -> tuple[QueueView, ...]:
    """The saved views whose counters this person works from, the most pressing first."""
    views = _BY_ROLE.get(actor.role, (QueueView.ALL_OPEN, QueueView.LATE, QueueView.ENDED))
    return (QueueView.AWAITING_PAYMENT, *views) if actor.cashier else views


_MOST_COMMANDS_OF_A_DAY = 2_000


class TodayPresenter:
    """Counters, today's visits and what is late; each leads to the request."""

    def __init__(
        self, display: TodayDisplay, workplace: Workplace, background: Background, go: Callable[[Route], bool]
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._go = go

    def activate(self) -> None:
        today = self._today()
        name = self._workplace.session.actor.name_ar
        self._display.show_day(day_and_date(today), tr("Good day, {name}", name=name))
        self._display.show_visits(self._fetch_visits)
        self._display.show_late(self._fetch_late)
        self._count()

    def open_view(self, view: QueueView) -> None:
        self._go(Route("queue", {"view": view.value}))

    def open_visit(self, request_id: str) -> None:
        """An inspector goes to the record of the visit, anybody else to the request."""
        inspects = self._workplace.session.actor.role is Role.INSPECTOR
        self._go(Route("visit" if inspects else "request", {"id": request_id}))

    def open_request(self, request_id: str) -> None:
        self._go(Route("request", {"id": request_id}))

    def _count(self) -> None:
        queries, now = self._workplace.queries, self._workplace.clock.now()
        self._background.read(lambda: queries.queue_counts(now, None), self._display.show_counts)

    def draw_close(self) -> bytes:
        """What this cashier took today on this computer, to be printed. Blocks: call it off the UI thread. Raises
        ValueError for what the typefaces lack."""
        from desktop_app.application.office_papers import day_close_content

        queries, actor, today = self._workplace.queries, self._workplace.session.actor, self._today()
        paid = dict.fromkeys(
            one.request_id
            for one in queries.given_commands(_MOST_COMMANDS_OF_A_DAY)
            if one.action == Action.RECORD_PAYMENT and one.author == actor.id
            if one.made_at.astimezone(AMMAN).date() == today
        )
        requests = [queries.get_request(one).request for one in paid if self._held(one)]
        return self._workplace.office.day_close(day_close_content(actor, today, requests, queries.reference()))

    def _held(self, request_id: str) -> bool:
        """Whether the request lies here still: it may have left this person's branches."""
        try:
            self._workplace.queries.get_request(request_id)
        except KeyError:
            return False
        return True

    def _today(self) -> date:
        return self._workplace.clock.now().astimezone(AMMAN).date()

    def _fetch_visits(self, after: object | None, limit: int) -> Page[VisitLine]:
        queries, actor, today = self._workplace.queries, self._workplace.session.actor, self._today()
        names = {one.id: one.name_ar for one in queries.staff()}
        naming = Naming(queries.reference(), names)
        visits = queries.visits_between(today, today)
        if actor.role is Role.INSPECTOR:
            visits = tuple(one for one in visits if one.inspector == actor.id)
        lines = (
            VisitLine(
                id=one.request_id,
                window=naming.window(one.window),
                number=code(one.number),
                applicant=listed((one.applicant_ar, one.trade_name)),
                where=listed((digits(one.address_ar), naming.district(one.branch))),
                inspector=naming.person(one.inspector),
                mine=one.inspector == actor.id,
            )
            for one in sorted(visits, key=lambda one: (one.window, one.number))
        )
        return Page(tuple(lines))

    def _fetch_late(self, after: object | None, limit: int) -> Page[QueueLine]:
        queries, now = self._workplace.queries, self._workplace.clock.now()
        ground, names = queries.ground(), {one.id: one.name_ar for one in queries.staff()}
        key = after if isinstance(after, QueueKey) else None
        page = queries.queue_page(QueueFilter(QueueView.LATE, now), key, limit)
        return Page(tuple(line_of(row, ground, names, now) for row in page.rows), page.next)
