"""`tajzia open`: the workstation whose settings file is given, or the one that this computer was enrolled as."""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

NAME = "open"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, help="the settings file of this workstation")


def run(args: Namespace) -> int:
    # What a start makes stays: searching it for garbage takes a twentieth of the start.
    gc.disable()
    try:
        return _open(args)
    finally:
        gc.enable()


def _open(args: Namespace) -> int:
    from desktop_app.application.settings import load_settings
    from desktop_app.bootstrap import run_workstation
    from desktop_app.system.paths import usual_places
    from desktop_app.wire.codec import MalformedError

    path: Path = args.settings or usual_places().data / "workstation.json"
    try:
        settings = load_settings(path)
    except FileNotFoundError:
        print(
            f"tajzia: this computer is not enrolled: there is no {path}.\n"
            "The administrator of the centre makes one with `tajzia centre enrol-device`; "
            "`tajzia demo` shows the program on sample data.",
            file=sys.stderr,
        )
        return 1
    except (OSError, MalformedError) as why:
        print(f"tajzia: {path} cannot be read: {why}", file=sys.stderr)
        return 1
    try:
        return run_workstation(settings, [sys.argv[0]])
    except OSError as why:
        print(f"tajzia: the folder of this workstation, {settings.store}, cannot be used: {why}", file=sys.stderr)
        return 1
