"""What came of asking the time-stamping authority, for whoever looks after the centre."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from desktop_app.application.ports.timestamps import StampCounts
from desktop_app.centre.store import PostgresStore

_NOTE = """
    insert into tajzia.timestamping as t (stamped, unstamped, last_stamped_at, last_unstamped_at, trouble,
        lasting, evidence_trouble)
    values (%(stamped)s, %(unstamped)s, case when %(stamped)s > 0 then %(at)s::timestamptz end,
            case when %(unstamped)s > 0 then %(at)s::timestamptz end, %(trouble)s,
            %(lasting)s, %(evidence_trouble)s)
    on conflict (only_one) do update set stamped = t.stamped + excluded.stamped,
        unstamped = t.unstamped + excluded.unstamped,
        last_stamped_at = coalesce(excluded.last_stamped_at, t.last_stamped_at),
        last_unstamped_at = coalesce(excluded.last_unstamped_at, t.last_unstamped_at), trouble = excluded.trouble,
        lasting = t.lasting + excluded.lasting, evidence_trouble = excluded.evidence_trouble
"""


class PostgresStampBook:
    """`application.ports.timestamps.StampBook` over the registrar's connection."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def note(self, counts: StampCounts, at: datetime) -> None:
        values = {**asdict(counts), "at": at}
        with self._store.statements() as connection:
            connection.execute(_NOTE, values)
