"""What is written down of every outcome: who did what, when, where, and from which status to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.actor import Role
from desktop_app.domain.messages import Message
from desktop_app.domain.request import Status


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a request's history. `id` is the command's; `at` is when it was decided, `made_at` when it was
    made on the device (both UTC; they differ for work done offline). `given_back` says what a request that ended held
    of its parent licence; None where it held nothing (and in what programs before it wrote down)."""

    id: str
    request_id: str
    branch: int
    at: datetime
    made_at: datetime
    by: str
    by_name: str
    role: Role
    device: str
    action: str
    before: Status | None
    after: Status
    summary: Message | None = None
    given_back: Message | None = None
