"""`tajzia centre revoke-device`."""

from __future__ import annotations

import sys
from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.devices import DeviceRefusedError, revoke_device

    try:
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            now = revoke_device(admin, args.device, args.reason)
    except DeviceRefusedError as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    print(f"{args.device} is revoked." if now else f"{args.device} was revoked before; its sessions were ended.")
    return 0
