"""The arguments of the subcommands of `tajzia centre` about other systems."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_channel_arguments(actions: _SubParsersAction[ArgumentParser], dsn: str) -> None:
    add = actions.add_parser("add-channel", help="let another system in, or renew its certificate and password")
    add.add_argument("--dsn", required=True, help=f"{dsn}; as a superuser")
    add.add_argument("kind", choices=("portal", "epay", "dues"), help="the website, payments, or the register of dues")
    add.add_argument("--login", default="", help="small letters, digits, point and underscore (default: KIND_system)")
    add.add_argument("--valid", type=int, default=365, metavar="DAYS", help="1 to 730 (default: %(default)s)")
    add.add_argument("--authority", type=Path, required=True, help="the folder of the certificate authority")
    add.add_argument("--out", type=Path, required=True, metavar="DIR", help="where certificate and key are written to")
    add.add_argument("--password-file", type=Path, help="asked for without it")
    add.add_argument("--json", action="store_true", help="as JSON, for programs")

    gone = actions.add_parser("disable-channel", help="let another system in no more and end its sessions")
    gone.add_argument("--dsn", required=True, help=f"{dsn}; as a superuser")
    gone.add_argument("login")

    listed = actions.add_parser("channels", help="which other systems are let in, and what of theirs was put aside")
    listed.add_argument("--dsn", required=True, help=f"{dsn}; as a superuser")
    listed.add_argument(
        "--retry", metavar="REFERENCE", help="take up again what was put aside, once its cause was mended"
    )
    listed.add_argument("--json", action="store_true", help="as JSON, for programs")
