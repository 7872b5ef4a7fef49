"""The outbox of notices, inside one transaction: each notice goes in once, whatever asks for it again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from psycopg import Connection

from desktop_app.application.ports.centre import LetterOut

_OF_REQUESTS = """
    select o.notice_id
    from unnest(%s::text[]) r (id)
    cross join lateral (
        select n.notice_id from tajzia.outbox n where n.notice_id >= r.id || ':' and n.notice_id < r.id || ';'
    ) o
"""
_ADD = """
    insert into tajzia.outbox (notice_id, recipient, words, written_at)
    select n.notice_id, n.recipient, n.words, n.written_at
    from unnest(%b::text[], %b::text[], %b::text[], %b::timestamptz[])
         with ordinality n (notice_id, recipient, words, written_at, at)
    order by n.at
"""
_TAKE_UNTOLD = """
    update tajzia.outbox o set shown = n.state
    from (select notice_id, case state when 'sending' then 'waiting' else state end as state from tajzia.outbox
          where case state when 'sending' then 'waiting' else state end <> shown
          order by place limit %s for update skip locked) n
    where n.notice_id = o.notice_id returning o.notice_id, n.state, o.sent_at
"""


class Letters:
    """What is added is kept until `write`. A notice's id begins with its request's, which is how all of a request's
    are read at once."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._read: set[str] = set()
        self._known: set[str] = set()
        self._new: list[tuple[LetterOut, datetime]] = []

    def read_ahead(self, request_ids: Iterable[str]) -> None:
        """Reads which notices these requests have had."""
        asked = sorted(set(request_ids) - self._read)
        if asked:
            self._read.update(asked)
            self._known.update(identity for (identity,) in self._connection.execute(_OF_REQUESTS, (asked,)))

    def add(self, letter: LetterOut, at: datetime) -> bool:
        """False when a notice of this id was added before."""
        request_id = letter.notice_id.partition(":")[0]
        self.read_ahead([request_id])
        if letter.notice_id in self._known:
            return False
        self._known.add(letter.notice_id)
        self._new.append((letter, at))
        return True

    def write(self) -> None:
        if self._new:
            letters = [letter for letter, _ in self._new]
            self._connection.execute(
                _ADD,
                (
                    [one.notice_id for one in letters],
                    [one.to for one in letters],
                    [one.text for one in letters],
                    [at for _, at in self._new],
                ),
            )

    def take_untold(self, limit: int) -> list[tuple[str, str, datetime | None]]:
        """The oldest whose state is not shown, marked as shown."""
        return self._connection.execute(_TAKE_UNTOLD, (limit,)).fetchall()
