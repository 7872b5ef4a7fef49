"""One transaction of the registrar's: many commands are read at once and written at once.

What a command reads is fetched ahead for all that will be decided in the transaction, and what it changes is kept in
memory, where the next one sees it, and goes to the tables in a few statements at the end. So a hundred commands cost
little more of the network and the disk than one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from psycopg import Connection

from desktop_app.application.ports.centre import LetterOut, Submission
from desktop_app.application.ports.loading import Act, LoadedFact
from desktop_app.application.waiting_papers import WaitingPaper
from desktop_app.centre import waiting
from desktop_app.centre.facts import CentreFacts, ReferenceCache
from desktop_app.centre.feed import put_known_facts
from desktop_app.centre.inbox import mark_all_decided, next_submissions, quarantine
from desktop_app.centre.letters import Letters
from desktop_app.centre.numbers import CentreNumbers
from desktop_app.centre.reading_ahead import read_ahead
from desktop_app.centre.shelf import keep_paper
from desktop_app.domain.deciding import PaperOrder
from desktop_app.wire.audit import LOADED, Cause
from desktop_app.wire.facts import FactKind

_UNPROVED = """
    select d from unnest(%s::text[]) d
    where (exists (select from tajzia.attachment a where a.digest = d)
           or exists (select from tajzia.attached t where t.digest = d and t.request_id <> %s))
    and not exists (select from tajzia.attachment_proof p where p.digest = d and p.device = %s)
"""


class PostgresWork:
    """See `CentreWork` and `WaitingWork`. `write` comes before the commit."""

    def __init__(self, connection: Connection[Any], references: ReferenceCache) -> None:
        self._connection = connection
        self.facts = CentreFacts(connection, references)
        self.numbers = CentreNumbers(connection)
        self._letters = Letters(connection)
        self._next: deque[Submission] = deque()
        self._looked = False
        self._keys: dict[tuple[str, str], tuple[bytes, ...]] = {}
        self._decided: list[tuple[str, datetime]] = []
        self._acts: list[Act] = []

    def next_submission(self, ahead: int = 1) -> Submission | None:
        if not self._next:
            if self._looked:
                mark_all_decided(self._connection, self._decided)
                self._decided.clear()
            self._next.extend(next_submissions(self._connection, ahead))
            self._looked = True
            if len(self._next) > 1:
                self._keys |= read_ahead(self._connection, self.facts, self._letters, self._next)
        return self._next.popleft() if self._next else None

    def author_keys(self, login: str, device: str) -> tuple[bytes, ...]:
        if (login, device) not in self._keys:
            rows = self._connection.execute(
                "select public_key from tajzia.author_key where login = %s and device = %s order by registered_at desc",
                (login, device),
            ).fetchall()
            self._keys[login, device] = tuple(bytes(key) for (key,) in rows)
        return self._keys[login, device]

    def mark_decided(self, command_id: str, at: datetime) -> None:
        self._decided.append((command_id, at))

    def quarantine(self, command_id: str, reason: str, reference: str, at: datetime) -> None:
        quarantine(self._connection, command_id, reason, reference, at)

    def keep_paper(self, digest: str, content: bytes, at: datetime) -> None:
        keep_paper(self._connection, digest, content, at)

    def papers_wait(self) -> bool:
        return waiting.do_any_wait(self._connection)

    def postpone_paper(self, order: PaperOrder, branch: int, at: datetime) -> None:
        waiting.postpone(self._connection, order, branch, at)

    def next_waiting_paper(self) -> WaitingPaper | None:
        return waiting.find_next(self._connection)

    def settle_waiting_paper(self, place: int) -> None:
        waiting.settle(self._connection, place)

    def set_waiting_paper_aside(self, place: int, reference: str) -> None:
        waiting.set_aside(self._connection, place, reference)

    def queue_letter(self, letter: LetterOut, at: datetime) -> bool:
        return self._letters.add(letter, at)

    def unproved(self, digests: frozenset[str], device: str, request_id: str) -> frozenset[str]:
        rows = self._connection.execute(_UNPROVED, (sorted(digests), request_id, device)).fetchall()
        return frozenset(digest for (digest,) in rows)

    def take_untold(self, limit: int) -> list[tuple[str, str, datetime | None]]:
        """Id, state and moment of sending of notices whose case does not show them yet; with the commit it does."""
        return self._letters.take_untold(limit)

    def find_body(self, kind: str, identity: str) -> bytes | None:
        return self.facts.find_body(FactKind(kind), identity)

    def put(self, facts: Iterable[LoadedFact], cause: Cause = LOADED) -> int:
        told = tuple(facts)
        for fact in told:
            self.facts.write(fact)
        self._acts.append(Act(cause, told))
        return len({(fact.kind, fact.id) for fact in told})

    def write(self) -> None:
        """Everything that was decided goes to the tables; the feeds come last, and stay locked until the commit."""
        if self._decided:
            mark_all_decided(self._connection, self._decided)
        self.numbers.write()
        self._letters.write()
        put_known_facts(self._connection, self.facts.written(), self._acts)
