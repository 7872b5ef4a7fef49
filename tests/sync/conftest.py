"""Workstations that share one centre in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sync.fake_centre import FakeCentre
from tests.sync.stations import Station
from tests.workplaces import sample_centre


@pytest.fixture
def centre() -> FakeCentre:
    """Six free licences and no request."""
    return sample_centre(each=0, spare_licences=6)


@pytest.fixture
def station(tmp_path: Path, centre: FakeCentre) -> Iterator[Callable[..., Station]]:
    """Makes workstations: `station("K1")`, `station("K2", login="supervisor")`."""
    made: list[Station] = []

    def make(device: str = "K1", login: str = "clerk") -> Station:
        made.append(Station(tmp_path / f"{device}.db", centre, device, login))
        return made[-1]

    yield make
    for one in made:
        one.close()
