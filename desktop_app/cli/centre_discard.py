"""`tajzia centre discard`."""

from __future__ import annotations

import sys
from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.status import NoSuchReferenceError, put_away

    try:
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            command = put_away(admin, args.reference, args.reason)
    except NoSuchReferenceError:
        print(f"tajzia: no command in quarantine goes by {args.reference}", file=sys.stderr)
        return 1
    except psycopg.errors.InvalidParameterValue as why:
        print(f"tajzia: {why.diag.message_primary}", file=sys.stderr)
        return 1
    print(f"{command} is put away; its device is told.")
    return 0
