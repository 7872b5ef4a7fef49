"""`tajzia centre devices`."""

from __future__ import annotations

import json
from argparse import Namespace

from desktop_app.cli.tables import plain, print_table


def run(args: Namespace) -> int:
    import psycopg
    from psycopg.rows import dict_row

    with psycopg.connect(args.dsn, autocommit=True) as admin, admin.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute("select * from tajzia.list_devices()").fetchall()
    if args.json:
        print(json.dumps([plain(row) for row in rows], ensure_ascii=False))
        return 0
    print_table(
        ("device", "branch", "state", "last here", "with", "version", "clock", "waiting", "aside", "reason"),
        [
            (
                row["device"],
                row["branch"],
                row["state"],
                f"{row['seen_at']:%Y-%m-%d %H:%MZ}" if row["seen_at"] else "never",
                row["seen_login"],
                row["version"],
                f"{row['clock_ahead']:+.0f} s",
                row["waiting"],
                row["put_aside"],
                row["revoked_why"],
            )
            for row in rows
        ],
    )
    return 0
