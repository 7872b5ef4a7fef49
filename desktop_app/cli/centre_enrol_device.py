"""`tajzia centre enrol-device`: a folder with all that a workstation needs to come to the centre."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.application.settings import CentreAddress, WorkstationSettings
    from desktop_app.centre.certificates import Authority, write_private
    from desktop_app.centre.devices import DeviceRefusedError, enrol_device

    out: Path = args.out.absolute()
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(out.iterdir()):
        print(f"tajzia: {out} is not empty", file=sys.stderr)
        return 1
    authority = Authority.open(args.authority)
    try:
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            issued = enrol_device(admin, authority, args.device, args.branch)
            database = admin.info.dbname
    except DeviceRefusedError as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    (out / "ca.crt").write_bytes(authority.certificate)
    (out / "device.crt").write_bytes(issued.certificate)
    write_private(out / "device.key", issued.key)
    centre = CentreAddress(
        host=args.host,
        port=args.port,
        database=database,
        authority=str(out / "ca.crt"),
        certificate=str(out / "device.crt"),
        key=str(out / "device.key"),
    )
    settings = WorkstationSettings(device=args.device, branch=args.branch, store=str(out / "store"), centre=centre)
    settings.save(out / "workstation.json")
    print(f"{args.device} is enrolled. Start it there with `tajzia open --settings {out / 'workstation.json'}`.")
    return 0
