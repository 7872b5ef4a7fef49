"""A request that comes again is written by the columns that differ, and stands as if it had been written whole."""

from __future__ import annotations

import re

from desktop_app.domain.request import Request, Status
from desktop_app.storage.kinds import standing, taken
from desktop_app.storage.projection import request_row
from desktop_app.storage.store import Store
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind, FactRow
from tests.domain.journey import journey

_WAY = (Status.LODGED, Status.AWAITING_APPROVALS, Status.INSPECTION_SCHEDULED, Status.ISSUED, Status.LODGED)


def _store(store: Store, request: Request) -> tuple[int, list[str]]:
    """How many rows that changed, triggers' own among them, and the statements that changed requests."""
    with store.writing() as writes:
        row = FactRow(FactKind.REQUEST, request.id, request.branch, 1, encode(request))
        (before,) = writes.driver.execute("SELECT total_changes()").fetchone()
        told: list[str] = []
        writes.driver.set_trace_callback(told.append)  # type: ignore[attr-defined]
        writes.store([row])
        writes.driver.set_trace_callback(None)  # type: ignore[attr-defined]
        (after,) = writes.driver.execute("SELECT total_changes()").fetchone()
    return after - before, [one for one in told if one.startswith("UPDATE request SET")]


def test_what_stands_already_is_not_written_again(store: Store) -> None:
    request = journey(Status.LODGED, request_id="ra").request
    assert _store(store, request)[0] > 0
    assert _store(store, request) == (0, [])


def test_only_what_differs_is_written(store: Store) -> None:
    """Letters to the outside bodies change neither number nor parties nor the words it is found by."""
    walked = journey(Status.AWAITING_APPROVALS, request_id="ra")
    _store(store, walked.request)
    walked.write_letters()
    (changed,) = set(_store(store, walked.request)[1])  # it is traced again behind each of its triggers
    assert re.findall(r"(?:SET|,) (\w+) = ", changed) == ["desk", "paused", "counts", "body", "letter_day", "escalates"]


def test_on_its_way_a_request_stands_as_if_written_whole(store: Store) -> None:
    for status in _WAY:
        request = journey(status, request_id="ra").request
        _store(store, request)
        with store.reading() as reads:
            stands = reads.driver.execute(standing(FactKind.REQUEST), ("ra",)).fetchone()
            whole = request_row(request, encode(request), "", reads.reference().calendar)
        assert dict(zip(taken(FactKind.REQUEST), stands, strict=True)) == whole
