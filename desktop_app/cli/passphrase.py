"""`tajzia passphrase`: puts the keys of this computer, where it has no keyring, under another passphrase."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path

NAME = "passphrase"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, help="the settings file of the workstation (default: the usual place)")
    parser.add_argument("--old-file", type=Path, help="the file with today's (default: asked for in the terminal)")
    parser.add_argument("--new-file", type=Path, help="the file with the new one (default: asked for in the terminal)")


def run(args: Namespace) -> int:
    from desktop_app.bootstrap.device import NoPassphraseError, vault_alone
    from desktop_app.cli.unlocking import PassphraseRefusedError, chosen_passphrase, read_passphrase
    from desktop_app.system.paths import usual_places
    from desktop_app.wire.codec import MalformedError

    place: Path = (args.settings or usual_places().data / "workstation.json").absolute()
    try:
        with vault_alone(place) as vault:
            old = getpass("Today's passphrase: ") if args.old_file is None else read_passphrase(args.old_file)
            vault.open(old)
            vault.change(chosen_passphrase(args.new_file))
    except (MalformedError, NoPassphraseError, PassphraseRefusedError, OSError) as why:
        print(f"tajzia: {why}; nothing was changed", file=sys.stderr)
        return 1
    print("The keys of this computer lie under the new passphrase. The old one opens nothing any more.")
    return 0
