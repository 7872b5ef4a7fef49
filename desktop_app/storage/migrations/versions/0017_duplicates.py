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
FILLED = "UPDATE request SET deed_key = ?, identity_key = ?, name_key = ?, from_portal = ? WHERE row = ?"
CHUNK = 1000


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE request ADD COLUMN {column} DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE request ADD COLUMN from_portal INTEGER DEFAULT 0 NOT NULL")
    connection = op.get_bind()
    last = 0
    while True:
        chunk = f"SELECT row, body FROM request WHERE row > {last} ORDER BY row LIMIT {CHUNK}"
        found = connection.exec_driver_sql(chunk).all()
        if not found:
            break
        connection.exec_driver_sql(FILLED, [_filled(row, body) for row, body in found])
        last = found[-1][0]
    for name in ("deed", "identity", "name"):
        op.execute(f"CREATE INDEX request_of_{name} ON request ({name}_key, id) WHERE is_open = 1")


def _filled(row: int, body: bytes) -> tuple[str, str, str, int, int]:
    request = decode(body, Request)
    keys = look_alike_keys(request)
    return keys.title_deed, keys.identity, keys.name, int(request.from_portal), row
