"""Looking after devices, staff and the words of notices, from an administrator's workstation. `gateway` answers over
PostgreSQL.

Every call needs the centre: it raises CentreUnreachableError, NotAdmittedError for somebody who is no administrator,
or RefusedByCentreError. All of them block.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desktop_app.domain.actor import Actor
from desktop_app.domain.dated_rows import DatedRow, RowChange
from desktop_app.domain.delivery import NoticeState
from desktop_app.domain.notice_templates import NoticeTemplate, TemplateChange


class Refusal(StrEnum):
    """Why the centre does not do what an administrator asked for."""

    DEVICE_NAME = "device"
    DEVICE_KNOWN = "known"
    DEVICE_UNKNOWN = "unknown"
    LOGIN = "login"
    LOGIN_TAKEN = "login_taken"
    OWN_RIGHTS = "own"
    PASSWORD = "password"  # noqa: S105 (the name of a reason)
    NOBODY = "nobody"
    OTHER = "other"


class RefusedByCentreError(OSError):
    """The centre has this for no lawful wish; nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class DeviceState(StrEnum):
    """INVITED: a code was made for it, and it has not come yet."""

    INVITED = "invited"
    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    """A device as the centre knows it. `clock_ahead` is in seconds; `invited_until` is there while a code is good."""

    name: str
    branch: int
    state: DeviceState
    enrolled_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str
    revoked_why: str
    seen_at: datetime | None
    seen_login: str
    version: str
    clock_ahead: float
    waiting: int
    put_aside: int
    invited_until: datetime | None


@dataclass(frozen=True, slots=True)
class StaffSeen:
    """Somebody of the staff; `actor.active` says whether they may sign in."""

    actor: Actor
    disabled_at: datetime | None
    disabled_by: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class AsideSeen:
    """What was put aside: never what it says. `place` is where it stands in the order of arrival."""

    place: int
    command_id: str
    device: str
    author: str
    kind: str
    reason: str
    reference: str
    submitted_by: str
    submitted_at: datetime
    may_be_released: bool


@dataclass(frozen=True, slots=True)
class NoticeSeen:
    """A notice that failed, or may or may not have gone out: never to whom, never its words. `request` is the request's
    number, `why` is what the gateway
    or the sender said of it; `place` is where it stands in the order of writing."""

    place: int
    id: str
    request: str
    state: NoticeState
    why: str
    attempts: int
    gateway: str
    written_at: datetime
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invited:
    """A code that was made now: it is told here and kept nowhere. `invitation` carries it and the centre's address."""

    device: str
    code: str
    invitation: str
    expires_at: datetime


class Administration(Protocol):
    def devices(self) -> tuple[DeviceSeen, ...]: ...

    def staff(self) -> tuple[StaffSeen, ...]: ...

    def put_aside(self, after: int, most: int) -> tuple[AsideSeen, ...]:
        """In the order of arrival, behind `after`."""

    def troubled_notices(self, most: int) -> tuple[NoticeSeen, ...]:
        """Those that await a person, in the order of writing."""

    def settle_notice(self, notice: str, wish: NoticeState, why: str) -> None:
        """Has a notice sent once more (WAITING), or takes it as sent (SENT). Harmless for one that awaits nobody."""

    def template_history(self, most: int) -> tuple[TemplateChange, ...]:
        """Every change of a notice's words, the newest first. Kinds that this version does not know are left out."""

    def set_template(self, template: NoticeTemplate) -> bool:
        """Has the centre use these words, which `check_template` found nothing wrong with, from its next decision on;
        empty ones bring the program's own back. False where they stood already."""

    def dated_rows(self, most: int) -> tuple[RowChange, ...]:
        """Every change of the edited tables, the newest first."""

    def set_dated_row(self, row: DatedRow, why: str) -> None:
        """Writes a row, which `check_new_row` found nothing wrong with: it counts from its day on."""

    def confirm_dated_row(self, place: int, source: str) -> bool:
        """Marks a row as confirmed by what is named; False where it is already."""

    def lease_days(self) -> int: ...

    def set_lease(self, days: int) -> None: ...

    def invite(self, device: str, branch: int, hours: int, *, again: bool) -> Invited:
        """Codes that were made for the device before are worth nothing any more."""

    def revoke(self, device: str, why: str) -> None: ...

    def save_staff(self, actor: Actor, password: str) -> None:
        """Adds or changes a person; "" leaves the password that stands. The password itself leaves this process only
        as what PostgreSQL keeps of it."""

    def disable(self, login: str) -> None: ...

    def release(self, command_id: str) -> None: ...

    def discard(self, command_id: str, why: str) -> None: ...
