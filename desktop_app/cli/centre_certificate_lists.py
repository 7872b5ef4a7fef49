"""`tajzia centre certificate-lists`: sign the list of keys and the list of revocations as they stand now."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime

from desktop_app.cli.certificate_passphrase import CertificateKeysError, open_book


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.application.certificate_keys import key_list, signed_keys, signed_revocations
    from desktop_app.application.certificate_trust import write_trust
    from desktop_app.centre.certificate_register import read_revocations

    try:
        book, keys = open_book(args.certificate_keys, args.certificate_passphrase_file, args.pin_file)
    except CertificateKeysError as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    now = datetime.now(UTC)
    with psycopg.connect(args.dsn, options="-c default_transaction_isolation=repeatable\\ read") as admin:
        revocations = read_revocations(admin, now)
    known = key_list(book, now)
    write_trust(
        args.out, keys.lists.public, signed_keys(known, keys.lists), signed_revocations(revocations, keys.lists)
    )
    print(f"{len(known.keys)} keys and {len(revocations.ended)} certificates that hold no more: {args.out}")
    return 0
