"""Dates and times as Jordan reads them: Levantine months, Amman's clock, Eastern digits.

Stored instants are UTC; a plain ``date`` is a day in Amman already.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from desktop_app.texts.bidi import RLM
from desktop_app.texts.digits import eastern
from desktop_app.texts.language import current

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MONTHS_AR = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS_AR = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def _amman() -> ZoneInfo:
    # The first sentence with a time in it comes after the first paint.
    from zoneinfo import ZoneInfo

    return ZoneInfo("Asia/Amman")


def in_amman(moment: datetime) -> datetime:
    """The same instant on Amman's clock. Raises ValueError for a datetime that names no zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant without a zone cannot be shown: store instants in UTC")
    return moment.astimezone(_amman())


def long_date(day: date) -> str:
    """``٢٢ تشرين الثاني ٢٠٢٦``."""
    if current().arabic:
        return f"{eastern(str(day.day))} {MONTHS_AR[day.month - 1]} {eastern(str(day.year))}"
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def weekday_name(day: date) -> str:
    return (WEEKDAYS_AR if current().arabic else WEEKDAYS_EN)[day.weekday()]


def day_and_date(day: date) -> str:
    """``الأحد، ٢٢ تشرين الثاني ٢٠٢٦``."""
    return f"{weekday_name(day)}{'،' if current().arabic else ','} {long_date(day)}"


def day_of_month(day: date) -> str:
    """``٢٢ تشرين الثاني``, where the year is understood."""
    if current().arabic:
        return f"{eastern(str(day.day))} {MONTHS_AR[day.month - 1]}"
    return f"{day.day} {MONTHS_EN[day.month - 1]}"


def short_date(day: date) -> str:
    """``٢٢/١١/٢٠٢٦`` with the day at the reading side, by direction marks around the strokes."""
    if current().arabic:
        return eastern(f"{day.day:02d}{RLM}/{day.month:02d}{RLM}/{day.year:04d}")
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def clock_time(moment: datetime | time) -> str:
    """``٢:٠٥ م``: a time of Amman's day in the twelve hours offices speak in."""
    local = in_amman(moment).time() if isinstance(moment, datetime) else moment
    hour = local.hour % 12 or 12
    if current().arabic:
        return f"{eastern(f'{hour}:{local.minute:02d}')} {'ص' if local.hour < 12 else 'م'}"
    return f"{hour}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'}"


def date_and_time(moment: datetime) -> str:
    """``٢٢ تشرين الثاني ٢٠٢٦، ٢:٠٥ م``: a UTC instant on Amman's clock."""
    local = in_amman(moment)
    comma = "،" if current().arabic else ","
    return f"{long_date(local.date())}{comma} {clock_time(local)}"


def short_moment(moment: datetime) -> str:
    """``٢٢/١١/٢٠٢٦ ٢:٠٥ م``, for columns."""
    local = in_amman(moment)
    return f"{short_date(local.date())} {clock_time(local)}"
