"""Working days and working time of the municipality, Asia/Amman.

The week is Sunday to Thursday. Holidays come in as data. Every function takes its dates as arguments; none asks
the machine what time it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

AMMAN = ZoneInfo("Asia/Amman")
PROMISED_WORKING_DAYS = 3  # the card: «وقت انجاز الخدمة ٣ أيام عمل»
WEEKEND = frozenset({4, 5})  # Friday and Saturday, as date.weekday() counts


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days and hours count. `holidays` are local dates with the name they are kept under."""

    holidays: tuple[tuple[date, str], ...] = ()
    opens: time = time(8, 0)
    closes: time = time(15, 0)

    def holiday_name(self, day: date) -> str | None:
        return next((name for held, name in self.holidays if held == day), None)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() not in WEEKEND and self.holiday_name(day) is None

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """The date `count` working days after `day`; `day` itself does not count."""
        while count > 0:
            day += timedelta(days=1)
            if self.is_working_day(day):
                count -= 1
        return day

    def count_working_days(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and with `until`; 0 where that is not later."""
        if until <= after:
            return 0
        weeks, rest = divmod((until - after).days, 7)
        odd = (until - timedelta(days=back) for back in range(rest))
        days = weeks * (7 - len(WEEKEND)) + sum(day.weekday() not in WEEKEND for day in odd)
        holidays = {held for held, _ in self.holidays if after < held <= until}
        return days - sum(held.weekday() not in WEEKEND for held in holidays)

    @property
    def day_length(self) -> timedelta:
        """The working time of one day."""
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)

    def _hours_of(self, day: date) -> tuple[datetime, datetime]:
        return _instant(day, self.opens), _instant(day, self.closes)

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two instants (aware datetimes); zero when `end` is not after `start`."""
        spent = timedelta()
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        day, last = start.astimezone(AMMAN).date(), end.astimezone(AMMAN).date()
        while day <= last:
            if self.is_working_day(day):
                opens, closes = self._hours_of(day)
                spent += max(timedelta(), min(end, closes) - max(start, opens))
            day += timedelta(days=1)
        return spent

    def after_working_time(self, start: datetime, span: timedelta) -> datetime:
        """The first instant (UTC) at which `span` of working time has passed since `start`."""
        if span <= timedelta():
            return start.astimezone(UTC)
        start = start.astimezone(UTC)
        day = start.astimezone(AMMAN).date()
        while True:
            if self.is_working_day(day):
                opens, closes = self._hours_of(day)
                begins = max(start, opens)
                if begins < closes:
                    available = closes - begins
                    if span <= available:
                        return begins + span
                    span -= available
            day += timedelta(days=1)


@lru_cache(maxsize=1024)
def _instant(day: date, at: time) -> datetime:
    """In UTC: instants of one zone are compared several times as fast as those of two."""
    return datetime.combine(day, at, tzinfo=AMMAN).astimezone(UTC)
