"""The feed misses nothing, whoever writes at the same time; and the feed that would, is seen to."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import ExitStack

import psycopg
import pytest

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.domain.actor import Role
from desktop_app.domain.history import Event
from desktop_app.domain.request import Status
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.domain.builders import NOW
from tests.postgres_fixture import SampleCentre

WRITERS, ROUNDS, BRANCHES = 8, 25, (8, 9)


def fact(identity: str, branch: int = 8) -> LoadedFact:
    event = Event(
        id=identity, request_id="r", branch=branch, at=NOW, made_at=NOW, by="clerk", by_name="م", role=Role.CLERK,
        device="K1", action="lodge", before=None, after=Status.LODGED,
    )  # fmt: skip
    return LoadedFact(FactKind.EVENT, identity, branch, encode(event))


def delay(connection: psycopg.Connection[tuple[object, ...]], chance: random.Random) -> None:
    """Between writing and committing, as a slow disk or a long transaction would."""
    connection.execute("select pg_sleep(%s)", (chance.random() * 0.01,))


def in_threads(work: Callable[[int], None], count: int) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, args=(at,)) for at in range(count)]
    for thread in threads:
        thread.start()
    return threads


def follow(
    read: Callable[[], list[tuple[int, str]]], threads: list[threading.Thread], seen: list[tuple[int, str]]
) -> None:
    """Reads without rest while anyone writes, and once after."""
    while any(thread.is_alive() for thread in threads):
        seen += read()
    for thread in threads:
        thread.join()
    seen += read()


def test_no_row_is_missed_under_writers_that_commit_late(centre: SampleCentre) -> None:
    def write(writer: int) -> None:
        chance = random.Random(writer)
        with psycopg.connect(centre.registrar_conninfo) as connection:
            for at in range(ROUNDS):
                branch = chance.choice(BRANCHES)
                both = [fact(f"{writer}-{at}-{one}", one) for one in ({branch} if at % 5 else set(BRANCHES))]
                put_facts(connection, both)
                delay(connection, chance)
                if at % 7 == 3:
                    connection.rollback()
                else:
                    connection.commit()

    reached = {8: 0, 9: 0}
    links = {8: centre.connect("clerk", "K1"), 9: centre.connect("clerk9", "M1")}

    def read() -> list[tuple[int, str]]:
        found = []
        for branch, link in links.items():
            page = link.pull(branch, reached[branch], 5)
            reached[branch] = page.reached
            found += [(row.sequence, row.id) for row in page.rows if row.kind is FactKind.EVENT]
        return found

    seen: list[tuple[int, str]] = []
    follow(read, in_threads(write, WRITERS), seen)
    for _ in range(WRITERS * ROUNDS):
        seen += read()
    stored = centre.query("select sequence, id from tajzia.fact where kind = 'event'")
    assert len(stored) > WRITERS * ROUNDS / 2
    assert sorted(seen) == sorted(stored)
    gaps = centre.query(
        "select c.branch from tajzia.feed_counter c join tajzia.fact f using (branch) where c.branch in (8, 9)"
        " group by c.branch, c.last having count(*) <> c.last"
    )
    assert gaps == []


def naive_feed(centre: SampleCentre) -> None:
    with centre.admin() as connection:
        connection.execute("create table public.naive (sequence bigserial primary key, id text)")


def test_the_naive_feed_is_caught_missing_rows(centre: SampleCentre) -> None:
    """The same writers and the same reader over a serial column: whoever trusts it loses rows."""
    naive_feed(centre)

    def write(writer: int) -> None:
        chance = random.Random(writer)
        with psycopg.connect(centre.admin_conninfo) as connection:
            for at in range(ROUNDS):
                connection.execute("insert into public.naive (id) values (%s)", (f"{writer}-{at}",))
                delay(connection, chance)
                connection.commit()

    seen: list[tuple[int, str]] = []
    with centre.admin() as reader:

        def read() -> list[tuple[int, str]]:
            last = seen[-1][0] if seen else 0
            return reader.execute(
                "select sequence, id from public.naive where sequence > %s order by sequence", (last,)
            ).fetchall()

        follow(read, in_threads(write, WRITERS), seen)
    assert len(seen) < WRITERS * ROUNDS


def test_who_writes_second_is_committed_second(centre: SampleCentre) -> None:
    """The two feeds under the one interleaving that tells them apart."""
    naive_feed(centre)
    with ExitStack() as stack:
        first = stack.enter_context(psycopg.connect(centre.admin_conninfo))
        second = stack.enter_context(psycopg.connect(centre.admin_conninfo))
        first.execute("insert into public.naive (id) values ('first')")
        second.execute("insert into public.naive (id) values ('second')")
        second.commit()
        assert centre.query("select id from public.naive where sequence > 0") == [("second",)]
        first.commit()
        assert centre.query("select id from public.naive where sequence > 2") == []

        put_facts(first, [fact("first")])
        second.execute("set lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            put_facts(second, [fact("second")])
        second.rollback()
        first.commit()
        put_facts(second, [fact("second")])
        second.commit()
    rows = centre.connect("clerk", "K1").pull(8, 1, 10).rows
    assert [row.id for row in rows] == ["first", "second"]


def test_writers_of_several_branches_do_not_wait_for_each_other_in_a_ring(centre: SampleCentre) -> None:
    def write(writer: int) -> None:
        with psycopg.connect(centre.registrar_conninfo) as connection:
            for at in range(ROUNDS):
                branches = BRANCHES if writer % 2 else BRANCHES[::-1]
                put_facts(connection, [fact(f"{writer}-{at}-{branch}", branch) for branch in branches])
                connection.commit()

    for thread in in_threads(write, WRITERS):
        thread.join()
    ((count,),) = centre.query("select count(*) from tajzia.fact where kind = 'event'")
    assert count == WRITERS * ROUNDS * len(BRANCHES)


def test_pages_are_whole_and_end_at_the_counter(centre: SampleCentre) -> None:
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, [fact(f"e{at:02d}") for at in range(20)])
    link = centre.connect("clerk", "K1")
    first = link.pull(8, 0, 8)
    assert (len(first.rows), first.more, first.reached) == (8, True, 8)
    rest = link.pull(8, first.reached, 100)
    assert (len(rest.rows), rest.more, rest.reached) == (13, False, 21)
    nothing = link.pull(8, 21, 100)
    assert (nothing.rows, nothing.more, nothing.reached) == ((), False, 21)


def test_the_last_of_equals_counts(centre: SampleCentre) -> None:
    one, other = fact("same"), fact("same", 9)
    with centre.admin() as connection, connection.transaction():
        assert put_facts(connection, [one, other]) == 1
    assert centre.query("select branch from tajzia.fact where kind = 'event'") == [(9,)]
