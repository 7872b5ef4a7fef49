"""`tajzia centre new-epoch`: after a restore from a backup."""

from __future__ import annotations

from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.centre.chain_epochs import begin_epoch

    with psycopg.connect(args.dsn, autocommit=True) as admin:
        name = begin_epoch(admin)
    print(f"The centre's epoch is {name}. Workstations read everything again, and send what the backup does not hold.")
    return 0
