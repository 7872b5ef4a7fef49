"""`tajzia --self-test`: the installed program tries its own parts; one line for each, exit status 0 when all are whole.

It needs no centre, no keyring and no display, touches nothing of the user's, and works alike from the sources, an
installed wheel and the bundle.
"""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

NAME = "--self-test"


class BrokenError(Exception):
    """A part does not do what it must; the text says what was found."""


def add_arguments(parser: ArgumentParser) -> None:
    """There are none."""


def run(args: Namespace) -> int:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.cli import self_test_checking, self_test_secrets
    from desktop_app.cli import self_test_parts as parts
    from desktop_app.storage.opening import StoreKey

    with tempfile.TemporaryDirectory(prefix="tajzia-self-test-") as name:
        folder, key = Path(name), StoreKey.make()
        checks: dict[str, Callable[[], str]] = {
            "catalogues": parts.catalogues,
            "resources": parts.reference_data,
            "store": lambda: parts.store(folder, key),
            "machine secrets": lambda: self_test_secrets.machine_secrets(folder),
            "main window": lambda: parts.main_window(folder, key),
            "certificate": parts.certificate,
            "verifying": lambda: self_test_checking.verifying(folder),
            "checking screen": lambda: parts.checking_screen(folder, key),
            "centre's driver": parts.driver_of_the_centre,
        }
        failed = [name for name, check in checks.items() if not _passes(name, check)]
    if failed:
        print(f"tajzia: broken: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _passes(name: str, check: Callable[[], str]) -> bool:
    try:
        print(f"ok      {name}: {check()}", flush=True)
    except Exception as why:  # noqa: BLE001 - whatever goes wrong in a part is what is looked for
        print(f"FAILED  {name}: {type(why).__name__}: {why}", flush=True)
        return False
    return True
