"""The tables of the workstation's store. `migrations/` makes them; a test compares the two.

What the centre says and what pending commands lay on top of it stand in the same tables, so that screens read one
place. Whatever a pending command has touched is kept in `base` as the centre said it, and comes back from there.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

metadata = MetaData()

request = Table(
    "request",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False),
    Column("branch", Integer, nullable=False),
    Column("status", Text, nullable=False),
    # The narrowest saved view (`application.queue_views.view_of`); is_open: not yet ended.
    Column("queue", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("is_open", Integer, nullable=False),
    # UTC as text that sorts; "~" before acceptance, after everything that is due.
    Column("due", Text, nullable=False),
    Column("paused", Integer, nullable=False),
    Column("counts", Integer, nullable=False),
    Column("applicant_ar", Text, nullable=False),
    Column("parent_number", Text, nullable=False),
    Column("holds_parent", Integer, nullable=False),
    Column("trade_name", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("lodged_at", Text),
    Column("visit_day", Text),
    Column("visit_inspector", Text, nullable=False),
    Column("visit_window", Text, nullable=False),
    Column("pending", Integer, nullable=False, server_default=text("0")),
    Column("refused", Integer, nullable=False, server_default=text("0")),
    Column("words", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    # By what possible duplicates are found (`domain.duplicates`), and whether the website lodged it.
    Column("deed_key", Text, nullable=False, server_default=text("''")),
    Column("identity_key", Text, nullable=False, server_default=text("''")),
    Column("name_key", Text, nullable=False, server_default=text("''")),
    Column("from_portal", Integer, nullable=False, server_default=text("0")),
    # The day since which its oldest letter waits for an answer; NULL where none does.
    Column("letter_day", Text),
    # From when on it must be before its supervisor (`domain.forecast`), UTC; NULL where waiting alone brings nothing.
    Column("escalates", Text),
    Column("sheets", Integer, nullable=False, server_default=text("0")),
    Index("request_by_queue", "queue", "due", "id"),
    Index("request_by_branch_queue", "branch", "queue", "due", "id"),
    Index("request_by_status", "status", "due", "id"),
    Index("request_open", "due", "id", sqlite_where=text("is_open = 1")),
    Index("request_open_in_branch", "branch", "due", "id", sqlite_where=text("is_open = 1")),
    Index("request_counting", "due", "id", sqlite_where=text("counts = 1")),
    Index("request_counting_in_branch", "branch", "due", "id", sqlite_where=text("counts = 1")),
    Index("request_on_parent", "parent_number", "holds_parent", "id"),
    Index("request_visit", "visit_day", "status", "branch", sqlite_where=text("visit_day IS NOT NULL")),
    Index("request_number", "number"),
    Index("request_with_pending", "id", sqlite_where=text("pending > 0")),
    Index("request_with_refused", "id", sqlite_where=text("refused > 0")),
    Index("request_of_deed", "deed_key", "id", sqlite_where=text("is_open = 1")),
    Index("request_of_identity", "identity_key", "id", sqlite_where=text("is_open = 1")),
    Index("request_with_letter", "letter_day", "id", sqlite_where=text("letter_day IS NOT NULL")),
    Index("request_with_letter_in_branch", "branch", "letter_day", "id", sqlite_where=text("letter_day IS NOT NULL")),
    Index("request_escalated", "escalates", "id", sqlite_where=text("escalates IS NOT NULL")),
    Index("request_escalated_in_branch", "branch", "escalates", "id", sqlite_where=text("escalates IS NOT NULL")),
    Index("request_of_name", "name_key", "id", sqlite_where=text("is_open = 1")),
)

# The blank sheets that requests tell of, kept by triggers; places of sheets that were taken back are below 0.
sheet = Table(
    "sheet",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("serial", Text, nullable=False),
    Column("branch", Integer, nullable=False),
    Column("licence", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("fine", Integer, nullable=False),
    Column("spoilt", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("taken_back", Integer, nullable=False),
    Index("sheet_by_time", "at", "request_id", "place"),
    Index("sheet_in_branch", "branch", "at", "request_id", "place"),
    Index("sheet_serial", "serial"),
    sqlite_with_rowid=False,
)

# How many requests there are, kept by triggers: counting a million rows takes too long for a badge.
queue_count = Table(
    "queue_count",
    metadata,
    Column("branch", Integer, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("held", Integer, nullable=False),
    sqlite_with_rowid=False,
)

licence = Table(
    "licence",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("branch", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("trade_name", Text, nullable=False),
    Column("holder_ar", Text, nullable=False),
    Column("area", Integer, nullable=False),
    Column("parent_number", Text),
    Column("made_by", Text),
    Column("words", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("licence_in_branch", "branch", "number"),
    Index("licence_child", "parent_number", "number", sqlite_where=text("parent_number IS NOT NULL")),
    Index("licence_made_by", "made_by", "number", sqlite_where=text("made_by IS NOT NULL")),
)

event = Table(
    "event",
    metadata,
    Column("id", Text, primary_key=True),
    Column("request_id", Text, nullable=False),
    Column("branch", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("event_of_request", "request_id", "at", "id"),
    Index("event_in_branch", "branch"),
)

notice = Table(
    "notice",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("request_id", Text, nullable=False),
    Column("branch", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("notice_by_time", "at", "id"),
    Index("notice_of_request", "request_id", "at"),
    Index("notice_in_branch", "branch"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Text, primary_key=True),
    Column("branch", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

dues = Table(
    "dues",
    metadata,
    Column("id", Text, primary_key=True),
    Column("branch", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

reference = Table(
    "reference",
    metadata,
    Column("id", Text, primary_key=True),
    Column("branch", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

paper = Table(
    "paper",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("branch", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("held", Integer, nullable=False, server_default=text("0")),
    Column("body", LargeBinary, nullable=False),
    Index("paper_by_number", "number", "at"),
    Index("paper_of_request", "request_id"),
    Index("paper_missing", "at", sqlite_where=text("held = 0")),
    Index("paper_in_branch", "branch"),
)

paper_bytes = Table(
    "paper_bytes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

outcome = Table(
    "outcome",
    metadata,
    Column("id", Text, primary_key=True),
    Column("branch", Integer, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("outcome_in_branch", "branch"),
)

# Inspectors' time that is taken, in all branches: those whose requests are held here say so themselves.
booking = Table(
    "booking",
    metadata,
    Column("id", Text, primary_key=True),
    Column("branch", Integer, nullable=False),
    Column("day", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("booking_by_day", "day"),
)

# What the centre says of a record that a pending command has touched; body NULL: the centre does not know it.
base = Table(
    "base",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("branch", Integer, nullable=False),
    Column("body", LargeBinary),
    sqlite_with_rowid=False,
)

# Every command given on this device. state: waiting, sent, confirmed, refused. A confirmed one is kept for as long as
# the centre might be restored from a backup older than it; a refused one until somebody dismisses it, and then as
# what was done here.
command = Table(
    "command",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("request_id", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    # By the centre's clock; made_at is the device's.
    Column("decided_at", Text),
    Index("command_by_state", "state", "sequence"),
    Index("command_of_request", "request_id", "state"),
)

refusal = Table(
    "refusal",
    metadata,
    Column("command_id", Text, ForeignKey("command.id"), primary_key=True),
    Column("request_id", Text, nullable=False),
    Column("outcome", LargeBinary, nullable=False),
    Column("dismissed_at", Text),
    Column("dismissed_by", Text, nullable=False, server_default=text("''")),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Index("refusal_open", "request_id", sqlite_where=text("dismissed_at IS NULL")),
)

cursor = Table(
    "cursor",
    metadata,
    Column("branch", Integer, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("reached", Integer, nullable=False),
)

# Documents of requests: `done` of `size` bytes have gone over, in the direction that `state` says (waiting, wanted);
# held: here and at the centre; refused: the centre does not take this content.
attachment = Table(
    "attachment",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("request_id", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Index("attachment_moving", "state", "added_at", sqlite_where=text("state IN ('waiting', 'wanted')")),
)

attachment_chunk = Table(
    "attachment_chunk",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# What is being taken over of a branch: up to `reached` of the feed's sequences until `at`. It stays until the feed
# behind it has been read to its end.
snapshot = Table(
    "snapshot",
    metadata,
    Column("branch", Integer, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("reached", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
)

# What the centre has taken away: deleted, or departed to where this device does not see it.
gone = Table(
    "gone",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("branch", Integer, nullable=False),
    Column("departed", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# How many facts of a kind a branch holds, and the sum of their digests; kept by triggers.
holding = Table(
    "holding",
    metadata,
    Column("branch", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("held", Integer, nullable=False),
    Column("total", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# The centre's audit chains from where this device began to follow them, and the heads it has seen signed of them: what
# was seen once is never taken away, so the centre cannot write its history anew unnoticed.
audit_entry = Table(
    "audit_entry",
    metadata,
    Column("branch", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("command_id", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("audit_entry_of_command", "command_id"),
)

# Where this device began to follow a chain.
audit_start = Table(
    "audit_start",
    metadata,
    Column("branch", Integer, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("branch", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("statement", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("form", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("saved_at", Text, nullable=False),
    Column("fields", Text, nullable=False),
    sqlite_with_rowid=False,
)

author = Table(
    "author",
    metadata,
    Column("login", Text, primary_key=True),
    Column("proved_at", Text, nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("memory", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("lanes", Integer, nullable=False),
)

series = Table(
    "series",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next", Integer, nullable=False),
)

# What this device is and knows of itself: its name, its branch, the epoch, the last contact.
setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
