"""`tajzia audit`: whether anybody has changed, removed or slipped in what was written down, and heads for a witness."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli import unlocking

if TYPE_CHECKING:
    from desktop_app.wire.audit_findings import AuditReport

NAME = "audit"
_FOUND = 3

_DSN = "connection string of the centre's database (libpq), as a superuser; passwords come from ~/.pgpass"


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check the chains of the centre, or those that a workstation has seen")
    where = verify.add_mutually_exclusive_group(required=True)
    where.add_argument("--dsn", help=_DSN)
    where.add_argument("--settings", type=Path, help="a workstation's settings; the program must not be open")
    verify.add_argument("--key", type=Path, help="the centre's public audit key (audit.key.pub)")
    verify.add_argument("--witness", type=Path, help="heads that were exported before")
    verify.add_argument("--since", action="store_true", help="begin behind the newest heads of --witness")
    verify.add_argument("--chain-only", action="store_true", help="leave out the rows that the chains vouch for")
    unlocking.add_argument(verify)
    verify.add_argument("--json", action="store_true", help="print one JSON object")
    export = actions.add_parser("export", help="add the newest signed heads to a file for a witness")
    export.add_argument("file", type=Path)
    export.add_argument("--dsn", required=True, help=_DSN)


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.wire.codec import MalformedError

    try:
        return _export(args) if args.action == "export" else _verify(args)
    except psycopg.OperationalError as why:
        print(f"tajzia: the centre's database cannot be worked on: {why}", file=sys.stderr)
    except psycopg.errors.InsufficientPrivilege as why:
        print(f"tajzia: this needs the rights of a superuser: {why.diag.message_primary}", file=sys.stderr)
    except psycopg.errors.UndefinedTable:
        print("tajzia: this database has no audit chain: run `tajzia centre init` first", file=sys.stderr)
    except MalformedError as why:
        print(f"tajzia: this is no file of heads or settings: {why}", file=sys.stderr)
    except (OSError, ValueError) as why:
        print(f"tajzia: {why}", file=sys.stderr)
    return 1


def _export(args: Namespace) -> int:
    import psycopg

    from desktop_app.application.auditing.witness_file import write_heads
    from desktop_app.centre.verifying import read_heads

    with psycopg.connect(args.dsn, autocommit=True) as admin:
        fresh = write_heads(args.file, (head for _, _, head in read_heads(admin, newest=True)))
    print(f"{fresh} signed heads were added to {args.file}.")
    return 0


def _verify(args: Namespace) -> int:
    began = time.perf_counter()
    report = _at_the_centre(args) if args.dsn else _on_the_workstation(args)
    seconds = time.perf_counter() - began
    if args.json:
        print(json.dumps(_as_json(report, seconds)))
    else:
        _say(report)
    return 0 if report.well else _FOUND


def _at_the_centre(args: Namespace) -> AuditReport:
    import psycopg

    from desktop_app.application.auditing.witness_file import read_heads_file
    from desktop_app.centre.audit_book import read_public_key
    from desktop_app.centre.verifying import Question, verify_centre

    asked = Question(
        key=read_public_key(args.key) if args.key else None,
        witnessed=read_heads_file(args.witness) if args.witness else (),
        since=args.since,
        rows=not args.chain_only,
    )
    with psycopg.connect(args.dsn, autocommit=True) as admin:
        return verify_centre(admin, asked)


def _on_the_workstation(args: Namespace) -> AuditReport:
    from desktop_app.application.auditing.witness_file import read_heads_file
    from desktop_app.application.settings import load_settings
    from desktop_app.bootstrap.sealed_store import verify_workstation

    witnessed = read_heads_file(args.witness) if args.witness else ()
    secrets = unlocking.unlocked_secrets(args.settings, args.passphrase_file)
    return verify_workstation(load_settings(args.settings), secrets, witnessed)


def _as_json(report: AuditReport, seconds: float) -> dict[str, object]:
    return {
        "well": report.well,
        "branches": report.branches,
        "entries": report.entries,
        "rows": report.rows,
        "heads": report.heads,
        "seconds": round(seconds, 3),
        "findings": [
            {
                "wrong": one.wrong.value,
                "branch": one.branch,
                "position": one.position,
                "command": one.command_id,
                "about": one.about,
            }
            for one in report.findings
        ],
        "restored": [
            {"branch": branch, "position": position, "taken_back": count} for branch, position, count in report.restored
        ],
    }


def _say(report: AuditReport) -> None:
    print(
        f"{report.entries} entries of {report.branches} branches, {report.rows} rows and {report.heads} signed heads"
        " were checked."
    )
    for branch, position, count in report.restored:
        print(f"branch {branch}: restored from a backup before entry {position}; {count} known entries were taken back")
    for one in report.findings:
        command = f", command {one.command_id}" if one.command_id else ""
        about = f" ({one.about})" if one.about else ""
        print(f"WRONG  branch {one.branch}, entry {one.position}{command}: {one.wrong.value}{about}")
    if report.well:
        print("Nothing was changed, removed or slipped in.")
