"""The centre as an administrator's screen knows it, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop_app.application.ports.administration import (
    AsideSeen,
    DeviceSeen,
    DeviceState,
    Invited,
    NoticeSeen,
    StaffSeen,
)
from desktop_app.domain.actor import Actor
from desktop_app.domain.dated_rows import DatedRow, RowChange
from desktop_app.domain.delivery import NoticeState
from desktop_app.domain.notice_templates import NoticeTemplate, TemplateChange
from desktop_app.sync.centre_link import CentreUnreachableError
from tests.domain import builders

NOW = builders.NOW
DEVICE = DeviceSeen(
    "K1", 8, DeviceState.ACTIVE, NOW, None, "", "", NOW - timedelta(minutes=3), "clerk", "0.1.0", 1.0, 0, 0, None
)
DEVICES = (
    DEVICE,
    replace(DEVICE, name="L1", seen_at=NOW - timedelta(days=2), clock_ahead=-540.0, seen_login="inspector"),
    replace(DEVICE, name="K9", state=DeviceState.INVITED, enrolled_at=None, seen_at=None, seen_login="", version="",
            clock_ahead=0.0, invited_until=NOW + timedelta(hours=40)),
    replace(DEVICE, name="X1", state=DeviceState.REVOKED, revoked_at=NOW, revoked_by="administrator",
            revoked_why="فُقد الجهاز في المستودع", put_aside=2),
)  # fmt: skip
STAFF = (
    StaffSeen(builders.clerk(), None, "", NOW - timedelta(minutes=3)),
    StaffSeen(builders.cashier(), None, "", None),
    StaffSeen(builders.inspector(), None, "", NOW - timedelta(days=2)),
    StaffSeen(replace(builders.supervisor(), active=False), NOW - timedelta(days=1), "administrator", None),
    StaffSeen(builders.administrator(), None, "", NOW),
)
ASIDE = (
    AsideSeen(4, "c-1", "X1", "clerk", "lodge", "device_revoked", "", "clerk", NOW - timedelta(hours=5), True),
    AsideSeen(5, "c-2", "X1", "clerk", "accept", "device_revoked", "", "clerk", NOW - timedelta(hours=5), True),
    AsideSeen(9, "tampered:ab", "K1", "", "", "tampered", "A1B2C3D4", "clerk", NOW, False),
)
TROUBLED = (
    NoticeSeen(
        3, "r1:fees_due:1", "R-2026-08-000003", NoticeState.FAILED, "400", 1, "kannel", NOW, NOW - timedelta(hours=1)
    ),
    NoticeSeen(7, "r2:accepted:1", "R-2026-08-000007", NoticeState.UNKNOWN, "silent", 1, "kannel", NOW, NOW),
)


class AnAdministration:
    """See `Administration`. `error` is raised by the next call; `done` is what was asked for; `look_fails` for as long
    as nothing is told of how things stand."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.look_fails = False
        self.done: list[tuple[object, ...]] = []
        self.aside: tuple[AsideSeen, ...] = ASIDE
        self.changes: list[TemplateChange] = []
        self.rows: list[RowChange] = []

    def devices(self) -> tuple[DeviceSeen, ...]:
        self._check()
        if self.look_fails:
            raise CentreUnreachableError("x")
        return DEVICES

    def staff(self) -> tuple[StaffSeen, ...]:
        return STAFF

    def put_aside(self, after: int, most: int) -> tuple[AsideSeen, ...]:
        return tuple(one for one in self.aside if one.place > after)[:most]

    def troubled_notices(self, most: int) -> tuple[NoticeSeen, ...]:
        return TROUBLED

    def settle_notice(self, notice: str, wish: NoticeState, why: str) -> None:
        self._do("settle_notice", notice, wish.value, why)

    def template_history(self, most: int) -> tuple[TemplateChange, ...]:
        self._check()
        return tuple(reversed(self.changes))[:most]

    def set_template(self, template: NoticeTemplate) -> bool:
        self._do("set_template", template)
        of_it = [one for one in self.changes if (one.kind, one.language) == (template.kind, template.language)]
        before = of_it[-1].after if of_it else ""
        self.changes.append(
            TemplateChange(template.kind, template.language, before, template.words, "administrator", NOW)
        )
        return True

    def dated_rows(self, most: int) -> tuple[RowChange, ...]:
        self._check()
        return tuple(reversed(self.rows))[:most]

    def set_dated_row(self, row: DatedRow, why: str) -> None:
        self._do("set_dated_row", row, why)
        self.rows.append(RowChange(len(self.rows) + 1, row, why, "administrator", NOW))

    def confirm_dated_row(self, place: int, source: str) -> bool:
        self._do("confirm_dated_row", place, source)
        stood = self.rows[place - 1]
        self.rows[place - 1] = replace(
            stood, row=replace(stood.row, source=source), confirmed_by="administrator", confirmed_at=NOW
        )
        return True

    def lease_days(self) -> int:
        return 14

    def set_lease(self, days: int) -> None:
        self._do("set_lease", days)

    def invite(self, device: str, branch: int, hours: int, *, again: bool) -> Invited:
        self._do("invite", device, branch, hours, again)
        return Invited(device, "8F3KQ-ZT0AB-91XYW-CDE4R-7HJ2N", "TAJZIA1-" + "Zm9v" * 150, NOW + timedelta(hours=hours))

    def revoke(self, device: str, why: str) -> None:
        self._do("revoke", device, why)

    def save_staff(self, actor: Actor, password: str) -> None:
        self._do("save_staff", actor, password)

    def disable(self, login: str) -> None:
        self._do("disable", login)

    def release(self, command_id: str) -> None:
        self._do("release", command_id)

    def discard(self, command_id: str, why: str) -> None:
        self._do("discard", command_id, why)

    def _do(self, *what: object) -> None:
        self._check()
        self.done.append(what)

    def _check(self) -> None:
        if self.error is not None:
            error, self.error = self.error, None
            raise error
