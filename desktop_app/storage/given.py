"""The commands of this device for the page of the synchronisation."""

from __future__ import annotations

from datetime import datetime

from desktop_app.application.ports.given import GivenCommand, GivenState
from desktop_app.storage.opening import Driver

_GIVEN = """
SELECT command.id, command.request_id, coalesce(request.number, ''), command.action, command.author, command.made_at,
    command.state
FROM command LEFT JOIN request ON request.id = command.request_id
WHERE NOT EXISTS (SELECT 1 FROM refusal WHERE refusal.command_id = command.id AND refusal.dismissed_at IS NOT NULL)
ORDER BY command.sequence DESC LIMIT ?
"""


def given_commands(driver: Driver, limit: int) -> tuple[GivenCommand, ...]:
    """The last first."""
    return tuple(
        GivenCommand(identity, request_id, number, action, author, datetime.fromisoformat(made_at), GivenState(state))
        for identity, request_id, number, action, author, made_at, state in driver.execute(_GIVEN, (limit,))
    )
