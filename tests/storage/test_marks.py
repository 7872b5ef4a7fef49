"""What a request shows of pending and refused commands is brought up to date without a walk through all requests."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.storage import writing
from desktop_app.storage.store import Store
from tests.store_key import STORE_KEY


@pytest.mark.parametrize("statement", writing._RECOUNT)
def test_recounting_walks_through_no_requests(tmp_path: Path, statement: str) -> None:
    store = Store.open(tmp_path / "store.db", STORE_KEY)
    with store.reading() as reads:
        plan = [row[-1] for row in reads.driver.execute(f"EXPLAIN QUERY PLAN {statement}")]
    store.close()
    assert [line for line in plan if "request" in line]
    assert not [line for line in plan if line.startswith("SCAN request") and "_with_" not in line]
