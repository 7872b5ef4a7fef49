"""The outbox as its sender sees it, and the gateway through which notices leave the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desktop_app.domain.delivery import Answer, Report


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send one notice, which stands in the outbox already. `token` is of 32 hexadecimal digits, good for
    this try alone; the gateway's reports bring it back. `number` counts the tries from 1, which began
    `since`."""

    notice_id: str
    token: str
    number: int
    to: str
    text: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an attempt. `detail` is for whoever looks into it: never a number, never words of the notice.
    `everybody` says that it is the gateway's own trouble, which the next notice would meet as well."""

    answer: Answer
    message_id: str = ""
    detail: str = ""
    everybody: bool = False


class NoticeGateway(Protocol):
    """Where notices leave the house. `knows_ids` says that the same `notice_id` again is told once."""

    @property
    def name(self) -> str: ...

    @property
    def knows_ids(self) -> bool: ...

    @property
    def lease(self) -> timedelta:
        """After how long an attempt whose answer nobody wrote down counts as unanswered: longer than `send` takes."""

    def send(self, attempt: Attempt) -> Answered:
        """Tries once. What went wrong is an answer; an exception is a bug, and as good as no answer."""


class Outbox(Protocol):
    """Every call is a transaction of its own, and stands when it returns. All raise CentreTroubleError."""

    def claim(self, gateway: str, now: datetime, lease: timedelta) -> Attempt | None:
        """The next notice that is due, with its attempt written down; None when none is. Of one request's notices the
        earlier goes first, and one that waits holds back those alone."""

    def finish(self, attempt: Attempt, answered: Answered, now: datetime, again: datetime | None) -> None:
        """Writes down what came of it; where it was put off, it is due `again`, or given up where that is None."""

    def end_silent(self, now: datetime, *, knows_ids: bool) -> int:
        """Deals with attempts whose time is over without an answer; returns how many there were."""

    def report(
        self, gateway: str, token: str, message_id: str, report: Report, now: datetime, number: str = ""
    ) -> bool:
        """A delivery report by the attempt's token, or else by the gateway's own id; False for a token of no attempt.
        An id that no attempt has yet is kept until an answer brings it; `number`, where the report says to whom it
        was, decides on the one attempt to it of which nobody can tell."""

    def show(self) -> int:
        """Brings the cases after what has become of their notices; returns how many changed."""
