"""`tajzia centre enrol-device`: an invitation, with which a computer makes its key and gets its certificate."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.devices import DeviceRefusedError, invite_device
    from desktop_app.wire.invitation import Invitation, write_invitation

    given: Path = args.authority
    authority = (given / "ca.crt" if given.is_dir() else given).read_text(encoding="ascii")
    if args.out is not None and args.out.exists():
        print(f"tajzia: {args.out} is there already", file=sys.stderr)
        return 1
    try:
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            made = invite_device(admin, args.device, args.branch, args.hours, again=args.again)
            database = admin.info.dbname
    except DeviceRefusedError as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    invitation = Invitation(
        device=args.device,
        host=args.host,
        port=args.port,
        database=database,
        authority=authority,
        password=made.password,
        code="" if args.separate_code else made.code,
        again=args.again,
    )
    line = write_invitation(invitation)
    if args.json:
        told = {"device": args.device, "code": made.code, "expires_at": made.expires_at.isoformat(), "invitation": line}
        print(json.dumps(told))
        return 0
    if args.out is not None:
        args.out.touch(mode=0o600)
        args.out.write_text(f"{line}\n", encoding="ascii")
        print(f"The invitation of {args.device} is in {args.out}.")
    else:
        print(line)
    print(f"The code is {made.code}; it is good once, until {made.expires_at:%Y-%m-%d %H:%M%z}.", file=sys.stderr)
    print(f"On the computer that becomes {args.device}: `tajzia enrol`, or start the program there.", file=sys.stderr)
    return 0
