"""Inspectors' bookings in every branch.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision: str | None = "0001"

STATEMENTS = (
    """
CREATE TABLE booking (
    id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    day TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
    """,
    "CREATE INDEX booking_by_day ON booking (day)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
