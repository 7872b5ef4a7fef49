"""How far a workstation is that takes over a branch, and the bytes of documents.

Revision ID: 0005
Revises: 0003
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision: str | None = "0003"

STATEMENTS = (
    """
CREATE TABLE snapshot (
    branch INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    at INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (branch)
)
    """,
    """
CREATE TABLE attachment (
    digest TEXT NOT NULL,
    request_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL,
    done INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (digest)
)
    """,
    "CREATE INDEX attachment_moving ON attachment (state, added_at) WHERE state IN ('waiting', 'wanted')",
    """
CREATE TABLE attachment_chunk (
    digest TEXT NOT NULL,
    part INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (digest, part)
)
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
