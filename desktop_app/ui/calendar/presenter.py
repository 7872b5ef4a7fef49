"""What the calendar knows and does, without any widget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Protocol

from desktop_app.application.office_papers import daily_list_content
from desktop_app.application.ports.queries import VisitRow
from desktop_app.application.workplace import Workplace
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import Message
from desktop_app.domain.reference import District
from desktop_app.domain.rights import Action, may_ever
from desktop_app.texts import describe, tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.calendar.rows import Grouping, Place, Row, conflict_of, rows_of
from desktop_app.ui.calendar.week import Slot, Week, first_day_of, make_week, stands
from desktop_app.ui.messages import MessageChannel


class CalendarView(Protocol):
    def show_districts(self, districts: tuple[District, ...]) -> None: ...

    def show_week(self, week: Week, rows: tuple[Row, ...]) -> None: ...

    def show_conflicts(self, choosing: bool, conflicts: Mapping[Place, str]) -> None:
        """Why the chosen visit cannot be booked in these places; all others are open. Without one, `choosing` is
        False and every mark goes away."""


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
        self._grouping = Grouping.INSPECTOR
        self._week: Week | None = None
        self._rows: tuple[Row, ...] = ()
        self._conflicts: Mapping[Slot, str] = {}
        self._reading: Task | None = None
        self._asking: Task | None = None
        self.chosen = ""

    @property
    def may_book(self) -> bool:
        """Whether this person's role ever books visits; others look."""
        return may_ever(self._workplace.session.actor, Action.SCHEDULE_INSPECTION)

    def open(self, request_id: str = "", day: str = "") -> None:
        """Shows the week (that of `day`, year-month-day, if given); with a request, its visit is chosen for booking."""
        if day:
            self._first = first_day_of(date.fromisoformat(day))
        self.chosen = (request_id if self.may_book else "") or self.chosen
        self._background.read(lambda: self._workplace.queries.reference().districts, self._view.show_districts)
        self.reload()

    def go_to_week(self, weeks: int) -> None:
        """Forwards or back; 0 is this week."""
        self._first = self._first + timedelta(weeks=weeks) if weeks else first_day_of(self._today())
        self.reload()

    def show_district(self, number: int | None) -> None:
        self._district = number
        self.reload()

    def group_by(self, grouping: Grouping) -> None:
        self._grouping = grouping
        if self._week is not None:
            self._draw(self._week)
            self._spread_conflicts()

    def choose(self, request_id: str) -> None:
        """The visit that will be booked next ("": none); a booked one is chosen to be booked anew."""
        if request_id == self.chosen or not self.may_book:
            return
        self.chosen = request_id
        self.reload()

    def book(self, request_id: str, slots: tuple[Slot, ...]) -> None:
        """Books with the least busy of those whose `slots` are open."""
        week = self._week
        if week is None or not slots:
            return
        known = self._conflicts if request_id == self.chosen else {}
        slot = week.least_busy([one for one in slots if one not in known] or slots)
        command = ScheduleInspection(request_id, slot.inspector, slot.day, slot.window)

        def decided(outcome: Outcome) -> None:
            if outcome.accepted:
                self.chosen = ""
                self._messages.done(tr("The visit was booked; the applicant is told when the centre has it."))
                self._workplace.sync.sync_now()
            else:
                self._messages.warning(_said(outcome.refusals), todo=tr("Choose another time."))
            self.reload()

        self._background.write(lambda: self._workplace.commands.give(command), decided, busy=tr("Saving…"))

    @property
    def days_with_visits(self) -> tuple[tuple[date, str, str, int], ...]:
        """Day, inspector's login and name, and how many visits, of the week that is shown, in turn."""
        week = self._week
        if week is None:
            return ()
        names = {one.id: one.name_ar for one in week.inspectors}
        counts = Counter(
            (slot.day, slot.inspector) for slot, visits in week.booked.items() for visit in visits if stands(visit)
        )
        return tuple((day, login, names.get(login, login), count) for (day, login), count in sorted(counts.items()))

    def draw_list(self, day: date, inspector: str) -> bytes:
        """The list of an inspector's visits on a day, to be printed. Blocks: call it off the UI thread. Raises
        ValueError for what the typefaces lack."""
        queries = self._workplace.queries
        rows = [one for one in queries.visits_between(day, day) if one.inspector == inspector and stands(one)]
        requests = {one.request_id: queries.get_request(one.request_id).request for one in rows}
        name = next((one.name_ar for one in queries.staff() if one.id == inspector), inspector)
        content = daily_list_content(name, day, rows, requests, queries.reference())
        return self._workplace.office.daily_list(content)

    def refuse(self, conflict: str) -> None:
        """Somebody asked for a place that is known not to be open."""
        self._messages.warning(conflict, todo=tr("Choose another time."))

    def reload(self) -> None:
        """Reads the week again; what is chosen stays chosen."""
        if self._reading is not None:
            self._reading.cancel()
        first, district, chosen = self._first, self._district, self.chosen

        def read() -> Week:
            queries, last = self._workplace.queries, first + timedelta(days=6)
            booked, waiting = queries.visits_between(first, last), queries.visits_to_book()
            return make_week(
                first,
                queries.reference(),
                queries.staff(),
                booked,
                waiting,
                queries.bookings_elsewhere(first, last),
                self._workplace.clock.now(),
                district,
                self._find_chosen(chosen, (*waiting, *booked)),
            )

        self._reading = self._background.read(read, self._show)

    def _today(self) -> date:
        return self._workplace.clock.now().astimezone(AMMAN).date()

    def _find_chosen(self, request_id: str, known: tuple[VisitRow, ...]) -> VisitRow | None:
        """The visit, also when it is booked in another week."""
        if not request_id:
            return None
        found = next((visit for visit in known if visit.request_id == request_id), None)
        if found is None:
            try:
                visit = self._workplace.queries.get_request(request_id).request.visit
            except KeyError:
                return None
            if visit is not None and visit.day is not None:
                there = self._workplace.queries.visits_between(visit.day, visit.day)
                found = next((one for one in there if one.request_id == request_id), None)
        return found

    def _show(self, week: Week) -> None:
        if self.chosen and week.chosen is None:
            self.chosen = ""
            self._messages.info(tr("This visit is no longer to be booked."))
        self._draw(week)
        self._ask_conflicts(week)

    def _draw(self, week: Week) -> None:
        self._week, self._rows = week, rows_of(week, self._grouping)
        self._view.show_week(week, self._rows)

    def _ask_conflicts(self, week: Week) -> None:
        if self._asking is not None:
            self._asking.cancel()
        chosen, desk, self._conflicts = self.chosen, self._workplace.commands, {}
        if not chosen:
            self._know({})
            return

        def read() -> dict[Slot, str]:
            conflicts = {}
            for slot in week.slots:
                outcome = desk.rehearse(ScheduleInspection(chosen, slot.inspector, slot.day, slot.window))
                if not outcome.accepted:
                    conflicts[slot] = _said(outcome.refusals)
            return conflicts

        self._asking = self._background.read(read, self._know)

    def _know(self, conflicts: Mapping[Slot, str]) -> None:
        self._conflicts = conflicts
        self._spread_conflicts()

    def _spread_conflicts(self) -> None:
        week = self._week
        if week is None or not self.chosen:
            self._view.show_conflicts(False, {})
            return
        boxes = (box for row in self._rows for _, line in row.lines for box in line)
        why = {box.place: conflict_of(box, self._conflicts, week) for box in boxes}
        self._view.show_conflicts(True, {place: said for place, said in why.items() if said})


def _said(refusals: tuple[Message, ...]) -> str:
    return " ".join(describe(why) for why in refusals)
