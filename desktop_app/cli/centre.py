"""`tajzia centre`: prepare the centre's database, serve it, and say who and what may come to it."""

from __future__ import annotations

import importlib
import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from types import ModuleType

from desktop_app.cli.certificate_passphrase import add_key_arguments
from desktop_app.cli.channel_arguments import add_channel_arguments

NAME = "centre"

_DSN = "connection string of the database (libpq), such as service=tajzia; passwords come from ~/.pgpass"


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    init = actions.add_parser("init", help="make a database into a centre, or bring one up to date")
    init.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    init.add_argument("--registrar-password-file", type=Path, help="asked for without it")
    init.add_argument("--audit-key", type=Path, help="the file of the key that signs audit heads; made if missing")

    serve = actions.add_parser("serve", help="decide what workstations submit, until SIGTERM or Ctrl-C")
    serve.add_argument("--dsn", help=f"{_DSN}; as tajzia_registrar (default: the first line of the input)")
    where = serve.add_mutually_exclusive_group(required=True)
    where.add_argument("--notices", type=Path, help="the folder that notices are written to")
    where.add_argument("--gateway", type=Path, help="the settings of the SMS gateway that notices go out by")
    where.add_argument("--no-notices", action="store_true", help="leave the notices to `send-notices`")
    serve.add_argument("--authority", type=Path, help="the folder of the certificate authority: signs for new devices")
    serve.add_argument("--audit-key", type=Path, help="the key that `init` made; without it no heads are signed")
    add_key_arguments(serve, needed=False)
    serve.add_argument("--timestamp-url", metavar="URL", help="a time-stamping authority (RFC 3161) for signed papers")
    serve.add_argument("--timestamp-policy", metavar="OID", help="the policy that its timestamps must be under")
    serve.add_argument(
        "--timestamp-credentials",
        type=Path,
        metavar="FILE",
        help="its name:password, in a file of the owner's alone",
    )
    serve.add_argument("--municipality", type=Path, metavar="FILE", help="name, colours and logo on the papers")
    serve.add_argument("--logs", type=Path, help="the folder of the log (default: the error stream)")

    sending = actions.add_parser("send-notices", help="send notices by a gateway, until SIGTERM or Ctrl-C")
    sending.add_argument("--dsn", help=f"{_DSN}; as tajzia_registrar (default: the first line of the input)")
    sending.add_argument("--gateway", type=Path, required=True, help="the settings of the SMS gateway")
    sending.add_argument("--once", action="store_true", help="send what is due now, and end")

    notices = actions.add_parser("notices", help="which notices failed, or may or may not have gone out")
    notices.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    which = notices.add_mutually_exclusive_group()
    which.add_argument("--dead", action="store_true", help="those that failed")
    which.add_argument("--unknown", action="store_true", help="those of which nobody can tell")
    which.add_argument("--resend", metavar="NOTICE", help="have one that failed or is unknown sent once more")
    which.add_argument("--settle-as-sent", metavar="NOTICE", help="take one that failed or is unknown as sent")
    notices.add_argument("--reason", default="", help="kept with what was decided")
    notices.add_argument("--json", action="store_true", help="as JSON, for programs")

    words = actions.add_parser("templates", help="the words of notices: list, show, set, history")
    words.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    words.add_argument("do", choices=("list", "show", "set", "history"))
    words.add_argument("kind", nargs="?", help="such as accepted; `list` says which there are")
    words.add_argument("--language", choices=("ar", "en"), default="ar")
    words.add_argument("--words", help="the new words with their places; empty goes back to the program's own")
    words.add_argument("--words-file", type=Path, help="the same from a file, in UTF-8")
    words.add_argument("--json", action="store_true", help="as JSON, for programs")

    keys = actions.add_parser("certificate-keys", help="the keys that sign certificates: make, list, rotate, revoke")
    keys.add_argument("do", choices=("make", "list", "rotate", "revoke", "believe", "disbelieve"))
    add_key_arguments(keys)
    keys.add_argument(
        "--timestamp-certificate",
        type=Path,
        metavar="FILE",
        help="(dis)believe the time-stamping authority of this certificate, or those whose certificates it issued",
    )
    keys.add_argument("--pkcs11", type=Path, metavar="MODULE", help="make the key in a token, by this library of it")
    keys.add_argument("--token", default="", metavar="LABEL", help="the token's label, with --pkcs11")
    keys.add_argument(
        "--algorithm",
        choices=("ed25519", "es256"),
        help="of the key in the token (default: Ed25519 where the token has it, else ES256)",
    )
    keys.add_argument("--kid", default="", help="the key to revoke, by its name of 16 hexadecimal digits")
    keys.add_argument("--json", action="store_true", help="as JSON, for programs")

    lists = actions.add_parser("certificate-lists", help="sign the lists that certificates are checked against")
    lists.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    add_key_arguments(lists)
    lists.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder that they are written to")

    add_channel_arguments(actions, _DSN)

    staff = actions.add_parser("add-staff", help="add a member of staff, or change one who is known")
    staff.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    staff.add_argument("login", help="small letters, digits, point and underscore")
    staff.add_argument("--name", required=True, help="the person's name in Arabic")
    staff.add_argument("--role", required=True, help="clerk, inspector, supervisor, body_officer, auditor, ...")
    staff.add_argument("--branch", type=int, action="append", default=[], help="a district; may be repeated")
    staff.add_argument("--all-branches", action="store_true")
    staff.add_argument("--cashier", action="store_true", help="may take money")
    staff.add_argument("--body", default="", help="the outside body that an officer speaks for")
    staff.add_argument("--password-file", type=Path, help="asked for without it")

    gone = actions.add_parser("disable-staff", help="let somebody in no more and end their sessions")
    gone.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    gone.add_argument("login")

    people = actions.add_parser("staff", help="who is on the staff")
    people.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    people.add_argument("--json", action="store_true", help="as JSON, for programs")

    device = actions.add_parser("enrol-device", help="write an invitation with which a computer becomes a device")
    device.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    device.add_argument("device", help="a capital letter and up to eleven capitals or digits, such as K1")
    device.add_argument("--branch", type=int, required=True, help="the district whose counter it stands at")
    device.add_argument(
        "--authority", type=Path, required=True, help="the folder of the certificate authority, or its ca.crt"
    )
    device.add_argument("--host", required=True, help="the centre's name, as its certificate says it")
    device.add_argument("--port", type=int, default=5432)
    device.add_argument("--hours", type=int, default=48, help="for how long the code is good (default: %(default)s)")
    device.add_argument("--again", action="store_true", help="the device is known, and its store still on its computer")
    device.add_argument(
        "--separate-code", action="store_true", help="the code is told by another way, not in the invitation"
    )
    device.add_argument("--out", type=Path, help="a new file for the invitation (default: the output)")
    device.add_argument("--json", action="store_true", help="as JSON, for programs")

    revoke = actions.add_parser("revoke-device", help="admit a device no more; what it still delivers is put aside")
    revoke.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    revoke.add_argument("device")
    revoke.add_argument("--reason", required=True, help="kept with the device")

    devices = actions.add_parser("devices", help="which devices there are, and when they were last here")
    devices.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    devices.add_argument("--json", action="store_true", help="as JSON, for programs")

    lease = actions.add_parser("lease", help="for how many days a workstation goes on without the centre")
    lease.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    lease.add_argument("days", type=int, nargs="?", help="1 to 365; without it, what stands is told")

    status = actions.add_parser("status", help="what waits, what was put aside, what has not gone out")
    status.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    status.add_argument("--json", action="store_true", help="as JSON, for programs")

    sheets = actions.add_parser("sheets", help="the ledger of blank sheets: fine, spoilt, and missing between them")
    sheets.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    sheets.add_argument("--branch", type=int, help="of this one alone")
    sheets.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="recorded on this day alone")
    sheets.add_argument("--json", action="store_true", help="as JSON, for programs")

    epoch = actions.add_parser("new-epoch", help="say that the centre was restored from a backup")
    epoch.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")

    again = actions.add_parser("retry", help="take up again what was put aside, once its cause was mended")
    again.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    again.add_argument("reference", help="or the command's id, as `status` and the log say it")

    discard = actions.add_parser("discard", help="put away for good what was put aside; its device is told why")
    discard.add_argument("--dsn", required=True, help=f"{_DSN}; as a superuser")
    discard.add_argument("reference", help="or the command's id, as `status` and the log say it")
    discard.add_argument("--reason", required=True, help="kept with it, and told to whoever gave the command")


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.application.ports.centre import CentreTroubleError

    module: ModuleType = importlib.import_module(f"desktop_app.cli.centre_{args.action.replace('-', '_')}")
    try:
        return int(module.run(args))
    except (psycopg.OperationalError, CentreTroubleError) as why:
        print(f"tajzia: the centre's database cannot be worked on: {why}", file=sys.stderr)
    except psycopg.errors.InsufficientPrivilege as why:
        print(f"tajzia: this needs the rights of a superuser: {why.diag.message_primary}", file=sys.stderr)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedFunction):
        print("tajzia: this database is no centre yet: run `tajzia centre init` first", file=sys.stderr)
    except OSError as why:
        print(f"tajzia: {why}", file=sys.stderr)
    return 1
