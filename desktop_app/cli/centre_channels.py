"""`tajzia centre channels`: which other systems are let in, and what of theirs was put aside."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from desktop_app.cli.tables import print_table


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.channel_logins import list_channels, list_held, take_up_again

    with psycopg.connect(args.dsn, autocommit=True) as admin:
        if args.retry is not None:
            if not take_up_again(admin, args.retry):
                print(f"tajzia: nothing put aside goes by {args.retry}", file=sys.stderr)
                return 1
            print(f"{args.retry} is taken up again.")
            return 0
        channels, held = list_channels(admin), list_held(admin)
    if args.json:
        told = {
            "channels": [
                {"login": one.login, "kind": one.kind, "active": one.active, "until": one.valid_until.isoformat()}
                for one in channels
            ],
            "held": [{"channel": one.channel, "reference": one.reference, "log": one.trouble} for one in held],
        }
        print(json.dumps(told))
        return 0
    print_table(
        ("login", "kind", "active", "until"),
        [(one.login, one.kind, "yes" if one.active else "no", f"{one.valid_until:%Y-%m-%d}") for one in channels],
    )
    for one in held:
        print(f"put aside: {one.channel} {one.reference}, in the log under {one.trouble}")
    return 0
