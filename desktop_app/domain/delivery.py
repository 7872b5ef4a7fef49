"""What becomes of a notice on its way: the one table of what an answer, a report or a person makes of it.

The rule behind every line: what may have been handed over is never handed over again by itself. Only an answer that
says for certain that nothing was taken leads back to waiting.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class NoticeState(StrEnum):
    """WAITING for its turn or its next try; SENDING while an attempt is on record whose answer is not (the centre's
    own affair: others see it waiting); SENT: the gateway has it; DELIVERED: the telephone has it; FAILED: it will not
    arrive unless a person sees to it; UNKNOWN: it may have gone out, and a report or a person decides."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def shown(self) -> NoticeState:
        """As the case shows it."""
        return NoticeState.WAITING if self is NoticeState.SENDING else self

    @property
    def awaits_a_person(self) -> bool:
        return self in (NoticeState.FAILED, NoticeState.UNKNOWN)


class Answer(StrEnum):
    """What a gateway's answer to an attempt means. ACCEPTED: it has the notice. REFUSED: it has not, and never will
    take it. POSTPONED: it has not, for now. UNKNOWN: nobody can tell."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    POSTPONED = "postponed"
    UNKNOWN = "unknown"


class Report(StrEnum):
    """What a delivery report means. UNDERWAY: the network has it, and will tell more or not."""

    UNDERWAY = "underway"
    DELIVERED = "delivered"
    FAILED = "failed"


_ANSWERED = {
    Answer.ACCEPTED: NoticeState.SENT,
    Answer.REFUSED: NoticeState.FAILED,
    Answer.POSTPONED: NoticeState.WAITING,
    Answer.UNKNOWN: NoticeState.UNKNOWN,
}
_OPEN = (NoticeState.WAITING, NoticeState.SENDING, NoticeState.UNKNOWN)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
GATEWAYS_PAUSE = timedelta(minutes=1)
GIVE_UP_AFTER = timedelta(hours=72)
"""For how long a notice is tried from when it was written, or a person had it sent once more, where every try is put
off for certain."""


def after_answer(state: NoticeState, answer: Answer, *, gives_up: bool = False) -> NoticeState:
    """What the answer to the newest attempt makes of its notice. A report or a person may have been quicker, and an
    answer that comes after its time still says more than none. `gives_up` says that there is no next try."""
    if state not in (NoticeState.SENDING, NoticeState.UNKNOWN):
        return state
    if answer is Answer.POSTPONED and gives_up:
        return NoticeState.FAILED
    return _ANSWERED[answer]


def after_silence(*, knows_ids: bool) -> NoticeState:
    """What an attempt without an answer leaves: its process ended, or was held up beyond its time. A gateway that
    `knows_ids` takes the same notice twice and tells it once."""
    return NoticeState.WAITING if knows_ids else NoticeState.UNKNOWN


def after_report(state: NoticeState, report: Report, *, newest: bool) -> NoticeState:
    """What a report on one attempt makes of the notice; `newest` says whether it is on the last one. Reports come in
    any order, repeated, and before the answer."""
    match report:
        case Report.DELIVERED:
            return NoticeState.DELIVERED
        case Report.UNDERWAY:
            return NoticeState.SENT if state in _OPEN else state
        case Report.FAILED:
            return NoticeState.FAILED if newest and state is not NoticeState.DELIVERED else state


def next_try(attempts: int, now: datetime, chance: float, *, everybody: bool = False) -> datetime:
    """When a notice that was put off is tried again: after twice as long each time, up to ten minutes (up to one where
    the trouble was `everybody`'s, whose end the notice is to profit from), spread by `chance` (0 to 1) over half of
    that, so that not all come back at once."""
    longest = GATEWAYS_PAUSE if everybody else LONGEST_PAUSE
    doubled: int = 2 ** min(max(attempts, 1) - 1, 20)
    pause = min(longest, FIRST_PAUSE * doubled)
    return now + pause * (0.5 + chance / 2)
