"""As whom a server is run: PostgreSQL refuses the superuser of the machine, so such a one steps aside for it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
_ORDINARY_USERS = ("postgres", "nobody")


class NoServerUserError(RuntimeError):
    """The machine's superuser can neither enter a user namespace nor become somebody else."""


@dataclass(frozen=True, slots=True)
class ServerUser:
    """`prefix` stands in front of every command of the server; `uid` and `gid`, where set, must own its files."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def command(self, *words: str) -> list[str]:
        return [*self.prefix, *words]

    def take(self, folder: Path) -> None:
        """Hands `folder` and all in it to the server's user, where that is another one."""
        if self.uid is None or self.gid is None:
            return
        os.chown(folder, self.uid, self.gid)
        for path in folder.rglob("*"):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def choose_server_user() -> ServerUser:
    """Nobody else for an ordinary user; for root a user namespace, or where those are forbidden another account.

    Raises NoServerUserError.
    """
    if os.geteuid() != 0:
        return ServerUser()
    if shutil.which(_NAMESPACE[0]) and _runs((*_NAMESPACE, "true")):
        return ServerUser(_NAMESPACE)
    return another_account()


def another_account() -> ServerUser:
    """An ordinary account of this machine, entered with `setpriv`. Raises NoServerUserError."""
    for name in _ORDINARY_USERS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        prefix = ("setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", "--")
        if shutil.which(prefix[0]) and _runs((*prefix, "true")):
            return ServerUser(prefix, account.pw_uid, account.pw_gid)
    raise NoServerUserError("PostgreSQL does not run as root, and neither unshare nor setpriv can step aside for it")


def _runs(command: Sequence[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
