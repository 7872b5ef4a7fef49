"""`tajzia centre add-channel`: lets another system in, with a certificate and a password of its own."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.certificates import Authority, write_private
    from desktop_app.centre.channel_logins import ChannelRefusedError, add_channel
    from desktop_app.cli.passwords import PasswordRefusedError, read_password

    login = args.login or f"{args.kind}_system"
    folder: Path = args.out
    certificate, key = folder / f"{login}.crt", folder / f"{login}.key"
    if key.exists():
        print(f"tajzia: {key} is there already", file=sys.stderr)
        return 1
    try:
        password = read_password(args.password_file, f"password of {login}", ())
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            issued = add_channel(admin, Authority.open(args.authority), args.kind, login, args.valid, password)
    except (ChannelRefusedError, PasswordRefusedError) as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(key, issued.key)
    certificate.write_bytes(issued.certificate)
    if args.json:
        print(json.dumps({"login": login, "certificate": str(certificate), "key": str(key), "days": args.valid}))
    else:
        print(f"{login} may use the functions of the schema {args.kind} for {args.valid} days: {certificate}, {key}.")
    return 0
