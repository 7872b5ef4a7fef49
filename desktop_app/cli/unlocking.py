"""Machine secrets for a subcommand in a terminal: where they lie under a passphrase, it is asked for there."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.passphrase import SHORTEST, strength
from desktop_app.application.ports.secrets import PassphraseNeededError

if TYPE_CHECKING:
    from desktop_app.application.machine_secrets import MachineSecrets


class PassphraseRefusedError(ValueError):
    """A passphrase that is chosen here must be longer, or repeat less."""


def add_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file", type=Path, help="where this computer has no keyring (default: asked for in the terminal)"
    )


def unlocked_secrets(settings: Path, passphrase_file: Path | None) -> MachineSecrets:
    """The secrets of the workstation with this settings file, ready to be asked.

    Raises OSError: among others PassphraseNeededError where nobody can be asked, and WrongPassphraseError.
    Raises PassphraseRefusedError for a new one that is too easily guessed.
    """
    from desktop_app.bootstrap.device import machine_secrets

    secrets = machine_secrets(settings)
    try:
        secrets.find("ready")
    except PassphraseNeededError as needed:
        if passphrase_file is None and not sys.stdin.isatty():
            raise
        if needed.new:
            secrets.choose(chosen_passphrase(passphrase_file))
        elif passphrase_file is not None:
            secrets.open(read_passphrase(passphrase_file))
        else:
            secrets.open(getpass("Passphrase of this computer: "))
    return secrets


def read_passphrase(file: Path) -> str:
    return file.read_text(encoding="utf-8").rstrip("\r\n")


def chosen_passphrase(file: Path | None) -> str:
    """A new one, from a file or asked for twice. Raises PassphraseRefusedError for one in a file that is too easily
    guessed, OSError."""
    if file is not None:
        given = read_passphrase(file)
        if not strength(given).will_do:
            raise PassphraseRefusedError(f"this passphrase is {strength(given).value}")
        return given
    print(
        "This computer has no keyring. Choose a passphrase that seals its keys; it is asked for at every start,"
        " and nobody can bring it back.",
        file=sys.stderr,
    )
    while True:
        passphrase = getpass(f"Passphrase ({SHORTEST} characters or more; a few unrelated words are good): ")
        if not strength(passphrase).will_do:
            print(f"This one is {strength(passphrase).value}.", file=sys.stderr)
        elif getpass("The same again: ") != passphrase:
            print("The two are not the same.", file=sys.stderr)
        else:
            return passphrase
