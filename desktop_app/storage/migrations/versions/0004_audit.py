"""What is held of each branch, in sums that triggers keep; and the audit entries and signed heads that were seen.

Revision ID: 0004
Revises: 0005
"""

from __future__ import annotations

from alembic import op

from desktop_app.storage.holdings import changed_total

revision = "0004"
down_revision: str | None = "0005"

TABLES = (
    """
CREATE TABLE holding (
    branch INTEGER NOT NULL,
    kind TEXT NOT NULL,
    held INTEGER NOT NULL,
    total BLOB NOT NULL,
    PRIMARY KEY (branch, kind)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE gone (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    departed INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE audit_entry (
    branch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    command_id TEXT NOT NULL,
    previous BLOB NOT NULL,
    record BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (branch, position)
)
    """,
    "CREATE INDEX audit_entry_of_command ON audit_entry (command_id)",
    """
CREATE TABLE audit_start (
    branch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (branch)
)
    """,
    """
CREATE TABLE audit_head (
    branch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    statement BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (branch, position, epoch)
)
    """,
)
KINDS = {
    "reference": "id",
    "staff": "id",
    "dues": "id",
    "licence": "number",
    "request": "id",
    "event": "id",
    "notice": "id",
    "paper": "id",
    "outcome": "id",
    "booking": "id",
}
ROW = """
    INSERT INTO holding (branch, kind, held, total) SELECT new.branch, '{kind}', 0, zeroblob(32)
    WHERE NOT EXISTS (SELECT 1 FROM holding WHERE branch = new.branch AND kind = '{kind}');
"""
COME = (
    ROW
    + """
    UPDATE holding SET held = held + 1, total = holding_change(total, '{kind}', new.{key}, NULL, new.body)
    WHERE branch = new.branch AND kind = '{kind}';
"""
)
GONE = """
    UPDATE holding SET held = held - 1, total = holding_change(total, '{kind}', old.{key}, old.body, NULL)
    WHERE branch = old.branch AND kind = '{kind}';
"""
BACK = "DELETE FROM gone WHERE kind = '{kind}' AND id = new.{key};"
TRIGGERS = (
    f"CREATE TRIGGER {{kind}}_held_insert AFTER INSERT ON {{kind}} BEGIN {COME} {BACK} END",
    f"CREATE TRIGGER {{kind}}_held_delete AFTER DELETE ON {{kind}} BEGIN {GONE} END",
    """
CREATE TRIGGER {kind}_held_update AFTER UPDATE OF body ON {kind}
WHEN old.branch = new.branch AND old.{key} = new.{key} AND old.body IS NOT new.body BEGIN
    UPDATE holding SET total = holding_change(total, '{kind}', new.{key}, old.body, new.body)
    WHERE branch = new.branch AND kind = '{kind}';
END
    """,
    f"""
CREATE TRIGGER {{kind}}_held_move AFTER UPDATE OF branch, {{key}} ON {{kind}}
WHEN old.branch <> new.branch OR old.{{key}} <> new.{{key}} BEGIN {GONE} {COME} END
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    connection = op.get_bind()
    for kind, key in KINDS.items():
        held: dict[int, int] = {}
        totals: dict[int, bytes] = {}
        for branch, identity, body in connection.exec_driver_sql(f"SELECT branch, {key}, body FROM {kind}"):
            held[branch] = held.get(branch, 0) + 1
            totals[branch] = changed_total(totals.get(branch, b""), kind, identity, None, body)
        for branch, total in totals.items():
            connection.exec_driver_sql("INSERT INTO holding VALUES (?, ?, ?, ?)", (branch, kind, held[branch], total))
        for trigger in TRIGGERS:
            op.execute(trigger.format(kind=kind, key=key))
