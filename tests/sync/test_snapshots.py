"""A workstation that is new takes over what stands in chunks, goes on where it broke off, and then follows the feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.application.provisional import decide_again
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.licence import Licence
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.centre_link import CentreUnreachableError
from desktop_app.sync.engine import Engine
from desktop_app.sync.progress import Bootstrap, ProgressBoard
from desktop_app.sync.replica import ANEW
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain.builders import NOW
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeCentre, FakeLink
from tests.sync.stations import Cut, Station, said, visible
from tests.workplaces import content_for, parent_licence, sample_centre


class Newcomer:
    """A store with nothing in it, and an engine that tells how far it is."""

    def __init__(self, file: Path, centre: FakeCentre, page: int | None = None) -> None:
        self.store = Store.open(file, STORE_KEY)
        self.board = ProgressBoard()
        self.told: list[Bootstrap | None] = []
        self.board.listen(lambda: self.told.append(self.board.find()))
        self.engine: Engine[ReplicaWrites] = Engine(self.store, decide_again, lambda: NOW, self.board)
        self.cut = Cut()
        self.link = FakeLink(centre, "clerk", "K9", (8, 9), self.cut, page=page)

    def searched(self, text: str) -> list[str]:
        return [row.number for row in StoreQueries(self.store).licence_page(text, None, None, 500).rows]


@pytest.fixture
def filled() -> FakeCentre:
    """A request in every status, and enough licences that the index is built for many at once."""
    return sample_centre(each=1, spare_licences=90)


def _in_step(store: Store) -> None:
    """Raises where an index does not hold exactly what the tables say."""
    with store.writing() as writes:
        for table in ("request", "licence", "notice"):
            writes.driver.execute(f"INSERT INTO {table}_search({table}_search, rank) VALUES ('integrity-check', 1)")


def test_a_new_workstation_holds_and_finds_all_that_stands(tmp_path: Path, filled: FakeCentre) -> None:
    one = Newcomer(tmp_path / "new.db", filled)
    one.engine.round(one.link)
    assert visible(one.store) == said(filled)
    assert "snapshot" in one.cut.calls
    wanted = decode(next(iter(filled.feed[8].values())).body or b"", Licence)
    assert one.searched(wanted.number) == [wanted.number]
    trades = {row.trade_name for row in StoreQueries(one.store).licence_page("", 8, None, 500).rows}
    assert len(one.searched("المعرفة")) > 10
    assert len(trades) > 1
    _in_step(one.store)
    assert one.store.snapshots() == {}
    one.store.close()


def test_progress_is_told_from_nothing_to_all_and_then_no_more(tmp_path: Path, filled: FakeCentre) -> None:
    one = Newcomer(tmp_path / "new.db", filled, page=30)
    one.engine.round(one.link)
    shares = [told.share for told in one.told if told is not None]
    assert (shares[0], shares[-1]) == (0, 1)
    assert shares == sorted(shares)
    assert len(shares) > 4
    assert one.told[-1] is None
    one.told.clear()
    one.engine.round(one.link)
    assert one.told == []
    one.store.close()


def test_a_snapshot_that_breaks_off_anywhere_goes_on_from_there(tmp_path: Path, filled: FakeCentre) -> None:
    file, rounds, whole = tmp_path / "new.db", 0, False
    while not whole:
        # As after a fresh start: nothing is remembered but what lies in the store.
        one = Newcomer(file, filled, page=10)
        one.cut.after = 7
        try:
            one.engine.round(one.link)
            whole = True
        except CentreUnreachableError:
            one.store.close()
        rounds += 1
        assert rounds < 40, "it begins again and again"
    assert rounds > 5
    assert visible(one.store) == said(filled)
    _in_step(one.store)
    one.store.close()


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path, filled: FakeCentre) -> None:
    one = Newcomer(tmp_path / "new.db", filled, page=10)
    one.cut.after = 12
    with pytest.raises(CentreUnreachableError):
        one.engine.round(one.link)
    cursors = one.store.cursors()
    taken = sum(held.done for held in one.store.snapshots().values() if cursors[held.branch] == ANEW)
    assert taken > 10
    one.cut.after = None
    one.told.clear()
    one.engine.round(one.link)
    begun = next(told for told in one.told if told is not None)
    assert begun.done == taken
    one.store.close()


def test_what_changes_while_it_is_fetched_comes_with_the_feed(tmp_path: Path, filled: FakeCentre) -> None:
    """Renamed, moved on, deleted: behind the cursor of the snapshot or before it, all of it arrives, and nothing that
    was deleted comes back."""
    one = Newcomer(tmp_path / "new.db", filled, page=10)
    licences = [row for row in filled.feed[8].values() if row.kind is FactKind.LICENCE]
    changes: Iterator[Callable[[], None]] = iter(
        [
            lambda: filled.publish(FactKind.LICENCE, licences[0].id, 8, None),
            lambda: filled.publish(FactKind.LICENCE, licences[-1].id, 8, None),
            lambda: _rename(filled, licences[1].body or b""),
            lambda: _rename(filled, licences[-2].body or b""),
        ]
    )

    def meanwhile(name: str) -> None:
        if name == "snapshot" and one.store.snapshots():
            next(changes, _nothing)()

    one.link._before_call = meanwhile
    one.engine.round(one.link)
    assert next(changes, None) is None, "the centre was to change while it was read"
    assert visible(one.store) == said(filled)
    assert one.searched(licences[0].id) == [] == one.searched(licences[-1].id)
    assert len(one.searched("مخبز القمح")) == 2
    _in_step(one.store)
    one.store.close()


def _nothing() -> None:
    pass


def _rename(centre: FakeCentre, body: bytes) -> None:
    licence = replace(decode(body, Licence), trade_name="مخبز القمح")
    centre.publish(FactKind.LICENCE, licence.number, licence.district, encode(licence))


def test_requests_learn_the_trade_names_of_parents_that_come_after_them(tmp_path: Path, filled: FakeCentre) -> None:
    for row in [row for row in filled.feed[8].values() if row.kind is FactKind.LICENCE]:
        filled.publish(row.kind, row.id, 8, row.body)
    one = Newcomer(tmp_path / "new.db", filled, page=3)
    one.engine.round(one.link)
    with one.store.reading() as reads:
        unlike = reads.driver.execute(
            "SELECT count(*) FROM request JOIN licence ON licence.number = request.parent_number"
            " WHERE request.trade_name <> licence.trade_name"
        ).fetchone()
    assert unlike == (0,)
    one.store.close()


def test_after_a_restore_what_is_pending_lies_on_top_of_the_fresh_snapshot(
    station: Callable[..., Station], centre: FakeCentre
) -> None:
    one = station("K1")
    backup = centre.backup()
    one.give(Lodge("r1", "K1-000001", content_for(0)))
    one.give(Lodge("r2", "K1-000002", content_for(1)))
    centre.restore(backup)
    one.page = 5
    one.cut.after = 8
    with pytest.raises(CentreUnreachableError):
        one.round()
    assert all(one.find_request(name) for name in ("r1", "r2"))
    one.cut.after = None
    one.drain()
    assert visible(one.store) == said(centre)


def test_what_moved_to_another_branch_stays_there_whichever_is_read_first(
    station: Callable[..., Station], centre: FakeCentre
) -> None:
    """The branch it came to is read before the one that tells of its leaving."""
    one = station("K1")
    moved = replace(parent_licence(0), district=8)
    assert (FactKind.LICENCE, moved.number) in centre.feed[8]
    centre.publish(FactKind.LICENCE, moved.number, 9, encode(replace(moved, district=9)))
    centre.publish(FactKind.LICENCE, moved.number, 8, None)
    one.branches = (9, 8)
    one.round()
    with one.store.reading() as reads:
        found = reads.find_licence(moved.number)
    assert found is not None
    assert found.district == 9
    assert EVERYWHERE in one.store.cursors()
