"""A page of the queue out of a million requests: through the repository, and by the plain SQLite statement on the same
encrypted file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from desktop_app.application.ports.queue import QueueFilter, QueueKey, QueueView
from desktop_app.storage.opening import Connection, open_reader
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from tests.bench.filling import fill_store
from tests.bench.row import Row, side_by_side
from tests.domain.builders import NOW
from tests.store_key import STORE_KEY

REQUESTS = 1_000_000
PAGE = 100
ROUNDS = 200
_COLUMNS = (
    "id, number, applicant_ar, parent_number, trade_name, branch, status, desk, due, paused, holder, pending, refused,"
    " lodged_at"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A page that a clerk asks for, and the statement that someone would write by hand for just this page."""

    wanted: QueueFilter
    sql: str
    given: Sequence[object]
    after: QueueKey | None = None


def cases(halfway: QueueKey) -> tuple[Case, ...]:
    """The first page of all that is open, of one branch, one desk's view, and a page in the middle."""
    everything = QueueFilter(QueueView.ALL_OPEN, NOW)
    ordered = f"ORDER BY due, id LIMIT {PAGE}"
    return (
        Case(everything, f"SELECT {_COLUMNS} FROM request WHERE is_open = 1 {ordered}", ()),
        Case(
            QueueFilter(QueueView.ALL_OPEN, NOW, branch=8),
            f"SELECT {_COLUMNS} FROM request WHERE is_open = 1 AND branch = ? {ordered}",
            (8,),
        ),
        Case(
            QueueFilter(QueueView.AWAITING_PAYMENT, NOW),
            f"SELECT {_COLUMNS} FROM request WHERE queue = ? {ordered}",
            (QueueView.AWAITING_PAYMENT.value,),
        ),
        Case(
            everything,
            f"SELECT {_COLUMNS} FROM request WHERE is_open = 1 AND (due, id) > (?, ?) {ordered}",
            (halfway.due, halfway.id),
            halfway,
        ),
    )


class RowsDifferError(AssertionError):
    """The two did not fetch the same rows: there is nothing to compare."""


def queue_page(requests: int = REQUESTS, rounds: int = ROUNDS) -> Row:
    """Goal: three times the plain statement. The figure is of four pages, microseconds for one."""
    with tempfile.TemporaryDirectory(prefix="tajzia-bench-") as folder:
        file = Path(folder) / "store.db"
        store = Store.open(file, STORE_KEY)
        try:
            # Bodies are never read by a list, and would make the file five times as large.
            fill_store(store, requests, bodies=False)
            plain = open_reader(file, STORE_KEY)
            try:
                ours, peer = _measure(StoreQueries(store), plain, requests, rounds)
            finally:
                plain.close()
        finally:
            store.close()
    return Row(
        name=f"queue page of {requests:,} requests",
        ours=ours,
        peer=peer,
        peer_name="the same rows by plain SQLite (SQLCipher)",
        unit="µs",
        goal=3.0,
    )


def _measure(queries: StoreQueries, plain: Connection, requests: int, rounds: int) -> tuple[float, float]:
    middle = "SELECT due, id FROM request WHERE is_open = 1 ORDER BY due, id LIMIT 1 OFFSET ?"
    count = plain.execute("SELECT count(*) FROM request WHERE is_open = 1").fetchone()[0]
    asked = cases(QueueKey(*plain.execute(middle, (count // 2,)).fetchone()))
    for case in asked:
        mine = [row.id for row in queries.queue_page(case.wanted, case.after, PAGE).rows]
        theirs = [row[0] for row in plain.execute(case.sql, case.given)]
        if mine != theirs or not mine:
            raise RowsDifferError(f"{case.wanted}: {len(mine)} rows, and {len(theirs)}")

    def ours() -> None:
        for case in asked:
            queries.queue_page(case.wanted, case.after, PAGE)

    def peer() -> None:
        for case in asked:
            plain.execute(case.sql, case.given).fetchall()

    return side_by_side(lambda: _micro(ours, len(asked)), lambda: _micro(peer, len(asked)), rounds)


def _micro(done: Callable[[], None], times: int) -> float:
    began = perf_counter()
    done()
    return (perf_counter() - began) * 1e6 / times
