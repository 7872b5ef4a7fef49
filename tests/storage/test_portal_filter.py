"""The queue's filter for what the municipality's website lodged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.application.ports.queue import QueueFilter, QueueView
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from desktop_app.sync.engine import Engine
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.domain.builders import NOW
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeLink
from tests.workplaces import sample_centre


def _never(*_: object) -> Any:
    raise AssertionError("nothing is pending here")


def test_it_leaves_what_the_portal_lodged_before_and_after_acceptance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = sample_centre(each=1)
    walked: dict[Status, Request] = {status_of(one): one for one in centre.centre.requests.values()}
    lodged, visited = walked[Status.LODGED], walked[Status.TO_SCHEDULE]
    named = replace(lodged.plan.children[0], trade_name="مقهى WEB-000003")
    other = replace(
        walked[Status.FEES_TO_ASSESS], id="q3", plan=replace(lodged.plan, children=(named,)), reference="K1-000003"
    )
    for one in (
        replace(lodged, id="q1", reference="WEB-000001"),
        replace(visited, id="q2", reference="WEB-000002"),
        other,
    ):
        centre.publish(FactKind.REQUEST, one.id, one.branch, encode(one))
    store = Store.open(tmp_path / "store.db", STORE_KEY)
    try:
        engine: Engine[Any] = Engine(store, _never, lambda: NOW)
        engine.round(FakeLink(centre, "clerk", "K1"))
        queries = StoreQueries(store)
        wanted = QueueFilter(QueueView.ALL_OPEN, NOW, from_portal=True)
        for few in (2000, -1):  # hits are sorted, or the list is walked through
            monkeypatch.setattr("desktop_app.storage.queue.FEW", few)
            assert {row.id for row in queries.queue_page(wanted, None, 50).rows} == {"q1", "q2"}
            narrow = replace(wanted, view=QueueView.NEW, status=Status.LODGED, branch=lodged.branch)
            assert [row.id for row in queries.queue_page(narrow, None, 50).rows] == ["q1"]
    finally:
        store.close()
