"""Documents that were begun and never finished, at the centre: how long they stay there."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from desktop_app.centre.steward import Steward
from desktop_app.centre.unfinished import UNFINISHED_FOR, UnfinishedDocuments
from desktop_app.sync.attachments import WHOLE
from tests.domain.builders import NOW
from tests.postgres_fixture import SampleCentre

OLD, NEW = b"%PDF-1.7 an old one", b"%PDF-1.7 a newer one"
SECOND = timedelta(seconds=1)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def begun(centre: SampleCentre, content: bytes, *pieces_at: datetime) -> None:
    """The first bytes of a document from K1, one with each of these moments."""
    for start, sent_at in enumerate(pieces_at):
        link = centre.connect("clerk", "K1")
        assert link.put_attachment(digest_of(content), len(content), start, content[start : start + 1]) == start + 1
        dated = "update tajzia.attachment_part set sent_at = %s where digest = %s and start = %s returning 1"
        assert centre.query(dated, sent_at, digest_of(content), start) == [(1,)]


def lying(centre: SampleCentre) -> list[tuple[Any, ...]]:
    return centre.query("select digest, count(*) from tajzia.attachment_part group by digest order by 2")


def test_what_nobody_goes_on_with_is_thrown_away_and_can_be_begun_anew(centre: SampleCentre) -> None:
    begun(centre, OLD, NOW - UNFINISHED_FOR - SECOND, NOW - UNFINISHED_FOR - SECOND)
    begun(centre, NEW, NOW - UNFINISHED_FOR - SECOND, NOW - UNFINISHED_FOR + SECOND, NOW)
    steward = Steward(centre.registrar_conninfo, None, lambda: NOW)
    centre.at_end(steward.close)
    steward.work()
    assert lying(centre) == [(digest_of(NEW), 3)]
    link = centre.connect("clerk", "K1")
    assert link.held_attachments([digest_of(OLD), digest_of(NEW)]) == {digest_of(OLD): 0, digest_of(NEW): 3}
    assert link.put_attachment(digest_of(OLD), len(OLD), 0, OLD) == WHOLE
    assert link.put_attachment(digest_of(NEW), len(NEW), 3, NEW[3:]) == WHOLE


def test_it_is_looked_for_once_an_hour(centre: SampleCentre) -> None:
    begun(centre, OLD, NOW - UNFINISHED_FOR)
    with psycopg.connect(centre.registrar_conninfo, autocommit=True) as connection:
        unfinished = UnfinishedDocuments()
        soon, later = NOW + timedelta(minutes=59), NOW + timedelta(hours=1)
        assert [unfinished.drop_old(connection, at) for at in (NOW, soon, later)] == [0, 0, 1]
    assert lying(centre) == []


def test_nothing_is_taken_from_under_a_device_that_goes_on_just_now(centre: SampleCentre) -> None:
    ((today,),) = centre.query("select now()")  # a piece is dated by the centre
    begun(centre, OLD, today - UNFINISHED_FOR - SECOND)
    link = centre.connect("clerk", "K1")
    with psycopg.connect(centre.registrar_conninfo, autocommit=True) as connection:
        with link.session.transaction():
            assert link.put_attachment(digest_of(OLD), len(OLD), 1, OLD[1:2]) == 2
            assert UnfinishedDocuments().drop_old(connection, today) == 0
        assert UnfinishedDocuments().drop_old(connection, today) == 0, "it has a piece of today's"
    assert lying(centre) == [(digest_of(OLD), 2)]


@pytest.mark.parametrize("login", ["clerk", "administrator"])
def test_only_the_registrar_may(centre: SampleCentre, login: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        centre.raw(login).execute("select tajzia.drop_unfinished_documents(now())")
