"""The part of `tajzia --self-test` that looks after this machine's secrets, without touching anybody's keyring."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from desktop_app.cli.self_test import BrokenError

_SAID = "a passphrase of the self-test"


def machine_secrets(folder: Path) -> str:
    """The keepers of the operating systems' keyrings can be found by name, and a passphrase seals and opens."""
    from importlib.metadata import entry_points

    from desktop_app.application.ports.secrets import WrongPassphraseError
    from desktop_app.system.keyring_secrets import KEEPERS
    from desktop_app.system.sealed_secrets import FILE, SealedSecrets

    known = entry_points(group="keyring.backends")
    found = [keeper for keeper in known if keeper.value.startswith(KEEPERS)]
    for keeper in found:
        keeper.load()
    if sys.platform == "linux":
        importlib.import_module("secretstorage")  # without it, its keeper loads and keeps nothing
    if not found:
        raise BrokenError("keyring knows no keyring of an operating system")
    vault = SealedSecrets(folder)
    vault.choose(_SAID)
    vault.put("self-test", bytes(32))
    opened = SealedSecrets(folder)
    try:
        opened.open(_SAID[:-1])
    except WrongPassphraseError:
        opened.open(_SAID)
    else:
        raise BrokenError("another passphrase opens the seal")
    if opened.find("self-test") != bytes(32):
        raise BrokenError("the seal gave something else back")
    return f"{len(found)} keyrings known, {(folder / FILE).stat().st_size} bytes sealed"
