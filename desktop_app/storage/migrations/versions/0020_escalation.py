"""From when on a request must be before its supervisor: the queue of what is escalated is ordered by it.

Revision ID: 0020
Revises: 0018
"""

from __future__ import annotations

from alembic import op

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.forecast import escalates_at
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.storage.instants import NEVER, to_text
from desktop_app.wire.codec import decode

revision = "0020"
down_revision: str | None = "0018"

CLOCK_RUNS = f"SELECT row, body FROM request WHERE is_open = 1 AND due <> '{NEVER}'"


def upgrade() -> None:
    op.execute("ALTER TABLE request ADD COLUMN escalates TEXT")
    connection = op.get_bind()
    held = connection.exec_driver_sql("SELECT body FROM reference").scalar()
    calendar = decode(held, Reference).calendar if held is not None else WorkingCalendar()
    for row, body in connection.exec_driver_sql(CLOCK_RUNS).all():
        since = escalates_at(decode(body, Request), calendar)
        if since is not None:
            connection.exec_driver_sql("UPDATE request SET escalates = ? WHERE row = ?", (to_text(since), row))
    op.execute("CREATE INDEX request_escalated ON request (escalates, id) WHERE escalates IS NOT NULL")
    op.execute(
        "CREATE INDEX request_escalated_in_branch ON request (branch, escalates, id) WHERE escalates IS NOT NULL"
    )
