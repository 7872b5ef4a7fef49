"""The one way into the feed: facts are stored, then their branches' counters give them sequences.

A branch's counter row stays locked until the transaction ends and is taken last, so sequences of one branch are
committed in their order and a reader of "after N" never misses one. Branches are taken in the order of their
numbers, so that two writers cannot wait for each other. Under the same lock the branch's audit chain grows, and what
is told of all that it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg import Connection

from desktop_app.application.ports.loading import Act, LoadedFact
from desktop_app.centre.chain import Addition, Additions, Key, Stood, additions
from desktop_app.centre.chain_tables import lengthen_chain
from desktop_app.centre.lookups import Lookup, lookup_of
from desktop_app.wire.audit import LOADED, Cause
from desktop_app.wire.facts import FactKind

# An array of arrays would have to be a rectangle: the awaited bodies travel as a text each.
_STORE = """
    insert into tajzia.fact (kind, id, branch, sequence, body, parent_number, made_by, is_open, booked_day, awaits,
                             device, role, digest, vouched)
    select n.kind, n.id, %s, n.sequence, n.body, n.parent_number, n.made_by, n.is_open, n.booked_day,
           n.awaits::text[], n.device, n.role, n.digest::numeric, n.vouched
    from unnest(%b::text[], %b::text[], %b::bigint[], %b::text[], %b::text[], %b::text[], %b::boolean[], %b::date[],
                %b::text[], %b::text[], %b::text[], %b::text[], %b::bigint[])
         n (kind, id, sequence, body, parent_number, made_by, is_open, booked_day, awaits, device, role, digest,
            vouched)
    on conflict (kind, id) do update set branch = excluded.branch, sequence = excluded.sequence, body = excluded.body,
        parent_number = excluded.parent_number, made_by = excluded.made_by, is_open = excluded.is_open,
        booked_day = excluded.booked_day, awaits = excluded.awaits, device = excluded.device,
        role = excluded.role, digest = excluded.digest, vouched = excluded.vouched
"""
_DEPART = """
    insert into tajzia.departure (branch, body, kind, id, sequence) values (%s, %s, %s, %s, %s)
    on conflict (branch, body, kind, id) do update set sequence = excluded.sequence
"""
_RETURN = "delete from tajzia.departure where branch = %s and body = %s and kind = %s and id = %s"

Departure = tuple[int, str, str, str]
"""Branch, outside body ("" for everyone of the branch), kind and id of a fact that is no longer theirs to see."""


_KINDS = {kind.value: kind for kind in FactKind}

KnownFact = tuple[LoadedFact, Lookup]
"""A fact with what it is looked up by."""


def put_facts(connection: Connection[Any], facts: Iterable[LoadedFact], cause: Cause = LOADED) -> int:
    """Stores facts in the running transaction, each in place of the one of its kind and id; returns how many.

    Of several with the same kind and id the last one counts. Must be the last thing a transaction does: whoever
    else writes to these branches waits until it ends.
    """
    newest = {(fact.kind, fact.id): fact for fact in facts}
    known = [(fact, lookup_of(fact.kind, fact.body)) for fact in newest.values()]
    return put_known_facts(connection, known, [Act(cause, tuple(newest.values()))])


def put_known_facts(connection: Connection[Any], facts: Sequence[KnownFact], acts: Sequence[Act]) -> int:
    """`put_facts`, of facts each given once, as they stand after all of these acts."""
    if not facts:
        return 0
    rows = _stood(connection, facts)
    left, back = _moves(facts, rows)
    added = additions(acts, {key: stood for key, (stood, _) in rows.items()})
    by_branch: dict[int, list[KnownFact]] = defaultdict(list)
    for known in facts:
        by_branch[known[0].branch].append(known)
    left_branch: dict[int, list[Departure]] = defaultdict(list)
    for departure in left:
        left_branch[departure[0]].append(departure)
    for branch in sorted({*by_branch, *left_branch, *added.by_branch}):
        _store_branch(connection, branch, by_branch[branch], left_branch[branch], added)
    if back:
        connection.cursor().executemany(_RETURN, back)
    return len(facts)


def _store_branch(
    connection: Connection[Any], branch: int, facts: Sequence[KnownFact], left: Sequence[Departure], added: Additions
) -> None:
    count = len(facts) + len(left)
    row = connection.execute(
        "insert into tajzia.feed_counter as c (branch, last) values (%s, %s)"
        " on conflict (branch) do update set last = c.last + %s returning last, position, head",
        (branch, count, count),
    ).fetchone()
    assert row is not None
    last, position, head = row
    sequence = int(last) - count
    with connection.pipeline(), connection.cursor() as cursor:
        if facts:
            cursor.execute(_STORE, (branch, *_columns(facts, sequence, position, added)))
            sequence += len(facts)
        if left:
            cursor.executemany(_DEPART, [(*one, sequence + at) for at, one in enumerate(left, 1)])
        lengthen_chain(connection, branch, added.by_branch.get(branch, Addition()), position, bytes(head))
        cursor.execute("select pg_notify('tajzia_feed', %s)", (str(branch),))


def _columns(facts: Sequence[KnownFact], sequence: int, position: int, added: Additions) -> tuple[list[Any], ...]:
    told = [fact for fact, _ in facts]
    found = [lookup for _, lookup in facts]
    digests = [added.digests[fact.kind, fact.id] for fact in told]
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
        [str(digest) if digest is not None else None for digest in digests],
        [position + added.places[fact.kind, fact.id] for fact in told],
    )


def _stood(connection: Connection[Any], facts: Sequence[KnownFact]) -> dict[Key, tuple[Stood, frozenset[str]]]:
    """How these facts stand, those that do, and which outside bodies each awaits. They stay locked."""
    rows = connection.execute(
        "select f.kind, f.id, f.branch, f.digest::text, coalesce(f.awaits, '{}') from tajzia.fact f"
        " where (f.kind, f.id) in (select * from unnest(%b::text[], %b::text[])) order by f.kind, f.id for update",
        ([fact.kind.value for fact, _ in facts], [fact.id for fact, _ in facts]),
    ).fetchall()
    return {
        (_KINDS[kind], identity): (Stood(branch, int(digest) if digest is not None else None), frozenset(awaits))
        for kind, identity, branch, digest, awaits in rows
    }


def _moves(
    facts: Iterable[KnownFact], rows: Mapping[Key, tuple[Stood, frozenset[str]]]
) -> tuple[list[Departure], list[Departure]]:
    """Who no longer sees which of these facts, and who sees one again."""
    left: list[Departure] = []
    back: list[Departure] = []
    for fact, lookup in facts:
        kind, identity = fact.kind.value, fact.id
        awaited = frozenset(lookup.awaits or ())
        back += [(fact.branch, body, kind, identity) for body in sorted(awaited)]
        if (fact.kind, identity) not in rows:
            continue
        stood, old_bodies = rows[fact.kind, identity]
        moved = stood.branch != fact.branch
        if moved:
            left.append((stood.branch, "", kind, identity))
            back.append((fact.branch, "", kind, identity))
        left += [(stood.branch, body, kind, identity) for body in sorted(old_bodies if moved else old_bodies - awaited)]
    return left, back
