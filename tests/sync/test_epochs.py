"""A centre that is restored from a backup, and people who see different parts of it on one device."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.sync.centre_link import CentreUnreachableError
from tests.sync.fake_centre import FakeCentre
from tests.sync.stations import Station, said, visible
from tests.workplaces import content_for

Stations = Callable[..., Station]


def _lodge(station: Station, at: int) -> str:
    request_id = station.desk.new_request_id()
    station.give(Lodge(request_id, station.desk.next_reference(), content_for(at)))
    return request_id


@pytest.mark.parametrize("cut_after", [None, 1])
def test_what_leaves_the_scope_together_with_a_new_epoch_leaves_the_device(
    station: Stations, centre: FakeCentre, cut_after: int | None
) -> None:
    one = station("K1")
    request_id = _lodge(one, 0)
    one.drain()
    centre.epoch = "epoch-1/health"
    one.cut.after = cut_after
    if cut_after is not None:
        # The new epoch is entered, and nothing is pulled before the next person signs in.
        with pytest.raises(CentreUnreachableError):
            one.round()
        one.cut.after = None
    one.branches = (9,)
    one.round()
    assert one.find_request(request_id) is None
    assert visible(one.store) == said(centre, (0, 9))


@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_that_jumps_makes_no_device_forget_what_a_backup_may_lack(
    station: Stations, centre: FakeCentre, days: int
) -> None:
    one = station("K1")
    backup = centre.backup()
    one.clock.pass_time(timedelta(days=min(days, 0)))
    request_id = _lodge(one, 0)
    one.drain()
    one.clock.pass_time(timedelta(days=abs(days)))
    one.round()
    centre.restore(backup)
    one.drain()
    assert request_id in centre.centre.requests
    assert one.find_request(request_id) is not None


def test_what_a_restored_centre_accepts_is_refused_no_longer(station: Stations, centre: FakeCentre) -> None:
    one, other = station("K1"), station("K2", "supervisor")
    request_id = _lodge(one, 0)
    one.drain()
    other.round()
    one.give(Accept(request_id))
    one.round()  # it lies in the inbox when the backup is made
    backup = centre.backup()
    centre.undecided.clear()
    other.give(Refuse(request_id, "مخالفة التنظيم"))
    other.drain()
    centre.undecided.append(backup.undecided[0])
    one.drain()
    assert [refused.action for refused in one.queries.refused_commands()] == ["accept"]
    centre.restore(backup)
    one.drain()
    assert one.queries.refused_commands() == ()
    assert one.queries.get_request(request_id).refusals == ()
    assert visible(one.store) == said(centre)
    with one.store.reading() as reads:
        assert len(reads.commands(("confirmed",))) == 2
