"""The audit chain's tables, inside a transaction that holds the branch's counter."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from desktop_app.centre.chain import Addition
from desktop_app.wire.digests import MODULUS

_ENTRIES = """
    insert into tajzia.audit (branch, position, command_id, previous, record, hash)
    select %s, e.* from unnest(%b::bigint[], %b::text[], %b::bytea[], %b::text[], %b::bytea[]) e
"""
_HOLDING = f"""
    insert into tajzia.holding as h (branch, kind, held, total)
    select %s, n.kind, n.held, n.total::numeric from unnest(%b::text[], %b::bigint[], %b::text[]) n (kind, held, total)
    on conflict (branch, kind) do update
        set held = h.held + excluded.held, total = mod(h.total + excluded.total, {MODULUS})
"""
_HEAD = "update tajzia.feed_counter set position = %s, head = %s where branch = %s"


def lengthen_chain(connection: Connection[Any], branch: int, addition: Addition, position: int, head: bytes) -> None:
    """Adds to the chain of `branch`, which stands at `position` with hash `head`."""
    entries = addition.entries(branch, position, head)
    if not entries:
        return
    connection.execute(
        _ENTRIES,
        (
            branch,
            [one.position for one in entries],
            [one.command_id for one in entries],
            [one.previous for one in entries],
            [one.record.decode("utf-8") for one in entries],
            [one.hash for one in entries],
        ),
    )
    changes = sorted(addition.changes.items())
    if changes:
        connection.execute(
            _HOLDING,
            (
                branch,
                [kind.value for kind, _ in changes],
                [change.held for _, change in changes],
                [str(change.total) for _, change in changes],
            ),
        )
    connection.execute(_HEAD, (entries[-1].position, entries[-1].hash, branch))
