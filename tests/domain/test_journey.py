"""The ordinary way of the card leads to every status."""

from __future__ import annotations

import pytest

from desktop_app.domain.request import Status
from tests.domain.journey import journey


@pytest.mark.parametrize("status", Status)
def test_every_status_is_reached_by_commands_alone(status: Status) -> None:
    assert journey(status).status is status
