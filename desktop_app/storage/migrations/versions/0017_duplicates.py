"""By what possible duplicates of a request are found, and whether the municipality's website lodged it.

Revision ID: 0017
Revises: 0004
"""

from __future__ import annotations

from alembic import op

from desktop_app.domain.duplicates import look_alike_keys
from desktop_app.domain.request import Request
from desktop_app.wire.codec import decode

revision = "0017"
down_revision: str | None = "0004"

COLUMNS = ("deed_key TEXT", "identity_key TEXT", "name_key TEXT")
FILLED = "UPDATE request SET deed_key = ?, identity_key = ?, name_key = ? WHERE row = ?"
# Their references stand in the index of words; the request itself has the last word.
FROM_PORTAL = """
UPDATE request SET from_portal = 1 WHERE row IN (SELECT rowid FROM request_search WHERE request_search MATCH 'web*')
    AND instr(CAST(body AS TEXT), '"reference":"WEB-') > 0
"""
CHUNK = 1000


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE request ADD COLUMN {column} DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE request ADD COLUMN from_portal INTEGER DEFAULT 0 NOT NULL")
    connection = op.get_bind()
    connection.exec_driver_sql(FROM_PORTAL)
    last = 0
    while True:
        # Only what is open is ever looked for; a million that have ended need not be read.
        chunk = f"SELECT row, body FROM request WHERE row > {last} AND is_open = 1 ORDER BY row LIMIT {CHUNK}"
        found = connection.exec_driver_sql(chunk).all()
        if not found:
            break
        connection.exec_driver_sql(FILLED, [_filled(row, body) for row, body in found])
        last = found[-1][0]
    for name in ("deed", "identity", "name"):
        op.execute(f"CREATE INDEX request_of_{name} ON request ({name}_key, id) WHERE is_open = 1")


def _filled(row: int, body: bytes) -> tuple[str, str, str, int]:
    keys = look_alike_keys(decode(body, Request))
    return keys.title_deed, keys.identity, keys.name, row
