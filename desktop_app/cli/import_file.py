"""`tajzia import licences|dues FILE.csv`: takes a file over into the centre and says what became of each row.

Exit status 0 when every row was good, 1 when one was bad (the good ones are taken), 2 when nothing could be done.
"""

from __future__ import annotations

import io
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.cli.import_words import say_report

NAME = "import"
DSN = "TAJZIA_DSN"
"""The environment variable that may hold the connection string instead of an argument."""

_ALL_GOOD, _SOME_BAD, _NOT_DONE = 0, 1, 2


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("licences", "dues"), help="what the file holds")
    parser.add_argument("file", type=Path, help="the CSV file; docs/import.md describes its columns")
    parser.add_argument(
        "--dsn",
        metavar="CONNECTION",
        default=os.environ.get(DSN, ""),
        help="the registrar's connection to the centre's database, as libpq reads it; a password belongs into its "
        f"password file (default: what {DSN} says)",
    )
    parser.add_argument("--language", choices=("ar", "en"), default="ar", help="the language of the report")


def run(args: Namespace) -> int:
    from desktop_app.application.importing.dues import import_dues
    from desktop_app.application.importing.licences import import_licences
    from desktop_app.application.ports.centre import CentreTroubleError
    from desktop_app.centre.loading import loading
    from desktop_app.domain.messages import InputError
    from desktop_app.texts import describe, tr, use

    use(args.language)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not _can_write_arabic(stream.encoding):
            # A report that dies of its alphabet would hide what was taken.
            stream.reconfigure(encoding="utf-8")
    try:
        data = args.file.read_bytes()
    except OSError as why:
        return _not_done(tr("The file {file} cannot be read: {why}", file=str(args.file), why=_why(why)))
    if not args.dsn:
        return _not_done(tr("Say where the centre is: --dsn, or the variable {name}.", name=DSN))
    take = import_licences if args.what == "licences" else import_dues
    try:
        with loading(args.dsn) as transaction:
            report = take(data, transaction)
    except InputError as error:
        return _not_done(tr("Nothing was taken. {why}", why=describe(error.why)))
    except CentreTroubleError:
        return _not_done(tr("The centre cannot be reached, and nothing was taken. Try again later."))
    say_report(report, sys.stdout)
    return _ALL_GOOD if report.clean else _SOME_BAD


def _can_write_arabic(encoding: str) -> bool:
    try:
        "تجزئة ٢\u2068".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _why(error: OSError) -> str:
    from desktop_app.texts import tr

    match error:
        case FileNotFoundError():
            return tr("there is no such file.")
        case IsADirectoryError():
            return tr("it is a folder.")
        case PermissionError():
            return tr("you may not read it.")
    return error.strerror or ""


def _not_done(words: str) -> int:
    print(words, file=sys.stderr)
    return _NOT_DONE
