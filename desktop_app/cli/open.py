"""`tajzia open`: the workstation whose settings file is given, or the one that this computer was enrolled as."""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.application.ports.secrets import Secrets

NAME = "open"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, help="the settings file of this workstation")
    parser.add_argument("--municipality", type=Path, metavar="FILE", help="name, colours and logo on the papers")
    parser.add_argument(
        "--secrets-on-stdin", action="store_true", help="for a demonstration: take machine secrets from the input"
    )


def run(args: Namespace) -> int:
    # What a start makes stays: searching it for garbage takes a twentieth of the start.
    gc.disable()
    try:
        return _open(args)
    finally:
        gc.enable()


def _open(args: Namespace) -> int:
    from desktop_app.application.settings import load_settings
    from desktop_app.bootstrap.windows import run_workstation
    from desktop_app.system.paths import usual_places
    from desktop_app.wire.codec import MalformedError

    if args.municipality:
        from desktop_app.bootstrap.papers import use_municipality

        try:
            use_municipality(args.municipality)
        except ValueError as why:
            print(f"tajzia: {why}", file=sys.stderr)
            return 1
    path: Path = args.settings or usual_places().data / "workstation.json"
    secrets = _secrets(args.secrets_on_stdin, path)
    try:
        settings = load_settings(path)
    except FileNotFoundError:
        return _enrol_first(path, secrets)
    except (OSError, MalformedError) as why:
        print(f"tajzia: {path} cannot be read: {why}", file=sys.stderr)
        return 1
    try:
        return run_workstation(settings, [sys.argv[0]], secrets)
    except OSError as why:
        print(f"tajzia: the folder of this workstation, {settings.store}, cannot be used: {why}", file=sys.stderr)
        return 1


def _secrets(given: bool, settings: Path) -> Secrets:
    if given:
        from desktop_app.system.given_secrets import GivenSecrets

        return GivenSecrets.read(sys.stdin)
    from desktop_app.bootstrap.device import machine_secrets

    return machine_secrets(settings)


def _enrol_first(path: Path, secrets: Secrets) -> int:
    """This computer is no device yet: the window that makes it one, where there is a display."""
    from desktop_app.bootstrap.windows import run_first_start
    from desktop_app.system.display import has_display

    if has_display():
        return run_first_start(path.absolute(), [sys.argv[0]], secrets)
    print(
        f"tajzia: this computer is not enrolled: there is no {path}.\n"
        "An administrator makes an invitation, `tajzia enrol` takes it; "
        "`tajzia demo` shows the program on sample data.",
        file=sys.stderr,
    )
    return 1
