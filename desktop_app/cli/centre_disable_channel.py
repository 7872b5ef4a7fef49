"""`tajzia centre disable-channel`."""

from __future__ import annotations

import sys
from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.channel_logins import ChannelRefusedError, disable_channel

    try:
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            changed = disable_channel(admin, args.login)
    except ChannelRefusedError as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    print(f"{args.login} is let in no more." if changed else f"{args.login} was let in no more already.")
    return 0
