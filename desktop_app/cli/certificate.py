"""`tajzia certificate --sample`: certificates of a throw-away centre, and the lists to check them against."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

NAME = "certificate"
KEYS = "keys"
"""The folder of the lists, beside the certificates."""
_MOST = 5_000


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--sample", action="store_true", required=True, help="sample data; there is no other kind here")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--municipality", type=Path, metavar="FILE", help="name, colours and logo on the papers")


def run(args: Namespace) -> int:
    from desktop_app.bootstrap.papers import Press, use_municipality
    from desktop_app.cli.sample_certificates import sample_certificates, throw_away_centre

    if not 1 <= args.count <= _MOST:
        print(f"tajzia: --count is a number from 1 to {_MOST}", file=sys.stderr)
        return 2
    if args.municipality:
        try:
            use_municipality(args.municipality)
        except ValueError as why:
            print(f"tajzia: {why}", file=sys.stderr)
            return 1
    press, now = Press(), datetime.now(UTC)
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        certifier = throw_away_centre(args.out / KEYS, now)
        for content in sample_certificates(args.count, certifier, now):
            (args.out / f"{content.number}.pdf").write_bytes(
                press.certificate(content, certifier.seal("certificate", now))
            )
    except OSError as why:
        print(f"tajzia: {why}", file=sys.stderr)
        return 1
    print(f"{args.count} sample certificates in {args.out}; their lists in {args.out / KEYS}.")
    return 0
