"""The one way into the feed: facts are stored, then their branches' counters give them sequences.

A branch's counter row stays locked until the transaction ends and is taken last, so sequences of one branch are
committed in their order and a reader of "after N" never misses one. Branches are taken in the order of their
numbers, so that two writers cannot wait for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import Connection

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.lookups import Lookup, lookup_of
from desktop_app.wire.facts import FactKind

# An array of arrays would have to be a rectangle: the awaited bodies travel as a text each.
_STORE = """
    insert into tajzia.fact (kind, id, branch, sequence, body, parent_number, made_by, is_open, booked_day, awaits,
                             device, role)
    select n.kind, n.id, %s, n.sequence, n.body, n.parent_number, n.made_by, n.is_open, n.booked_day,
           n.awaits::text[], n.device, n.role
    from unnest(%b::text[], %b::text[], %b::bigint[], %b::text[], %b::text[], %b::text[], %b::boolean[], %b::date[],
                %b::text[], %b::text[], %b::text[])
         n (kind, id, sequence, body, parent_number, made_by, is_open, booked_day, awaits, device, role)
    on conflict (kind, id) do update set branch = excluded.branch, sequence = excluded.sequence, body = excluded.body,
        parent_number = excluded.parent_number, made_by = excluded.made_by, is_open = excluded.is_open,
        booked_day = excluded.booked_day, awaits = excluded.awaits, device = excluded.device,
        role = excluded.role
"""
_DEPART = """
    insert into tajzia.departure (branch, body, kind, id, sequence) values (%s, %s, %s, %s, %s)
    on conflict (branch, body, kind, id) do update set sequence = excluded.sequence
"""
_RETURN = "delete from tajzia.departure where branch = %s and body = %s and kind = %s and id = %s"

Departure = tuple[int, str, str, str]
"""Branch, outside body ("" for everyone of the branch), kind and id of a fact that is no longer theirs to see."""


KnownFact = tuple[LoadedFact, Lookup]
"""A fact with what it is looked up by."""


def put_facts(connection: Connection[Any], facts: Iterable[LoadedFact]) -> int:
    """Stores facts in the running transaction, each in place of the one of its kind and id; returns how many.

    Of several with the same kind and id the last one counts. Must be the last thing a transaction does: whoever
    else writes to these branches waits until it ends.
    """
    newest = {(fact.kind, fact.id): fact for fact in facts}
    return put_known_facts(connection, [(fact, lookup_of(fact.kind, fact.body)) for fact in newest.values()])


def put_known_facts(connection: Connection[Any], facts: Sequence[KnownFact]) -> int:
    """`put_facts`, of facts each given once."""
    if not facts:
        return 0
    left, back = _moves(connection, facts)
    by_branch: dict[int, list[KnownFact]] = defaultdict(list)
    for known in facts:
        by_branch[known[0].branch].append(known)
    left_branch: dict[int, list[Departure]] = defaultdict(list)
    for departure in left:
        left_branch[departure[0]].append(departure)
    for branch in sorted({*by_branch, *left_branch}):
        _store_branch(connection, branch, by_branch[branch], left_branch[branch])
    if back:
        connection.cursor().executemany(_RETURN, back)
    return len(facts)


def _store_branch(
    connection: Connection[Any], branch: int, facts: Sequence[KnownFact], left: Sequence[Departure]
) -> None:
    count = len(facts) + len(left)
    row = connection.execute(
        "insert into tajzia.feed_counter as c (branch, last) values (%s, %s)"
        " on conflict (branch) do update set last = c.last + %s returning last",
        (branch, count, count),
    ).fetchone()
    assert row is not None
    sequence = int(row[0]) - count
    with connection.cursor() as cursor:
        if facts:
            cursor.execute(_STORE, (branch, *_columns(facts, sequence)))
            sequence += len(facts)
        if left:
            cursor.executemany(_DEPART, [(*one, sequence + at) for at, one in enumerate(left, 1)])
    connection.execute("select pg_notify('tajzia_feed', %s)", (str(branch),))


def _columns(facts: Sequence[KnownFact], sequence: int) -> tuple[list[Any], ...]:
    told = [fact for fact, _ in facts]
    found = [lookup for _, lookup in facts]
    return (
        [fact.kind.value for fact in told],
        [fact.id for fact in told],
        list(range(sequence + 1, sequence + 1 + len(told))),
        [fact.body.decode("utf-8") if fact.body is not None else None for fact in told],
        [lookup.parent_number for lookup in found],
        [lookup.made_by for lookup in found],
        [lookup.is_open for lookup in found],
        [lookup.booked_day for lookup in found],
        [f"{{{','.join(lookup.awaits)}}}" if lookup.awaits is not None else None for lookup in found],
        [lookup.device for lookup in found],
        [lookup.role for lookup in found],
    )


def _moves(connection: Connection[Any], facts: Iterable[KnownFact]) -> tuple[list[Departure], list[Departure]]:
    """Who no longer sees which of these facts, and who sees one again. Only requests ever move."""
    requests = {known[0].id: known for known in facts if known[0].kind is FactKind.REQUEST}
    if not requests:
        return [], []
    rows = connection.execute(
        "select id, branch, coalesce(awaits, '{}') from tajzia.fact where kind = 'request' and id = any(%s)"
        " order by id for update",
        (list(requests),),
    ).fetchall()
    left: list[Departure] = []
    back: list[Departure] = []
    for identity, old_branch, old_bodies in rows:
        fact, lookup = requests[identity]
        awaited = set(lookup.awaits or ())
        moved = old_branch != fact.branch
        if moved:
            left.append((old_branch, "", fact.kind.value, identity))
            back.append((fact.branch, "", fact.kind.value, identity))
        left += [(old_branch, body, fact.kind.value, identity) for body in old_bodies if moved or body not in awaited]
        back += [(fact.branch, body, fact.kind.value, identity) for body in awaited]
    return left, back
