"""`tajzia centre init`: roles, tables, policies, functions, and the reference data where there is none yet."""

from __future__ import annotations

import sys
from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.application.reference_data import ReferenceDataError
    from desktop_app.centre.audit_book import KeyFileError, make_audit_key
    from desktop_app.centre.provisioning import provision, schema_version
    from desktop_app.centre.reference import publish_if_missing
    from desktop_app.cli.passwords import PasswordRefusedError, read_password

    try:
        password = read_password(args.registrar_password_file, "password of tajzia_registrar")
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            provision(admin, password)
            published = publish_if_missing(admin)
            version = schema_version(admin)
        if args.audit_key is not None:
            make_audit_key(args.audit_key)
    except (PasswordRefusedError, ReferenceDataError, KeyFileError) as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    print(f"The centre is ready: schema {version}" + (", reference data published (sample)." if published else "."))
    return 0
