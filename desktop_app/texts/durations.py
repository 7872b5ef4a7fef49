"""Time left and time over, in words: «بقي يوما عمل», «متأخر ٣ ساعات»."""

from __future__ import annotations

from desktop_app.texts.sentences import ntr, tr

MINUTES_A_DAY = 7 * 60
"""Only for choosing the unit to speak in: an office day, not twenty-four hours."""


def hours(n: int) -> str:
    return ntr("{n} hour", "{n} hours", n)


def minutes(n: int) -> str:
    """Whole minutes that went by."""
    if n == 0:
        return tr("less than a minute")
    return ntr("{n} minute", "{n} minutes", n)


def working_days_left(n: int) -> str:
    """``n`` whole working days until the promise is due; negative once it is over."""
    if n < 0:
        return ntr("{n} working day late", "{n} working days late", -n)
    if n == 0:
        return tr("due today")
    return ntr("{n} working day left", "{n} working days left", n)


def time_left(working_minutes: int) -> str:
    """Working minutes until due (negative once over), said in the largest unit that is not nought.

    Rounded so as never to promise more time than there is: down while time is left, up once late.
    """
    if working_minutes >= 0:
        return _left(working_minutes)
    return _late(-working_minutes)


def _left(left: int) -> str:
    if left >= MINUTES_A_DAY:
        return ntr("{n} working day left", "{n} working days left", left // MINUTES_A_DAY)
    if left >= 60:
        return ntr("{n} hour left", "{n} hours left", left // 60)
    return ntr("{n} minute left", "{n} minutes left", left) if left else tr("due now")


def _late(late: int) -> str:
    if late >= MINUTES_A_DAY:
        return ntr("{n} working day late", "{n} working days late", -(-late // MINUTES_A_DAY))
    if late >= 60:
        return ntr("{n} hour late", "{n} hours late", -(-late // 60))
    return ntr("{n} minute late", "{n} minutes late", late)
