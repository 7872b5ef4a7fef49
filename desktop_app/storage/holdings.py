"""What this device holds of each branch, in counts and sums of digests (`wire.digests`).

Triggers keep the sums for what stands in the tables, so no way of writing can forget them; what pending commands lay
on top is taken out again when the sums are read. They are of the centre's word alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from desktop_app.wire.digests import MODULUS, NOTHING, Holding, bucket_of, fact_digest, with_change

if TYPE_CHECKING:
    from desktop_app.storage.opening import Driver
    from desktop_app.storage.store import Store

_BYTES = 32
_SET = """
INSERT INTO holding (branch, kind, held, total) VALUES (?, ?, ?, ?)
ON CONFLICT (branch, kind) DO UPDATE SET held = excluded.held, total = excluded.total
"""


def changed_total(total: bytes, kind: str, identity: str, before: bytes | None, after: bytes | None) -> bytes:
    """The sum after a fact's body has become another; None where it stands no more, or did not."""
    value = int.from_bytes(total)
    if before is not None:
        value -= fact_digest(kind, identity, before)
    if after is not None:
        value += fact_digest(kind, identity, after)
    return (value % MODULUS).to_bytes(_BYTES)


def read_holdings(driver: Driver) -> Mapping[tuple[int, str], Holding]:
    """By branch and kind, of what the centre has said."""
    held = {
        (branch, kind): Holding(count, int.from_bytes(total))
        for branch, kind, count, total in driver.execute("SELECT branch, kind, held, total FROM holding")
    }
    for kind, identity, branch, body in driver.execute("SELECT kind, id, branch, body FROM base").fetchall():
        shown = driver.execute(_standing(kind), (identity,)).fetchone()
        if shown is not None:
            _change(held, shown[0], kind, fact_digest(kind, identity, shown[1]), None)
        if body is not None:
            _change(held, branch, kind, None, fact_digest(kind, identity, body))
    return {key: holding for key, holding in held.items() if holding != NOTHING}


class StoreHeld:
    """`sync.replica.Held` over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def holdings(self) -> tuple[Mapping[int, int], Mapping[tuple[int, str], Holding]]:
        with self._store.glancing() as driver:
            cursors = dict(driver.execute("SELECT branch, reached FROM cursor").fetchall())
            return cursors, read_holdings(driver)

    def buckets(self, branch: int, kind: str) -> Mapping[int, Holding]:
        buckets: dict[int, Holding] = {}
        with self._store.glancing() as driver:
            for identity, digest in said(driver, branch, kind):
                bucket = bucket_of(identity)
                buckets[bucket] = with_change(buckets.get(bucket, NOTHING), None, digest)
        return buckets

    def bucket(self, branch: int, kind: str, bucket: int) -> Mapping[str, int]:
        with self._store.glancing() as driver:
            return {one: digest for one, digest in said(driver, branch, kind) if bucket_of(one) == bucket}


def said(driver: Driver, branch: int, kind: str) -> Iterator[tuple[str, int]]:
    """Id and digest of every fact of a kind that the centre has said of a branch, pending commands' effects aside."""
    beneath = {
        identity: (of, body)
        for identity, of, body in driver.execute("SELECT id, branch, body FROM base WHERE kind = ?", (kind,))
    }
    for identity, body in driver.execute(f"SELECT {key_of(kind)}, body FROM {kind} WHERE branch = ?", (branch,)):
        if identity not in beneath:
            yield identity, fact_digest(kind, identity, body)
    for identity, (of, body) in beneath.items():
        if of == branch and body is not None:
            yield identity, fact_digest(kind, identity, body)


def count_again(driver: Driver, branch: int, kind: str) -> None:
    """Makes the sums of a branch anew from what stands in its table."""
    held, total = 0, bytes(_BYTES)
    for identity, body in driver.execute(f"SELECT {key_of(kind)}, body FROM {kind} WHERE branch = ?", (branch,)):
        held, total = held + 1, changed_total(total, kind, identity, None, body)
    driver.execute(_SET, (branch, kind, held, total))


def _change(
    held: dict[tuple[int, str], Holding], branch: int, kind: str, before: int | None, after: int | None
) -> None:
    held[branch, kind] = with_change(held.get((branch, kind), NOTHING), before, after)


def _standing(kind: str) -> str:
    return f"SELECT branch, body FROM {kind} WHERE {key_of(kind)} = ?"


def key_of(kind: str) -> str:
    """The column that a fact of this kind is known by. (The tables of facts are named as their kinds are.)"""
    return "number" if kind == "licence" else "id"
