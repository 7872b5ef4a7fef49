"""`tajzia centre retry`."""

from __future__ import annotations

import sys
from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.status import NoSuchReferenceError, take_up_again

    try:
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            what = take_up_again(admin, args.reference)
    except NoSuchReferenceError:
        print(f"tajzia: nothing that was put aside goes by {args.reference}", file=sys.stderr)
        return 1
    print(f"{what} waits for the registrar again.")
    return 0
