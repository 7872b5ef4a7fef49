"""The outbox over PostgreSQL: each call is a transaction, and what it says stands when it returns."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from desktop_app.application.outcome_facts import notice_fact
from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.centre.kept_reports import Found, alone, digits_of, keep, take_by_id, take_by_number
from desktop_app.centre.store import PostgresStore
from desktop_app.domain.delivery import (
    Answer,
    NoticeState,
    Report,
    after_answer,
    after_report,
    after_silence,
)
from desktop_app.domain.notices import Notice
from desktop_app.wire.audit import Cause, What
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind

# A request's notices go out in their order: one that waits or is under way holds back the later ones of its request,
# and of no other. A notice's id begins with its request's, and ';' follows ':'.
_CLAIM = """
    select o.notice_id, o.recipient, o.words, o.attempts + 1, coalesce(o.tried_since, o.written_at)
    from tajzia.outbox o
    where o.state = 'waiting' and (o.due_at is null or o.due_at <= %(now)s)
      and not exists (
          select from tajzia.outbox e
          where e.notice_id >= split_part(o.notice_id, ':', 1) || ':'
            and e.notice_id < split_part(o.notice_id, ':', 1) || ';'
            and e.place < o.place and e.state in ('waiting', 'sending')
      )
    order by o.place limit 1 for update of o skip locked
"""
_BEGIN = """
    insert into tajzia.outbox_attempt (token, notice_id, number, gateway, begun_at) values (%s, %s, %s, %s, %s)
"""
_SENDING = """
    update tajzia.outbox set state = 'sending', attempts = %s, leased_until = %s, due_at = null where notice_id = %s
"""
_END = """
    update tajzia.outbox_attempt set ended_at = %s, answer = %s, detail = %s, message_id = %s
    where token = %s returning gateway
"""
_MOVE = """
    update tajzia.outbox set state = %(state)s, why = %(why)s, due_at = %(due)s, leased_until = null,
        changed_at = %(now)s,
        sent_at = case when %(state)s in ('sent', 'delivered') then coalesce(sent_at, %(now)s)
                       when %(state)s = 'waiting' then null else sent_at end
    where notice_id = %(notice)s
"""
_BATCH = 50


class PostgresOutbox:
    """See `application.ports.outbox.Outbox`. One thread at a time."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def claim(self, gateway: str, now: datetime, lease: timedelta) -> Attempt | None:
        with self._store.statements() as connection:
            row = connection.execute(_CLAIM, {"now": now}).fetchone()
            if row is None:
                return None
            notice_id, to, words, number, since = row
            token = secrets.token_hex(16)
            connection.execute(_BEGIN, (token, notice_id, number, gateway, now))
            connection.execute(_SENDING, (number, now + lease, notice_id))
        return Attempt(notice_id, token, number, to, words, since)

    def finish(self, attempt: Attempt, answered: Answered, now: datetime, again: datetime | None) -> None:
        with self._store.statements() as connection:
            alone(connection)
            state, newest = _locked(connection, attempt.notice_id)
            detail, message_id = answered.detail[:200], answered.message_id[:200]
            ended = connection.execute(_END, (now, answered.answer.value, detail, message_id, attempt.token)).fetchone()
            gateway = ended[0] if ended is not None else ""
            if newest == attempt.number:  # or a person had it sent once more meanwhile
                after = after_answer(state, answered.answer, gives_up=again is None)
                if after is not state:
                    why = "" if after is NoticeState.SENT else detail
                    due = again if after is NoticeState.WAITING else None
                    _move(connection, attempt.notice_id, after, now, why, due)
            kept = take_by_id(connection, gateway, message_id) if message_id else None
            if kept is not None:
                _take(connection, Found(attempt.token, attempt.notice_id, attempt.number, kept), now)
            _look_by_number(connection, gateway, digits_of(attempt.to), now)

    def end_silent(self, now: datetime, *, knows_ids: bool) -> int:
        with self._store.statements() as connection:
            alone(connection)
            rows = connection.execute(
                "select notice_id, attempts, recipient from tajzia.outbox where state = 'sending' and leased_until < %s"
                " order by place limit %s for update skip locked",
                (now, _BATCH),
            ).fetchall()
            for notice_id, number, to in rows:
                silent = connection.execute(
                    "update tajzia.outbox_attempt set ended_at = %s, answer = %s, detail = 'silent'"
                    " where notice_id = %s and number = %s and ended_at is null returning gateway",
                    (now, Answer.UNKNOWN.value, notice_id, number),
                ).fetchone()
                _move(connection, notice_id, after_silence(knows_ids=knows_ids), now, "silent", None)
                if silent is not None:
                    _look_by_number(connection, silent[0], digits_of(to), now)
        return len(rows)

    def report(
        self, gateway: str, token: str, message_id: str, report: Report, now: datetime, number: str = ""
    ) -> bool:
        with self._store.statements() as connection:
            if message_id:
                alone(connection)
            by, key = ("a.token = %s", token) if token else ("a.gateway = %s and a.message_id = %s", message_id)
            row = connection.execute(
                f"select a.token, a.notice_id, a.number from tajzia.outbox_attempt a where {by}"
                " order by a.number desc limit 1".encode(),
                (key,) if token else (gateway, key),
            ).fetchone()
            if row is not None:
                _take(connection, Found(row[0], row[1], row[2], report), now)
            elif token or not 0 < len(message_id) <= 200:
                return False
            else:
                keep(connection, gateway, message_id, digits_of(number), report, now)
                _look_by_number(connection, gateway, digits_of(number), now)
        return True

    def show(self) -> int:
        count = 0
        while True:
            with self._store.work() as work:
                rows = work.take_untold(_BATCH)
                told = []
                for notice_id, state, sent_at in rows:
                    body = work.find_body(FactKind.NOTICE, notice_id)
                    if body is not None:
                        notice = decode(body, Notice)
                        told.append(notice_fact(replace(notice, state=NoticeState(state).shown, sent_at=sent_at)))
                if told:
                    work.put(told, Cause(what=What.SENT))
            count += len(rows)
            if len(rows) < _BATCH:
                return count


def _take(connection: Connection[Any], found: Found, now: datetime) -> None:
    """Writes down a report on an attempt, and what it makes of the notice."""
    state, newest = _locked(connection, found.notice_id)
    connection.execute(
        "update tajzia.outbox_attempt set reported_at = %s,"
        " report = case when report in ('delivered', 'failed') and %s = 'underway' then report else %s end"
        " where token = %s",
        (now, found.report.value, found.report.value, found.token),
    )
    after = after_report(state, found.report, newest=found.number == newest)
    if after is not state:
        why = "reported" if after is NoticeState.FAILED else ""
        _move(connection, found.notice_id, after, now, why, None)
        connection.execute("select pg_notify('tajzia_feed', '')")


def _look_by_number(connection: Connection[Any], gateway: str, number: str, now: datetime) -> None:
    """A report that was kept decides on an attempt without an answer, where the number leaves no doubt."""
    found = take_by_number(connection, gateway, number, now)
    if found is not None:
        _take(connection, found, now)


def _locked(connection: Connection[Any], notice_id: str) -> tuple[NoticeState, int]:
    """How the notice stands and how many attempts there were, locked."""
    row = connection.execute(
        "select state, attempts from tajzia.outbox where notice_id = %s for update", (notice_id,)
    ).fetchone()
    assert row is not None
    return NoticeState(row[0]), int(row[1])


def _move(
    connection: Connection[Any], notice_id: str, state: NoticeState, now: datetime, why: str, due: datetime | None
) -> None:
    connection.execute(_MOVE, {"state": state.value, "why": why, "due": due, "now": now, "notice": notice_id})
