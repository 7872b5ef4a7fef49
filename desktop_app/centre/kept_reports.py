"""Reports by the gateway's own id that came before its answer, or without one: kept until it is known whose they are.

An id is an attempt's when the answer says so. Where the answer was lost, the number may tell: one attempt of which
nobody can tell went to it, and one id came of it since. Where there are two, nobody guesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from desktop_app.domain.delivery import GIVE_UP_AFTER, Report

KEPT_FOR = timedelta(days=7)
_KEEP = """
    insert into tajzia.outbox_report as kept (gateway, message_id, number, report, came_at) values (%s, %s, %s, %s, %s)
    on conflict (gateway, message_id) do update set report = case
        when kept.report in ('delivered', 'failed') and excluded.report = 'underway' then kept.report
        else excluded.report end
"""
_OPEN = """
    select a.token, a.notice_id, a.number, a.begun_at, a.answer
    from tajzia.outbox_attempt a join tajzia.outbox o using (notice_id)
    where a.gateway = %s and ltrim(o.recipient, '+') = %s and a.message_id = '' and a.report = ''
      and a.answer in ('', 'unknown') and a.begun_at > %s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A kept report and the attempt that it is on: its token, its notice and its number among the notice's."""

    token: str
    notice_id: str
    number: int
    report: Report


def alone(connection: Connection[Any]) -> None:
    """One at a time until the transaction ends: who writes an id down and who looks for it do not miss each other."""
    connection.execute("lock table tajzia.outbox_report in share row exclusive mode")


def keep(
    connection: Connection[Any], gateway: str, message_id: str, number: str, report: Report, now: datetime
) -> None:
    """Keeps the report of an id that no attempt has. `number` is bare digits, or empty."""
    connection.execute("delete from tajzia.outbox_report where came_at < %s", (now - KEPT_FOR,))
    connection.execute(_KEEP, (gateway, message_id, number, report.value, now))


def take_by_id(connection: Connection[Any], gateway: str, message_id: str) -> Report | None:
    """The report that was kept of this id, which is nobody else's from now on."""
    row = connection.execute(
        "delete from tajzia.outbox_report where gateway = %s and message_id = %s returning report",
        (gateway, message_id),
    ).fetchone()
    return Report(row[0]) if row is not None else None


def take_by_number(connection: Connection[Any], gateway: str, number: str, now: datetime) -> Found | None:
    """The report of the one id, and the one attempt to `number` that it can be on; the attempt has that id then."""
    if not number:
        return None
    kept = connection.execute(
        "select message_id, came_at from tajzia.outbox_report where gateway = %s and number = %s limit 2",
        (gateway, number),
    ).fetchall()
    if len(kept) != 1:
        return None
    attempts = connection.execute(_OPEN, (gateway, number, now - GIVE_UP_AFTER)).fetchall()
    if len(attempts) != 1:
        return None
    ((message_id, came_at),) = kept
    ((token, notice_id, ordinal, begun_at, answer),) = attempts
    if not answer or begun_at > came_at:
        return None  # it is still being sent, or was begun after the report
    report = take_by_id(connection, gateway, message_id)
    assert report is not None
    connection.execute("update tajzia.outbox_attempt set message_id = %s where token = %s", (message_id, token))
    return Found(token, notice_id, ordinal, report)


def digits_of(number: str) -> str:
    """Bare digits of a number in any of the forms that gateways use; empty for what is none."""
    bare = number.strip().removeprefix("+").removeprefix("00")
    return bare if bare.isascii() and bare.isdecimal() and len(bare) <= 20 else ""
