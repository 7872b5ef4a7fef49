"""Many writers and one reader at the centre's feed: what the reader never gets to see.

`write_and_read` uses the feed itself; `write_and_read_naively` the same with a sequence as databases have them, whose
numbers are given out at once and committed in any order.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.process import BaseProcess
from random import Random

import psycopg

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.domain.actor import Role
from desktop_app.domain.history import Event
from desktop_app.domain.request import Status
from desktop_app.gateway.link import PostgresLink
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.domain import builders
from tests.postgres_fixture import SampleCentre

PROCESSES = 2
BRANCHES = (8, 9)
AT_ONCE = (5, 150)
"""Rows of one transaction."""
_PAGE = 5000
_NAMED = "(a name)"


@dataclass(frozen=True, slots=True)
class Load:
    """Of `writers`, each with a connection of its own, who together write `rows`."""

    writers: int
    rows: int

    @property
    def each(self) -> int:
        return self.rows // self.writers


def write_and_read(centre: SampleCentre, load: Load) -> int:
    """How many rows the reader missed who asked for "after N" all the while. Raises AssertionError where a row came
    twice or out of order."""
    links = {8: centre.connect("clerk", "K1"), 9: centre.connect("clerk9", "M1")}
    reached = {branch: _end_of(link, branch) for branch, link in links.items()}
    seen = dict.fromkeys(BRANCHES, 0)

    def read() -> bool:
        more = False
        for branch, link in links.items():
            page = link.pull(branch, reached[branch], _PAGE)
            sequences = [row.sequence for row in page.rows]
            assert sequences == sorted(set(sequences))
            assert not sequences or sequences[0] > reached[branch]
            seen[branch] += sum(row.kind is FactKind.EVENT for row in page.rows)
            reached[branch] = page.reached
            more = more or page.more
        return more

    with _writing(partial(_write, centre.registrar_conninfo, load), load.writers) as writers:
        while _any_lives(writers):
            read()
    while read():
        pass
    return load.each * load.writers - sum(seen.values())


def write_and_read_naively(centre: SampleCentre, load: Load) -> int:
    """How many rows the reader missed."""
    with centre.admin() as admin:
        admin.execute("create table public.naive (sequence bigserial primary key, id text)")
        admin.execute("grant all on public.naive, public.naive_sequence_seq to tajzia_registrar")
        admin.execute("grant usage on schema public to tajzia_registrar")
    seen = reached = 0
    with closing(psycopg.connect(centre.registrar_conninfo, autocommit=True)) as reader:

        def read() -> list[int]:
            rows = reader.execute(
                "select sequence from public.naive where sequence > %s order by 1 limit %s", (reached, _PAGE)
            )
            return [sequence for (sequence,) in rows]

        with _writing(partial(_write_naively, centre.registrar_conninfo, load), load.writers) as writers:
            while _any_lives(writers):
                if found := read():
                    reached, seen = found[-1], seen + len(found)
        while found := read():
            reached, seen = found[-1], seen + len(found)
    return load.each * load.writers - seen


def _end_of(link: PostgresLink, branch: int) -> int:
    reached, more = 0, True
    while more:
        page = link.pull(branch, reached, _PAGE)
        reached, more = page.reached, page.more
    return reached


@contextmanager
def _writing(write: Callable[[int], None], writers: int) -> Iterator[Sequence[BaseProcess]]:
    """The writers, in threads of a few processes; each must end well."""
    shares = [range(at, writers, PROCESSES) for at in range(PROCESSES)]
    processes = [
        multiprocessing.get_context("spawn").Process(target=_in_threads, args=(write, share), daemon=True)
        for share in shares
    ]
    for process in processes:
        process.start()
    try:
        yield processes
    finally:
        for process in processes:
            process.join()
    assert [process.exitcode for process in processes] == [0] * len(processes)


def _any_lives(processes: Sequence[BaseProcess]) -> bool:
    return any(process.is_alive() for process in processes)


def _in_threads(write: Callable[[int], None], writers: range) -> None:
    failed: list[Exception] = []

    def one(writer: int) -> None:
        try:
            write(writer)
        except Exception as why:  # noqa: BLE001 - raised below, in the thread that is waited for
            failed.append(why)

    threads = [threading.Thread(target=one, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def _write(conninfo: str, load: Load, writer: int) -> None:
    """Into one branch or both, some of it undone and written again."""
    chance, template = Random(writer), _templates()
    with psycopg.connect(conninfo) as connection:
        for start, end in _transactions(chance, load.each):
            facts = []
            for at in range(start, end):
                branch = chance.choice(BRANCHES)
                identity = f"{writer}-{at}"
                body = template[branch].replace(_NAMED.encode(), identity.encode())
                facts.append(LoadedFact(FactKind.EVENT, identity, branch, body))
            if chance.random() < 0.05:
                put_facts(connection, facts)
                connection.rollback()
            put_facts(connection, facts)
            connection.commit()


def _write_naively(conninfo: str, load: Load, writer: int) -> None:
    with psycopg.connect(conninfo) as connection:
        for start, end in _transactions(Random(writer), load.each):
            connection.cursor().executemany(
                "insert into public.naive (id) values (%s)", [(f"{writer}-{at}",) for at in range(start, end)]
            )
            connection.commit()


def _transactions(chance: Random, rows: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < rows:
        end = min(rows, start + chance.randint(*AT_ONCE))
        yield start, end
        start = end


def _templates() -> dict[int, bytes]:
    return {
        branch: encode(Event(
            id=_NAMED, request_id="r", branch=branch, at=builders.NOW, made_at=builders.NOW, by="clerk", by_name="م",
            role=Role.CLERK, device="K1", action="lodge", before=None, after=Status.LODGED,
        ))
        for branch in BRANCHES
    }  # fmt: skip
