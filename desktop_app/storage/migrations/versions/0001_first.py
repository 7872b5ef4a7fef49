"""The first shape of the store: facts, the pending log, drafts, authors, search and the counts of the queue.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision: str | None = None

TABLES = (
    """
CREATE TABLE author (
    login TEXT NOT NULL,
    proved_at TEXT NOT NULL,
    public BLOB NOT NULL,
    sealed BLOB NOT NULL,
    nonce BLOB NOT NULL,
    salt BLOB NOT NULL,
    memory INTEGER NOT NULL,
    passes INTEGER NOT NULL,
    lanes INTEGER NOT NULL,
    PRIMARY KEY (login)
)
    """,
    """
CREATE TABLE base (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    body BLOB,
    PRIMARY KEY (kind, id)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE command (
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    author TEXT NOT NULL,
    action TEXT NOT NULL,
    made_at TEXT NOT NULL,
    state TEXT NOT NULL,
    payload BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (sequence),
    UNIQUE (id)
)
    """,
    "CREATE INDEX command_by_state ON command (state, sequence)",
    "CREATE INDEX command_of_request ON command (request_id, state)",
    """
CREATE TABLE cursor (
    branch INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    reached INTEGER NOT NULL,
    PRIMARY KEY (branch)
)
    """,
    """
CREATE TABLE draft (
    form TEXT NOT NULL,
    "key" TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (form, "key")
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE dues (
    id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE event (
    id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    at TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
    """,
    "CREATE INDEX event_in_branch ON event (branch)",
    "CREATE INDEX event_of_request ON event (request_id, at, id)",
    """
CREATE TABLE licence (
    "row" INTEGER NOT NULL,
    number TEXT NOT NULL,
    branch INTEGER NOT NULL,
    status TEXT NOT NULL,
    trade_name TEXT NOT NULL,
    holder_ar TEXT NOT NULL,
    area INTEGER NOT NULL,
    parent_number TEXT,
    made_by TEXT,
    words TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY ("row"),
    UNIQUE (number)
)
    """,
    "CREATE INDEX licence_child ON licence (parent_number, number) WHERE parent_number IS NOT NULL",
    "CREATE INDEX licence_in_branch ON licence (branch, number)",
    "CREATE INDEX licence_made_by ON licence (made_by, number) WHERE made_by IS NOT NULL",
    """
CREATE TABLE notice (
    "row" INTEGER NOT NULL,
    id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    at TEXT NOT NULL,
    words TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY ("row"),
    UNIQUE (id)
)
    """,
    "CREATE INDEX notice_by_time ON notice (at, id)",
    "CREATE INDEX notice_in_branch ON notice (branch)",
    "CREATE INDEX notice_of_request ON notice (request_id, at)",
    """
CREATE TABLE outcome (
    id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
    """,
    "CREATE INDEX outcome_in_branch ON outcome (branch)",
    """
CREATE TABLE paper (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    request_id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    at TEXT NOT NULL,
    held INTEGER DEFAULT 0 NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
    """,
    "CREATE INDEX paper_by_number ON paper (number, at)",
    "CREATE INDEX paper_in_branch ON paper (branch)",
    "CREATE INDEX paper_missing ON paper (at) WHERE held = 0",
    "CREATE INDEX paper_of_request ON paper (request_id)",
    """
CREATE TABLE paper_bytes (
    id TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE queue_count (
    branch INTEGER NOT NULL,
    status TEXT NOT NULL,
    held INTEGER NOT NULL,
    PRIMARY KEY (branch, status)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE reference (
    id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE request (
    "row" INTEGER NOT NULL,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    branch INTEGER NOT NULL,
    status TEXT NOT NULL,
    queue TEXT NOT NULL,
    desk TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    due TEXT NOT NULL,
    paused INTEGER NOT NULL,
    counts INTEGER NOT NULL,
    applicant_ar TEXT NOT NULL,
    parent_number TEXT NOT NULL,
    holds_parent INTEGER NOT NULL,
    trade_name TEXT NOT NULL,
    holder TEXT NOT NULL,
    lodged_at TEXT,
    visit_day TEXT,
    visit_inspector TEXT NOT NULL,
    visit_window TEXT NOT NULL,
    pending INTEGER DEFAULT 0 NOT NULL,
    refused INTEGER DEFAULT 0 NOT NULL,
    words TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY ("row"),
    UNIQUE (id)
)
    """,
    "CREATE INDEX request_by_branch_queue ON request (branch, queue, due, id)",
    "CREATE INDEX request_by_queue ON request (queue, due, id)",
    "CREATE INDEX request_by_status ON request (status, due, id)",
    "CREATE INDEX request_counting ON request (due, id) WHERE counts = 1",
    "CREATE INDEX request_counting_in_branch ON request (branch, due, id) WHERE counts = 1",
    "CREATE INDEX request_number ON request (number)",
    "CREATE INDEX request_on_parent ON request (parent_number, holds_parent, id)",
    "CREATE INDEX request_open ON request (due, id) WHERE is_open = 1",
    "CREATE INDEX request_open_in_branch ON request (branch, due, id) WHERE is_open = 1",
    "CREATE INDEX request_visit ON request (visit_day, status, branch) WHERE visit_day IS NOT NULL",
    """
CREATE TABLE series (
    name TEXT NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE staff (
    id TEXT NOT NULL,
    branch INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE refusal (
    command_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    outcome BLOB NOT NULL,
    dismissed_at TEXT,
    dismissed_by TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (command_id),
    FOREIGN KEY(command_id) REFERENCES command (id)
)
    """,
    "CREATE INDEX refusal_open ON refusal (request_id) WHERE dismissed_at IS NULL",
)

# The text of a row is folded before it comes here, so the tokenizer only has to part the words. The branch is a word
# of its own in it ("b8"), because a join to ask for the branch is far slower on a large store.
SEARCHED = ("request", "licence", "notice")
SEARCH = """
CREATE VIRTUAL TABLE {table}_search USING fts5(
    words, content = '{table}', content_rowid = 'row', prefix = '1 2', tokenize = 'unicode61 remove_diacritics 0'
)
"""
SEARCH_TRIGGERS = (
    """
CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN
    INSERT INTO {table}_search(rowid, words) VALUES (new.row, new.words);
END
    """,
    """
CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN
    INSERT INTO {table}_search({table}_search, rowid, words) VALUES ('delete', old.row, old.words);
END
    """,
    """
CREATE TRIGGER {table}_search_update AFTER UPDATE OF words ON {table} WHEN old.words IS NOT new.words BEGIN
    INSERT INTO {table}_search({table}_search, rowid, words) VALUES ('delete', old.row, old.words);
    INSERT INTO {table}_search(rowid, words) VALUES (new.row, new.words);
END
    """,
)

COUNTED = """
    INSERT INTO queue_count(branch, status, held) VALUES (new.branch, new.status, 1)
        ON CONFLICT (branch, status) DO UPDATE SET held = held + 1;
"""
UNCOUNTED = """
    UPDATE queue_count SET held = held - 1 WHERE branch = old.branch AND status = old.status;
"""
COUNT_TRIGGERS = (
    f"CREATE TRIGGER request_count_insert AFTER INSERT ON request BEGIN {COUNTED} END",
    f"CREATE TRIGGER request_count_delete AFTER DELETE ON request BEGIN {UNCOUNTED} END",
    f"""
CREATE TRIGGER request_count_update AFTER UPDATE OF branch, status ON request
WHEN old.branch <> new.branch OR old.status <> new.status BEGIN {UNCOUNTED} {COUNTED} END
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for table in SEARCHED:
        for statement in (SEARCH, *SEARCH_TRIGGERS):
            op.execute(statement.format(table=table))
    for statement in COUNT_TRIGGERS:
        op.execute(statement)
