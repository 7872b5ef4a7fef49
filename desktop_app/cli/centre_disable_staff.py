"""`tajzia centre disable-staff`."""

from __future__ import annotations

import sys
from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.staff import LoginRefusedError, disable_staff

    try:
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            now = disable_staff(admin, args.login)
    except LoginRefusedError as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    print(f"{args.login} may sign in no more." if now else f"{args.login} was disabled before.")
    return 0
