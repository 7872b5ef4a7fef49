"""The two ends of a chain that no command makes: where it begins over what stood before, and where a restored centre
goes on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from psycopg import Connection

from desktop_app.application.ports.loading import Act, LoadedFact
from desktop_app.centre.chain import Addition, additions
from desktop_app.centre.chain_tables import lengthen_chain
from desktop_app.wire.audit import Cause, What
from desktop_app.wire.facts import FactKind

Admin = Connection[tuple[Any, ...]]

_AT_ONCE = 2_000
_NOT_VOUCHED = """
    select kind, id, body from tajzia.fact where branch = %s and vouched is null order by sequence limit %s
"""
_VOUCH = """
    update tajzia.fact f set digest = n.digest::numeric, vouched = n.vouched
    from unnest(%b::text[], %b::text[], %b::text[], %b::bigint[]) n (kind, id, digest, vouched)
    where f.kind = n.kind and f.id = n.id
"""


def begin_chains(admin: Admin) -> int:
    """Takes over into the chains what was stored before there were any; returns how many facts."""
    branches = admin.execute(
        "select c.branch from tajzia.feed_counter c where exists"
        " (select from tajzia.fact f where f.branch = c.branch and f.vouched is null) order by 1 for update"
    ).fetchall()
    return sum(_take_over(admin, branch) for (branch,) in branches)


def _take_over(admin: Admin, branch: int) -> int:
    taken = 0
    while rows := admin.execute(_NOT_VOUCHED, (branch, _AT_ONCE)).fetchall():
        facts = [
            LoadedFact(FactKind(kind), identity, branch, body.encode() if body is not None else None)
            for kind, identity, body in rows
        ]
        added = additions([Act(Cause(what=What.TAKEN_OVER), tuple(facts))], {})
        position = _lengthen(admin, branch, added.by_branch[branch])
        keys = [(fact.kind, fact.id) for fact in facts]
        digests = [added.digests[key] for key in keys]
        admin.execute(
            _VOUCH,
            (
                [kind.value for kind, _ in keys],
                [identity for _, identity in keys],
                [str(digest) if digest is not None else None for digest in digests],
                [position + added.places[key] for key in keys],
            ),
        )
        taken += len(facts)
    return taken


def begin_epoch(admin: Admin) -> str:
    """Names the centre's epoch anew, after it was restored from a backup: workstations read everything again and send
    what the backup does not hold. In each chain an entry says so; returns the name."""
    name = str(uuid4())
    with admin.transaction():
        row = admin.execute("select name from tajzia.epoch for update").fetchone()
        assert row is not None
        cause = Cause(what=What.EPOCH, epoch=name, epoch_before=row[0])
        branches = admin.execute("select branch from tajzia.feed_counter order by 1 for update").fetchall()
        for (branch,) in branches:
            _lengthen(admin, branch, Addition(drafts=[(cause, [])]))
        admin.execute("update tajzia.epoch set name = %s", (name,))
    return name


def _lengthen(admin: Admin, branch: int, addition: Addition) -> int:
    row = admin.execute("select position, head from tajzia.feed_counter where branch = %s", (branch,)).fetchone()
    assert row is not None
    position, head = row
    lengthen_chain(admin, branch, addition, position, bytes(head))
    return int(position)
