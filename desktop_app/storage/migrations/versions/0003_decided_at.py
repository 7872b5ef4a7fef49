"""When the centre decided a command: how long it is kept is told by the centre's clock.

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
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
