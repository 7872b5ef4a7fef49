"""The filled store is one that the program itself could have written."""

from __future__ import annotations

from pathlib import Path

from desktop_app.application.ports.queue import QueueFilter, QueueView
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from tests.bench.filling import fill_store
from tests.domain.builders import NOW
from tests.store_key import STORE_KEY


def test_a_filled_store_lists_counts_searches_and_opens(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.db", STORE_KEY)
    fill_store(store, 500, licences=20)
    queries = StoreQueries(store)
    counts = queries.queue_counts(NOW, None)
    assert counts[QueueView.ALL_OPEN] + counts[QueueView.ENDED] == 500
    page = queries.queue_page(QueueFilter(QueueView.ENDED, NOW), None, 50)
    assert len(page.rows) == 50
    row = page.rows[0]
    found = queries.queue_page(QueueFilter(QueueView.ENDED, NOW, text=row.number), None, 50)
    assert [one.id for one in found.rows] == [row.id]
    request = queries.get_request(row.id).request
    assert (request.id, request.number, request.plan.parent_number) == (row.id, row.number, row.parent_number)
    assert queries.genealogy(row.parent_number).licence.trade_name == row.trade_name
    with store.writing() as writes:
        writes.driver.execute("UPDATE request SET words = 'B1x جديد' WHERE id = ?", (row.id,))
    assert [hit.id for hit in queries.search("جديد", 5)] == [row.id]
    store.close()
