"""Looking after devices and staff over PostgreSQL: a connection of the administrator's for each call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection

from desktop_app.application.ports.administration import (
    AsideSeen,
    DeviceSeen,
    DeviceState,
    Invited,
    NoticeSeen,
    Refusal,
    RefusedByCentreError,
    StaffSeen,
)
from desktop_app.application.settings import CentreAddress
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.dated_rows import DatedRow, RowChange, TableKind
from desktop_app.domain.delivery import NoticeState
from desktop_app.domain.notice_templates import NoticeTemplate, TemplateChange, template_changes
from desktop_app.gateway.errors import calling
from desktop_app.gateway.link import PostgresLink
from desktop_app.sync.centre_link import CentreLink
from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.invitation import Invitation, digest_of, new_code, write_invitation

_REFUSALS = {one.value for one in Refusal}
ATTEMPTS = 4
# A row that a colleague made meanwhile, and PostgreSQL's "tuple concurrently updated" of two that alter one role.
_AT_ONCE = (psycopg.errors.UniqueViolation, psycopg.errors.InternalError_, psycopg.errors.DeadlockDetected)


class PostgresAdministration:
    """See `Administration`. `connect` opens a link of the administrator's on this device, one of this room's."""

    def __init__(self, address: CentreAddress, connect: Callable[[], CentreLink]) -> None:
        self._address = address
        self._connect = connect

    def devices(self) -> tuple[DeviceSeen, ...]:
        with self._session() as connection:
            rows = connection.execute("select * from tajzia.list_devices()").fetchall()
        return tuple(DeviceSeen(name, branch, DeviceState(state), *rest) for name, branch, state, *rest in rows)

    def staff(self) -> tuple[StaffSeen, ...]:
        with self._session() as connection:
            rows = connection.execute("select * from tajzia.list_staff()").fetchall()
        return tuple(StaffSeen(_person(login, body, active), *rest) for login, body, active, *rest in rows)

    def put_aside(self, after: int, most: int) -> tuple[AsideSeen, ...]:
        with self._session() as connection:
            rows = connection.execute("select * from tajzia.list_aside(%s, %s)", (after, most)).fetchall()
        return tuple(AsideSeen(*row) for row in rows)

    def troubled_notices(self, most: int) -> tuple[NoticeSeen, ...]:
        states = [state.value for state in NoticeState if state.awaits_a_person]
        with self._session() as connection:
            rows = connection.execute(
                "select n.* from unnest(%s::text[]) s (state), tajzia.list_notices(s.state, 0, %s) n order by n.place",
                (states, most),
            ).fetchall()
        return tuple(
            NoticeSeen(place, notice, request, NoticeState(state), *rest)
            for place, notice, request, state, *rest in rows
        )

    def settle_notice(self, notice: str, wish: NoticeState, why: str) -> None:
        self._call("settle_notice(%s, %s, %s)", notice, wish.value, why)

    def template_history(self, most: int) -> tuple[TemplateChange, ...]:
        with self._session() as connection:
            rows = connection.execute("select * from tajzia.list_templates(%s)", (most,)).fetchall()
        return template_changes(rows)

    def set_template(self, template: NoticeTemplate) -> bool:
        return bool(
            self._call("set_template(%s, %s, %s)", template.kind.value, template.language.value, template.words)
        )

    def dated_rows(self, most: int) -> tuple[RowChange, ...]:
        with self._session() as connection:
            rows = connection.execute("select * from tajzia.list_dated_rows(%s)", (most,)).fetchall()
        return tuple(
            RowChange(place, DatedRow(TableKind(kind), key, value, day, source), *rest)
            for place, kind, key, value, day, source, *rest in rows
        )

    def set_dated_row(self, row: DatedRow, why: str) -> None:
        self._call("set_dated_row(%s, %s, %s, %s, %s)", row.table.value, row.key, row.value, row.valid_from, why)

    def confirm_dated_row(self, place: int, source: str) -> bool:
        return bool(self._call("confirm_dated_row(%s, %s)", place, source))

    def lease_days(self) -> int:
        return int(self._call("lease_days()"))

    def set_lease(self, days: int) -> None:
        self._call("set_lease(%s)", days)

    def invite(self, device: str, branch: int, hours: int, *, again: bool) -> Invited:
        code = new_code()
        row = self._row(
            "select expires_at, password from tajzia.invite_device(%s, %s, %s, %s, %s)",
            (device, branch, digest_of(code), hours, again),
        )
        assert row is not None
        expires_at, password = row
        invitation = Invitation(
            device=device,
            host=self._address.host,
            port=self._address.port,
            database=self._address.database,
            authority=Path(self._address.authority).read_text(encoding="ascii"),
            password=password,
            code=code,
            again=again,
        )
        return Invited(device, code, write_invitation(invitation), expires_at)

    def revoke(self, device: str, why: str) -> None:
        self._call("revoke_device(%s, %s)", device, why)

    def save_staff(self, actor: Actor, password: str) -> None:
        verifier = ""
        if password:
            with self._session() as connection:
                made = connection.pgconn.encrypt_password(password.encode(), actor.id.encode(), b"scram-sha-256")
                verifier = made.decode("ascii")
        self._call("set_staff(%s, %s, %s)", actor.id, encode(actor).decode("utf-8"), verifier)

    def disable(self, login: str) -> None:
        self._call("disable_staff(%s)", login)

    def release(self, command_id: str) -> None:
        self._call("release_aside(%s)", command_id)

    def discard(self, command_id: str, why: str) -> None:
        self._call("discard_aside(%s, %s)", command_id, why)

    def _call(self, function: str, *values: object) -> Any:
        row = self._row(f"select tajzia.{function}", values)
        return row[0] if row is not None else None

    def _row(self, statement: str, values: tuple[object, ...]) -> Any:
        """Two administrators at once: who comes second is told no bug, but goes again, on top of what stands then."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._session() as connection:
                    return connection.execute(statement.encode(), values).fetchone()
            except _AT_ONCE:
                if attempt == ATTEMPTS:
                    raise
        return None

    @contextmanager
    def _session(self) -> Iterator[Connection[Any]]:
        link = self._connect()
        try:
            assert isinstance(link, PostgresLink)
            with calling(), _refusing():
                yield link.session
        finally:
            link.close()


def _person(login: str, body: str, active: bool) -> Actor:
    """Somebody whose entry cannot be read is listed by the login, with no rights."""
    try:
        person = decode(body, Actor)
    except MalformedError:
        return Actor(id=login, name_ar=login, role=Role.AUDITOR, active=False)
    return replace(person, active=active)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except psycopg.errors.InvalidParameterValue as why:
        hint = why.diag.message_hint or ""
        raise RefusedByCentreError(Refusal(hint) if hint in _REFUSALS else Refusal.OTHER) from why
