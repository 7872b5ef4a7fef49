"""Since when the oldest letter of a request waits for its answer: the queue of letters is ordered by it.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

from alembic import op

from desktop_app.domain.letters import awaited_letters
from desktop_app.domain.request import Request
from desktop_app.wire.codec import decode

revision = "0018"
down_revision: str | None = "0017"

WAITING = "SELECT row, body FROM request WHERE status IN ('awaiting_approvals', 'awaiting_civil_defence')"


def upgrade() -> None:
    op.execute("ALTER TABLE request ADD COLUMN letter_day TEXT")
    connection = op.get_bind()
    for row, body in connection.exec_driver_sql(WAITING).all():
        letters = awaited_letters(decode(body, Request))
        if letters:
            since = letters[0].since.isoformat()
            connection.exec_driver_sql("UPDATE request SET letter_day = ? WHERE row = ?", (since, row))
    op.execute("CREATE INDEX request_with_letter ON request (letter_day, id) WHERE letter_day IS NOT NULL")
    op.execute(
        "CREATE INDEX request_with_letter_in_branch ON request (branch, letter_day, id) WHERE letter_day IS NOT NULL"
    )
