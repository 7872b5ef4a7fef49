"""`tajzia centre add-staff`."""

from __future__ import annotations

import sys
from argparse import Namespace


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.application.guessable import words_about
    from desktop_app.centre.staff import LoginRefusedError, add_staff
    from desktop_app.cli.passwords import PasswordRefusedError, read_password
    from desktop_app.domain.actor import Actor, Role

    try:
        role = Role(args.role)
        actor = Actor(
            id=args.login,
            name_ar=args.name,
            role=role,
            branches=frozenset(args.branch),
            all_branches=args.all_branches,
            cashier=args.cashier,
            body=args.body,
            districts=frozenset(args.branch) if role is Role.INSPECTOR else frozenset(),
        )
        password = read_password(args.password_file, f"password of {args.login}", words_about(actor))
        with psycopg.connect(args.dsn, autocommit=True) as admin:
            add_staff(admin, actor, password)
    except (LoginRefusedError, PasswordRefusedError, ValueError) as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    print(f"{args.login} may sign in as {role.value}.")
    return 0
