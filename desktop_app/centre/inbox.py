"""The inbox, from the registrar's side: which submissions come next, and what becomes of them."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from desktop_app.application.ports.centre import Submission
from desktop_app.wire.envelope import Signed

# Each device's commands in its own sequence; of the devices, the one whose next command waits longest. (Not the one
# whose oldest waits longest: a device that sends ever lower sequences would keep its oldest back, and all others out.)
# The devices with something waiting are found by a few looks into an index, however much of it there is; and a device
# that is not among the first `most` has nothing among the next `most` commands.
_NEXT = """
    with recursive waiting (device) as (
        (select o.device from tajzia.inbox o where o.state = 'waiting' order by o.device limit 1)
        union all
        select (select o.device from tajzia.inbox o where o.state = 'waiting' and o.device > w.device
                order by o.device limit 1)
        from waiting w where w.device is not null
    ), first as (
        select w.device
        from waiting w
        cross join lateral (
            select o.arrival from tajzia.inbox o
            where o.state = 'waiting' and o.device = w.device order by o.sequence limit 1
        ) head
        order by head.arrival limit %(most)s
    )
    select f.device, o.command_id, o.arrival
    from first f
    cross join lateral (
        select i.command_id, i.arrival, i.sequence from tajzia.inbox i
        where i.state = 'waiting' and i.device = f.device order by i.sequence limit %(most)s
    ) o
    order by f.device, o.sequence
"""
_TAKE = """
    select i.command_id, i.device, i.sequence, d.branch, i.payload, i.signature, i.submitted_at, i.clock_ahead
    from tajzia.inbox i join tajzia.device d on d.id = i.device
    where i.command_id = any(%s) and i.state = 'waiting'
    order by i.command_id
    for update of i
"""


def next_submissions(connection: Connection[Any], most: int) -> list[Submission]:
    """The next commands to decide, in their order, locked until the transaction ends."""
    by_device: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for device, command_id, arrival in connection.execute(_NEXT, {"most": most}).fetchall():
        by_device[device].append((arrival, command_id))
    order = _merged(list(by_device.values()), most)
    if not order:
        return []
    taken = {
        command_id: Submission(
            command_id,
            device,
            int(sequence),
            int(branch),
            Signed(payload=payload, signature=signature),
            received.astimezone(UTC),
            ahead,
        )
        for command_id, device, sequence, branch, payload, signature, received, ahead in connection.execute(
            _TAKE, (order,)
        )
    }
    return [taken[command_id] for command_id in order if command_id in taken]


def _merged(rows: Sequence[Sequence[tuple[int, str]]], most: int) -> list[str]:
    """Takes from the rows, each in its own order, the head that came first, again and again."""
    heads = [(row[0][0], at, 0) for at, row in enumerate(rows)]
    heapq.heapify(heads)
    order: list[str] = []
    while heads and len(order) < most:
        _, at, place = heads[0]
        order.append(rows[at][place][1])
        if place + 1 < len(rows[at]):
            heapq.heapreplace(heads, (rows[at][place + 1][0], at, place + 1))
        else:
            heapq.heappop(heads)
    return order


def mark_all_decided(connection: Connection[Any], decided: Sequence[tuple[str, datetime]]) -> None:
    connection.execute(
        "update tajzia.inbox i set state = 'decided', decided_at = d.at"
        " from unnest(%s::text[], %s::timestamptz[]) d (id, at) where i.command_id = d.id",
        ([one for one, _ in decided], [at for _, at in decided]),
    )


def quarantine(connection: Connection[Any], command_id: str, reason: str, reference: str, at: datetime) -> None:
    connection.execute(
        "update tajzia.inbox set state = 'quarantined', reason = %s, reference = %s, decided_at = %s"
        " where command_id = %s",
        (reason, reference, at, command_id),
    )
