"""What a centre in memory answers when both sides compare what they hold: from rows, as the real one's functions do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from desktop_app.wire.digests import MODULUS, Holding, bucket_of, fact_digest
from desktop_app.wire.facts import EVERYWHERE, FactKind, FactRow
from desktop_app.wire.holdings import CentreHolding

CASE_WORK = (
    FactKind.LICENCE, FactKind.REQUEST, FactKind.EVENT, FactKind.NOTICE, FactKind.PAPER, FactKind.OUTCOME,
)  # fmt: skip
Rows = Iterable[FactRow]


def compared_kinds(sight: str, branch: int) -> tuple[FactKind, ...]:
    """As `tajzia.holdings` has them."""
    if branch == EVERYWHERE:
        here = (FactKind.REFERENCE, FactKind.STAFF)
        return (*here, FactKind.DUES, FactKind.BOOKING) if sight == "all" else here
    return {"all": CASE_WORK, "body": (FactKind.REQUEST,)}.get(sight, ())


_digest = lru_cache(maxsize=16_384)(fact_digest)
"""Bodies are few and asked for again and again."""


def holding_of(rows: Rows) -> Holding:
    digests = [_digest(row.kind, row.id, row.body) for row in rows if row.body is not None]
    return Holding(len(digests), sum(digests) % MODULUS)


def holdings(
    epoch: str, branches: Iterable[int], sight: str, last: Callable[[int], int], rows_of: Callable[[int], Rows]
) -> tuple[CentreHolding, ...]:
    """`rows_of` gives what a branch holds that is seen."""
    told = []
    for branch in branches:
        by_kind: dict[FactKind, list[FactRow]] = {kind: [] for kind in compared_kinds(sight, branch)}
        for row in rows_of(branch):
            if row.kind in by_kind:
                by_kind[row.kind].append(row)
        told += [CentreHolding(epoch, branch, last(branch), kind, holding_of(rows)) for kind, rows in by_kind.items()]
    return tuple(told)


def buckets(rows: Rows, kind: FactKind) -> Mapping[int, Holding]:
    grouped: dict[int, list[FactRow]] = {}
    for row in rows:
        if row.kind is kind and row.body is not None:
            grouped.setdefault(bucket_of(row.id), []).append(row)
    return {number: holding_of(found) for number, found in grouped.items()}


def bucket(rows: Rows, kind: FactKind, number: int) -> tuple[FactRow, ...]:
    return tuple(row for row in rows if row.kind is kind and row.body is not None and bucket_of(row.id) == number)
