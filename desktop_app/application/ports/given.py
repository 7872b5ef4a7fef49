"""What was given on this workstation and where each of it is, for the page of the synchronisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class GivenState(StrEnum):
    """As the device's log says it."""

    WAITING = "waiting"
    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class GivenCommand:
    """`number` is what the request is called by, "" where it is not held here; `made_at` is UTC."""

    command_id: str
    request_id: str
    number: str
    action: str
    author: str
    made_at: datetime
    state: GivenState
