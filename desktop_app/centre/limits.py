"""What one login of the staff may take of the server. Set by the superuser at each login's role."""

from __future__ import annotations

from typing import Any

from psycopg import Connection, sql

# A person may lift these for a session of theirs (a watchdog ends what overstays then), but not the last: temporary
# files are the one way to fill the disk with nothing but reading.
_LIMITS = {
    "idle_in_transaction_session_timeout": "10s",
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "search_path": "pg_catalog",
    "temp_file_limit": "64MB",
}
_SESSIONS = 8


def limit_login(admin: Connection[Any], login: str) -> None:
    """Sets the limits of one login; what it had set for itself is gone."""
    name = sql.Identifier(login)
    admin.execute(sql.SQL("alter role {} connection limit {}").format(name, sql.Literal(_SESSIONS)))
    for setting, value in _LIMITS.items():
        admin.execute(sql.SQL("alter role {} set {} = {}").format(name, sql.Identifier(setting), sql.Literal(value)))


def limit_everyone(admin: Connection[Any]) -> None:
    """The same for all who were added by an earlier version."""
    rows = admin.execute(
        "select s.login from tajzia.staff s join pg_roles r on r.rolname = s.login where not r.rolsuper order by 1"
    ).fetchall()
    for (login,) in rows:
        limit_login(admin, login)
