"""When the centre decided a command: how long it is kept is told by the centre's clock. And which requests have marks
to be taken away, without a walk through all of them after every pull.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision: str | None = "0002"

STATEMENTS = (
    "ALTER TABLE command ADD COLUMN decided_at TEXT",
    "UPDATE command SET decided_at = made_at WHERE state IN ('confirmed', 'refused')",
    "CREATE INDEX request_with_pending ON request (id) WHERE pending > 0",
    "CREATE INDEX request_with_refused ON request (id) WHERE refused > 0",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
