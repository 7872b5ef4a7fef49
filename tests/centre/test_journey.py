"""The whole way of the card over the wire: only `submit` in, only `pull` and `fetch_paper` out."""

from __future__ import annotations

import hashlib
from typing import cast

import pytest

from desktop_app.domain.notices import NoticeKind
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from tests.centre.wire_centre import WireCentre
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey
from tests.postgres_fixture import SampleCentre

DESKS = {"clerk": "K1", "assessor": "K2", "inspector": "L1", "supervisor": "S1", "cashier": "K1"}


def walk(centre: SampleCentre, to: Status) -> WireCentre:
    wire = WireCentre(centre, DESKS)
    journey(to, cast(Centre, wire))
    return wire


def test_the_centre_ends_where_the_rules_alone_end(centre: SampleCentre) -> None:
    """Same commands, same clock: the facts are what `decide` says without any database between."""
    wire = walk(centre, Status.DELIVERED)
    alone = journey(Status.DELIVERED).centre
    ours, theirs = wire.requests["r1"], alone.requests["r1"]
    assert ours.intake == theirs.intake
    assert ours.visits == theirs.visits
    assert ours.fees == theirs.fees
    assert ours.issue == theirs.issue
    assert ours.number == theirs.number == "R-2026-08-000001"
    assert wire.licences == alone.licences
    assert [(e.by, e.action, e.before, e.after) for e in wire.events] == [
        (e.by, e.action, e.before, e.after) for e in alone.events
    ]
    assert [(n.id, n.args) for n in wire.notices] == [(n.id, n.args) for n in alone.notices]


def test_children_take_the_next_numbers_and_the_area_is_conserved(centre: SampleCentre) -> None:
    wire = walk(centre, Status.ISSUED)
    request = wire.requests["r1"]
    numbers = [issued.number for issued in request.issue.licences]
    assert numbers == ["L-2026-08-000001", "L-2026-08-000002", "L-2024-08-000001"]
    assert sum(int(wire.licences[number].area) for number in numbers) == 20_000


def test_papers_are_the_same_bytes_for_everyone(centre: SampleCentre) -> None:
    wire = walk(centre, Status.ISSUED)
    kinds = sorted(paper.kind for paper in wire.papers)
    assert kinds == ["certificate", "certificate", "certificate", "letter", "letter", "receipt"]
    for paper in wire.papers:
        seen = {wire.hand(login).link.fetch_paper(paper.id) for login in DESKS}
        (content,) = seen
        assert content is not None
        assert hashlib.sha256(content).hexdigest() == paper.id
        assert len(content) == paper.size


def test_every_notice_is_in_arabic_and_names_the_request(centre: SampleCentre) -> None:
    wire = walk(centre, Status.ISSUED)
    assert [notice.kind for notice in wire.notices] == [
        NoticeKind.ACCEPTED,
        NoticeKind.APPROVAL_NEEDED,
        NoticeKind.INSPECTION_SCHEDULED,
        NoticeKind.FEES_DUE,
        NoticeKind.LICENCE_ISSUED,
    ]
    for notice in wire.notices:
        assert notice.text_ar.startswith("أمانة عمان")
        assert "R-2026-08-000001" in notice.text_ar
        assert "{" not in notice.text_ar


@pytest.mark.parametrize("status", [Status.REFUNDED, Status.RECTIFICATION, Status.REFUSED_BY_BODY])
def test_the_ways_aside_end_the_same(centre: SampleCentre, status: Status) -> None:
    wire = walk(centre, status)
    assert status_of(wire.requests["r1"]) is status
    assert wire.licences == journey(status).centre.licences
