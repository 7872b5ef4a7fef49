"""What the queue is asked for and what it gives: all that the first page needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.districts import District, district_of

if TYPE_CHECKING:
    from desktop_app.domain.desks import Desk
    from desktop_app.domain.forecast import Escalation, Forecast
    from desktop_app.domain.letters import AwaitedLetter
    from desktop_app.domain.request_status import Status


class QueueView(StrEnum):
    """The saved views above the queue, by what they hold."""

    ALL_OPEN = "all_open"
    NEW = "new"
    AWAITING_APPROVALS = "awaiting_approvals"
    LETTERS = "letters"
    TO_SCHEDULE = "to_schedule"
    TODAYS_VISITS = "todays_visits"
    FEES_TO_ASSESS = "fees_to_assess"
    FEES_TO_APPROVE = "fees_to_approve"
    AWAITING_PAYMENT = "awaiting_payment"
    TO_DELIVER = "to_deliver"
    LATE = "late"
    ESCALATED = "escalated"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue shows. `text` searches number, applicant, licence, trade name, folded (see `names.fold`);
    `as_of` (UTC) decides what is late and which day is today; `from_portal` leaves what the website lodged."""

    view: QueueView
    as_of: datetime
    branch: int | None = None
    status: Status | None = None
    desk: Desk | None = None
    text: str = ""
    from_portal: bool = False


@dataclass(frozen=True, slots=True)
class QueueKey:
    """Where a page ends: the sort key of its last row. Rows are ordered by (due, id), earliest due first; those of
    `LETTERS` by the day since which their oldest letter waits, those of `ESCALATED` by since when they are, which is
    then their `due`."""

    due: str
    id: str


@dataclass(frozen=True, slots=True)
class Escalated:
    """Since when and why, as of the moment that the page was asked for."""

    escalation: Escalation
    foreseen: Forecast


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue, ready to show. `letters` are those that wait for an answer, read in that view alone,
    as is `escalated` in its own: why a supervisor must know of it, and what is foreseen.
    `due` is UTC (None before acceptance); `paused` says the clock stands; `pending` counts commands that the centre
    has not confirmed; `refused` that one lies in the conflict inbox; `from_portal` that the municipality's website
    lodged it."""

    id: str
    number: str
    applicant_ar: str
    parent_number: str
    trade_name: str
    branch: int
    status: Status
    desk: Desk
    due: datetime | None
    paused: bool
    holder: str
    pending: int
    refused: bool
    lodged_at: datetime | None
    from_portal: bool = False
    letters: tuple[AwaitedLetter, ...] = ()
    escalated: Escalated | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`next` is there when more rows follow."""

    rows: tuple[QueueRow, ...]
    next: QueueKey | None


@dataclass(frozen=True, slots=True)
class Ground:
    """The part of the reference data (`domain.reference.Reference`) that the words of every line are made of."""

    districts: tuple[District, ...] = ()
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    verified: bool = False

    def find_district(self, number: int) -> District | None:
        return district_of(self.districts, number)
