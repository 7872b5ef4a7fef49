"""`tajzia centre staff`."""

from __future__ import annotations

import json
from argparse import Namespace

from desktop_app.cli.tables import plain, print_table


def run(args: Namespace) -> int:
    import psycopg
    from psycopg.rows import dict_row

    with psycopg.connect(args.dsn, autocommit=True) as admin, admin.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute("select * from tajzia.list_staff()").fetchall()
    people = [(row, json.loads(row["body"]) if row["body"] else {}) for row in rows]
    if args.json:
        told = [plain({**row, "body": person}) for row, person in people]
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print_table(
        ("login", "role", "branches", "state", "last here", "name"),
        [
            (
                row["login"],
                person.get("role", ""),
                "all" if person.get("all_branches") else ",".join(map(str, sorted(person.get("branches", ())))),
                "active" if row["active"] else f"disabled by {row['disabled_by']}",
                f"{row['seen_at']:%Y-%m-%d %H:%MZ}" if row["seen_at"] else "never",
                person.get("name_ar", ""),
            )
            for row, person in people
        ],
    )
    return 0
