"""A real centre with other systems at its door."""

from __future__ import annotations

import pytest

from tests.channels.systems import Systems
from tests.postgres_fixture import SampleCentre


@pytest.fixture
def systems(centre: SampleCentre) -> Systems:
    return Systems(centre)
