"""The ledger of sheets: a row for each blank sheet that a request tells of, kept by triggers.

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision: str | None = "0020"

TABLES = (
    "ALTER TABLE request ADD COLUMN sheets INTEGER DEFAULT 0 NOT NULL",
    """
CREATE TABLE sheet (
    request_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    serial TEXT NOT NULL,
    branch INTEGER NOT NULL,
    licence TEXT NOT NULL,
    copy INTEGER NOT NULL,
    fine INTEGER NOT NULL,
    spoilt TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    at TEXT NOT NULL,
    taken_back INTEGER NOT NULL,
    PRIMARY KEY (request_id, place)
)
 WITHOUT ROWID
    """,
    "CREATE INDEX sheet_by_time ON sheet (at, request_id, place)",
    "CREATE INDEX sheet_in_branch ON sheet (branch, at, request_id, place)",
    "CREATE INDEX sheet_serial ON sheet (serial)",
)
GONE = "DELETE FROM sheet WHERE request_id = old.id;"
# Programs before copies wrote no count, those before the ledger no reason.
# Sheets of licences that were taken back have their places below 0.
ONE = """
    INSERT INTO sheet SELECT new.id, {place}, json_extract(one.value, '$.serial'), new.branch,
        json_extract(one.value, '$.licence_number'), coalesce(json_extract(one.value, '$.copy'), 0),
        json_extract(one.value, '$.fine'), coalesce(json_extract(one.value, '$.spoilt'), ''),
        coalesce(json_extract(one.value, '$.note'), ''), json_extract(one.value, '$.by'),
        json_extract(one.value, '$.at'), {taken_back}
    FROM json_each(CAST(new.body AS TEXT), '$.issue.{of}') one;
"""
COME = ONE.format(place="one.key", taken_back=0, of="sheets") + ONE.format(
    place="-1 - one.key", taken_back=1, of="taken_back"
)
TRIGGERS = (
    f"CREATE TRIGGER request_sheet_insert AFTER INSERT ON request WHEN new.sheets > 0 BEGIN {COME} END",
    f"CREATE TRIGGER request_sheet_delete AFTER DELETE ON request WHEN old.sheets > 0 BEGIN {GONE} END",
    f"""
CREATE TRIGGER request_sheet_update AFTER UPDATE OF sheets, body, branch ON request
WHEN old.sheets > 0 AND new.sheets > 0 BEGIN {GONE} {COME} END
    """,
    f"""
CREATE TRIGGER request_sheet_first AFTER UPDATE OF sheets ON request
WHEN old.sheets = 0 AND new.sheets > 0 BEGIN {COME} END
    """,
    f"""
CREATE TRIGGER request_sheet_last AFTER UPDATE OF sheets ON request
WHEN old.sheets > 0 AND new.sheets = 0 BEGIN {GONE} END
    """,
)
STANDING = (
    "UPDATE request SET sheets = coalesce(json_array_length(CAST(body AS TEXT), '$.issue.sheets'), 0)"
    " WHERE status IN ('issued', 'printed', 'delivered', 'refunded') AND length(body) > 0"
)


def upgrade() -> None:
    for statement in (*TABLES, *TRIGGERS, STANDING):
        op.execute(statement)
