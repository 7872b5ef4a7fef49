"""`tajzia centre notices`: the list of those that await a person, and what the person says. The exit status is 3 while
there are any."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from desktop_app.cli.tables import plain, print_table

if TYPE_CHECKING:
    from psycopg import Connection

_LOOK = 3
_AT_ONCE = 500


def run(args: Namespace) -> int:
    import psycopg

    wish = "waiting" if args.resend else "sent" if args.settle_as_sent else ""
    with psycopg.connect(args.dsn, autocommit=True) as admin:
        if not wish:
            return _list(admin, args)
        notice = args.resend or args.settle_as_sent
        try:
            done = admin.execute("select tajzia.settle_notice(%s, %s, %s)", (notice, wish, args.reason)).fetchone()
        except psycopg.errors.InvalidParameterValue as why:
            print(f"tajzia: {why.diag.message_primary}", file=sys.stderr)
            return 1
    if done != (True,):
        print(f"tajzia: no notice {notice} awaits a person", file=sys.stderr)
        return 1
    print(f"{notice} goes out once more." if wish == "waiting" else f"{notice} counts as sent.")
    return 0


def _list(admin: Connection[Any], args: Namespace) -> int:
    from psycopg.rows import dict_row

    states = ("failed",) if args.dead else ("unknown",) if args.unknown else ("failed", "unknown")
    rows = []
    with admin.cursor(row_factory=dict_row) as cursor:
        for state in states:
            after = 0
            while page := cursor.execute(
                "select * from tajzia.list_notices(%s, %s, %s)", (state, after, _AT_ONCE)
            ).fetchall():
                rows += page
                after = page[-1]["place"]
    if args.json:
        print(json.dumps([plain(row) for row in rows], ensure_ascii=False))
    else:
        print_table(
            ("notice", "request", "state", "why", "tries", "by", "since"),
            [
                (
                    row["notice"],
                    row["request"] or "-",
                    row["state"],
                    row["why"],
                    row["attempts"],
                    row["gateway"],
                    f"{row['changed_at']:%Y-%m-%d %H:%MZ}" if row["changed_at"] else "",
                )
                for row in rows
            ],
        )
    return _LOOK if rows else 0
