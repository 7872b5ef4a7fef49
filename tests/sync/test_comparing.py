"""Whatever is wrong in a replica is found at the end of a round, and mended without touching what is pending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop_app.domain.commands.lodge import Lodge
from desktop_app.storage.holdings import read_holdings
from desktop_app.sync.aftercare import Cared
from desktop_app.sync.comparing import Difference
from desktop_app.sync.replica import ANEW
from desktop_app.wire.digests import NOTHING, Holding
from desktop_app.wire.facts import FactKind
from tests.sync.fake_centre import FakeCentre
from tests.sync.stations import Station, said, visible
from tests.workplaces import content_for, parent_licence, sample_centre

Stations = Callable[..., Station]
LOGGED = pytest.mark.expects_log("what is held here was not what the centre holds")


@pytest.fixture
def centre() -> FakeCentre:
    """Requests in every status, so that there is something of every kind."""
    return sample_centre(each=1, spare_licences=6)


def plant(station: Station, *statements: str) -> None:
    """Writes past the store's own ways, as a bug would."""
    with station.store.writing() as writes:
        for statement in statements:
            assert writes.driver.execute(statement).rowcount > 0, statement


def lodging(station: Station, at: int) -> Lodge:
    """On the `at`-th licence that nobody has asked for yet."""
    free = len(station.centre.centre.requests)
    return Lodge(station.desk.new_request_id(), station.desk.next_reference(), content_for(free + at))


def care(station: Station) -> Cared:
    station.clock.pass_time(timedelta(minutes=10))
    cared = station.round().cared
    assert cared is not None
    return cared


def test_what_agrees_is_left_alone(station: Stations) -> None:
    one = station("K1")
    done = care(one)
    assert (done.compared.branches, done.compared.differences, done.history) == (3, (), ())
    tally = one.store.tally()
    assert (tally.care.compared_at, tally.care.mended) == (one.clock.now(), 0)


PLANTED = {
    "missing": "DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table} WHERE branch = 8)",
    "altered": "UPDATE {table} SET body = CAST(replace(CAST(body AS TEXT), '\":', '\": ') AS BLOB) WHERE {key} ="
    " (SELECT min({key}) FROM {table} WHERE branch = 8)",
}


@LOGGED
@pytest.mark.parametrize("what", PLANTED)
@pytest.mark.parametrize("kind", ["licence", "request", "event", "notice"])
def test_a_row_that_is_missing_or_another_is_found_and_fetched_anew(
    station: Stations, centre: FakeCentre, kind: str, what: str
) -> None:
    one = station("K1")
    plant(one, PLANTED[what].format(table=kind, key="number" if kind == "licence" else "id"))
    assert visible(one.store) != said(centre)
    (found,) = care(one).compared.differences
    assert found == Difference(8, FactKind(kind), missing=what == "missing", altered=what == "altered")
    assert visible(one.store) == said(centre)
    assert care(one).compared.differences == ()
    assert one.store.tally().care.mended == 1


@LOGGED
def test_a_row_too_many_is_taken_away(station: Stations, centre: FakeCentre) -> None:
    one = station("K1")
    plant(one, "INSERT INTO event SELECT 'e-mine', request_id, branch, at, body FROM event WHERE branch = 8 LIMIT 1")
    (found,) = care(one).compared.differences
    assert found == Difference(8, FactKind.EVENT, extra=1)
    assert visible(one.store) == said(centre)


@LOGGED
def test_a_row_in_the_wrong_branch_is_found_in_both(station: Stations, centre: FakeCentre) -> None:
    one = station("K1")
    plant(one, "UPDATE licence SET branch = 9 WHERE number = (SELECT min(number) FROM licence WHERE branch = 8)")
    found = care(one).compared.differences
    assert {(one.branch, one.kind) for one in found} == {(8, FactKind.LICENCE), (9, FactKind.LICENCE)}
    assert visible(one.store) == said(centre)
    assert care(one).compared.differences == ()


@LOGGED
def test_what_is_pending_stays_on_top_of_what_was_mended(station: Stations, centre: FakeCentre) -> None:
    one = station("K1")
    lodge = lodging(one, 0)
    one.give(lodge)
    plant(one, PLANTED["missing"].format(table="licence", key="number"))
    waiting = one.store.waiting(9)
    (found,) = care(one).compared.differences
    assert (found.kind, found.missing, found.unmended) == (FactKind.LICENCE, 1, False)
    assert one.find_request(lodge.request_id) is not None
    sent = one.store.tally()
    assert (len(waiting), sent.waiting, sent.sent) == (1, 0, 1)
    one.drain()
    assert visible(one.store) == said(centre)


def test_what_is_laid_on_top_counts_for_nothing(station: Stations) -> None:
    one = station("K1")
    before = one.store.held.holdings()
    one.give(lodging(one, 0))
    assert one.store.held.holdings() == before
    assert care(one).compared.differences == ()


@LOGGED
def test_sums_that_were_miscounted_here_are_counted_again(station: Stations, centre: FakeCentre) -> None:
    """A bug of the digest itself: every row is right, and the sum is not."""
    one = station("K1")
    plant(one, "UPDATE holding SET total = zeroblob(32) WHERE branch = 8 AND kind = 'event'")
    (found,) = care(one).compared.differences
    assert found == Difference(8, FactKind.EVENT, miscounted=True)
    assert care(one).compared.differences == ()


@LOGGED
def test_a_centre_that_disagrees_with_itself_is_told_and_nothing_is_read_anew(
    station: Stations, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = station("K1")
    from tests.sync import compared

    true_sum = compared.holding_of

    def off_by_one(rows: compared.Rows) -> Holding:
        held = true_sum(rows)
        return Holding(held.held, held.total + 1)

    with monkeypatch.context() as patch:
        patch.setattr(compared, "holding_of", off_by_one)
        patch.setattr(compared, "buckets", lambda rows, kind: {})
        found = care(one).compared.differences
    assert found != ()
    assert all(one.unmended for one in found)
    assert ANEW not in one.store.cursors().values()


@LOGGED
def test_where_buckets_do_not_help_the_branch_is_read_from_its_beginning_once_a_day(
    station: Stations, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = station("K1")
    plant(one, PLANTED["missing"].format(table="event", key="id"))
    with monkeypatch.context() as patch:
        patch.setattr(type(one.link()), "bucket", lambda *_: ())
        patch.setattr("desktop_app.storage.holdings.StoreHeld.bucket", lambda *_: {})
        (found,) = care(one).compared.differences
        assert found.unmended
        assert one.store.cursors()[8] == ANEW
        one.round()
        assert visible(one.store) == said(centre)
        plant(one, PLANTED["missing"].format(table="event", key="id"))
        care(one)
        assert one.store.cursors()[8] != ANEW, "not twice a day"


def test_a_branch_that_moves_on_meanwhile_is_caught_up_with(station: Stations, centre: FakeCentre) -> None:
    one = station("K1")
    moved: list[int] = []

    def meanwhile(name: str) -> None:
        if name == "holdings" and len(moved) < 2:
            moved.append(1)
            licence = parent_licence(500 + len(moved))
            from desktop_app.wire.codec import encode

            centre.publish(FactKind.LICENCE, licence.number, 8, encode(licence))

    link = one.link()
    link._before_call = meanwhile
    one.clock.pass_time(timedelta(minutes=10))
    cared = one.engine.round(link).cared
    assert cared is not None
    assert (cared.compared.branches, cared.compared.differences, len(moved)) == (3, (), 2)


def test_comparing_waits_its_time(station: Stations) -> None:
    one = station("K1")
    assert one.round().cared is None, "nothing came, and it is not ten minutes ago"
    one.give(lodging(one, 0))
    one.round()
    one.centre.decide_all()
    assert one.round().cared is None, "something came, and it is not a minute ago"
    one.clock.pass_time(timedelta(minutes=1))
    one.give(lodging(one, 1))
    one.round()
    one.centre.decide_all()
    assert one.round().cared is not None


def test_the_sums_follow_every_way_of_writing(station: Stations, centre: FakeCentre) -> None:
    """Given, decided, restored, left: at every step the sums are those of the rows that stand."""
    one = station("K1")

    def sums_are_right() -> None:
        with one.store.reading() as reads:
            kept = read_holdings(reads.driver)
        for branch in (0, 8, 9):
            for kind in FactKind:
                counted = one.store.held.buckets(branch, kind.value).values()
                held = Holding(sum(b.held for b in counted), sum(b.total for b in counted) % (1 << 256))
                assert kept.get((branch, kind.value), NOTHING) == held, (branch, kind)

    sums_are_right()
    backup = centre.backup()
    for at in range(3):
        one.give(lodging(one, at))
        sums_are_right()
        one.drain()
        sums_are_right()
    centre.restore(backup)
    one.round()
    sums_are_right()
    one.drain()
    sums_are_right()
    one.branches = (8,)
    one.round()
    sums_are_right()
