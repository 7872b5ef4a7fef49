"""What the calendar knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Protocol

from desktop_app.application.workplace import Workplace
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import Message
from desktop_app.domain.reference import District
from desktop_app.texts import describe, tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.calendar.week import Slot, Week, first_day_of, make_week
from desktop_app.ui.messages import MessageChannel


class CalendarView(Protocol):
    def show_districts(self, districts: tuple[District, ...]) -> None: ...

    def show_week(self, week: Week, chosen: str) -> None:
        """`chosen` is the request whose visit is being booked, or ""."""

    def show_conflicts(self, conflicts: Mapping[Slot, str]) -> None:
        """Why the chosen visit cannot be booked in these slots; all others are open."""


class CalendarPresenter:
    """Conflicts are asked of the rules for every slot as soon as a visit is chosen, before anything is dropped."""

    def __init__(
        self, view: CalendarView, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._first = first_day_of(self._today())
        self._district: int | None = None
        self._chosen = ""
        self._week: Week | None = None
        self._asking: Task | None = None

    def open(self, request_id: str = "") -> None:
        """Shows the week; with a request, its visit is chosen for booking."""
        self._chosen = request_id or self._chosen
        self._background.read(lambda: self._workplace.queries.reference().districts, self._view.show_districts)
        self._load()

    def go_to_week(self, weeks: int) -> None:
        """Forwards or back; 0 is this week."""
        self._first = self._first + timedelta(weeks=weeks) if weeks else first_day_of(self._today())
        self._load()

    def show_district(self, number: int | None) -> None:
        self._district = number
        self._load()

    def choose(self, request_id: str) -> None:
        """The visit that will be booked next ("": none)."""
        self._chosen = request_id
        self._ask_conflicts()

    def book(self, request_id: str, slot: Slot) -> None:
        command = ScheduleInspection(request_id, slot.inspector, slot.day, slot.window)

        def decided(outcome: Outcome) -> None:
            if not outcome.accepted:
                self._messages.warning(_said(outcome.refusals), todo=tr("Choose another time."))
                return
            self._chosen = ""
            self._messages.done(tr("The visit was booked; the applicant is told when the centre has it."))
            self._workplace.sync.sync_now()
            self._load()

        self._background.write(lambda: self._workplace.commands.give(command), decided, busy=tr("Saving…"))

    def _today(self) -> date:
        return self._workplace.clock.now().astimezone(AMMAN).date()

    def _load(self) -> None:
        first, district = self._first, self._district

        def read() -> Week:
            queries, last = self._workplace.queries, first + timedelta(days=6)
            return make_week(
                first,
                queries.reference(),
                queries.staff(),
                queries.visits_between(first, last),
                queries.visits_to_book(),
                queries.bookings_elsewhere(first, last),
                district,
            )

        self._background.read(read, self._show)

    def _show(self, week: Week) -> None:
        self._week = week
        self._view.show_week(week, self._chosen)
        self._ask_conflicts()

    def _ask_conflicts(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        week, chosen = self._week, self._chosen
        if week is None or not chosen:
            self._view.show_conflicts({})
            return
        desk = self._workplace.commands

        def read() -> dict[Slot, str]:
            conflicts = {}
            for slot in week.slots:
                outcome = desk.rehearse(ScheduleInspection(chosen, slot.inspector, slot.day, slot.window))
                if not outcome.accepted:
                    conflicts[slot] = _said(outcome.refusals)
            return conflicts

        self._asking = self._background.read(read, self._view.show_conflicts)


def _said(refusals: tuple[Message, ...]) -> str:
    return " ".join(describe(why) for why in refusals)
