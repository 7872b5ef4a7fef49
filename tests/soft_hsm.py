"""SoftHSM: a token of PKCS #11 that is files, for trying what speaks to hardware ones."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MODULES = (
    Path("/usr/lib/softhsm/libsofthsm2.so"),
    Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/usr/lib64/pkcs11/libsofthsm2.so"),
)
PIN = "271828"


@dataclass(frozen=True, slots=True)
class SoftHsm:
    """Tokens that lie in `folder`, for this process and those that it starts."""

    module: Path
    folder: Path

    def add_token(self, label: str) -> None:
        words = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "99999999", "--pin", PIN]
        subprocess.run(words, check=True, capture_output=True)
        self.look_again()

    def look_again(self) -> None:
        """This process sees then which tokens there are now: the library reads its settings once."""
        import pkcs11

        pkcs11.lib(str(self.module)).reinitialize()

    @contextmanager
    def taken_away(self) -> Iterator[None]:
        """There is no token meanwhile."""
        away = self.folder.with_name("taken-away")
        self.folder.rename(away)
        self.folder.mkdir()
        try:
            yield
        finally:
            shutil.rmtree(self.folder)
            away.rename(self.folder)


@contextmanager
def soft_hsm(folder: Path) -> Iterator[SoftHsm]:
    """Skips the test where SoftHSM is not installed (`python3 dev.py test` installs it)."""
    module = next((one for one in MODULES if one.is_file()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM is not installed here (Debian's softhsm2)")
    tokens, settings, before = folder / "tokens", folder / "softhsm2.conf", os.environ.get("SOFTHSM2_CONF")
    tokens.mkdir()
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n", "utf-8")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    try:
        yield SoftHsm(module, tokens)
    finally:
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before
