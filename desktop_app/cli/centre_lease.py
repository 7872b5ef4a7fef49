"""`tajzia centre lease`."""

from __future__ import annotations

import sys
from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    with psycopg.connect(args.dsn, autocommit=True) as admin:
        if args.days is not None:
            try:
                admin.execute("select tajzia.set_lease(%s)", (args.days,))
            except psycopg.errors.InvalidParameterValue as why:
                print(f"tajzia: {why.diag.message_primary}", file=sys.stderr)
                return 1
        row = admin.execute("select tajzia.lease_days()").fetchone()
    assert row is not None
    print(f"A workstation goes on for {row[0]} days without the centre.")
    return 0
