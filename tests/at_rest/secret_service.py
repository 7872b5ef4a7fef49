"""A real Secret Service of its own: a bus, GNOME's keyring daemon on it, and a home that nobody else has.

Programs that ask it run as processes of their own, as a workstation would.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_SECONDS = 30

_LOCK = """
import secretstorage
bus = secretstorage.dbus_init()
collection = secretstorage.get_default_collection(bus)
collection.lock()
assert collection.is_locked()
"""


class SecretService:
    """A daemon on the bus that `environment` names; `environment` is what a program needs to find it."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home = home
        self.environment = environment
        self._daemon: subprocess.Popen[str] | None = None

    def ask(self, program: str, *arguments: str | Path) -> str:
        """What a Python program says whose session this is."""
        return ask(self.environment, program, *arguments)

    def lock(self) -> None:
        self.ask(_LOCK)

    def begin(self, password: str) -> None:
        """As signing in to the computer does: whatever ran before ends."""
        self.end()
        daemon = self._daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert daemon.stdin is not None
        assert daemon.stdout is not None
        daemon.stdin.write(password)
        daemon.stdin.close()
        daemon.stdout.readline()  # it says where it is once it is there

    def end(self) -> None:
        if self._daemon is not None:
            _end(self._daemon)
            self._daemon = None


def ask(environment: dict[str, str], program: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def without_a_session(home: Path) -> dict[str, str]:
    """The environment of somebody with a home and no bus: a server, a bare terminal."""
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "PYTHONPATH")}
    own = {"HOME": home, "XDG_DATA_HOME": home / "data", "XDG_CONFIG_HOME": home / "config",
           "XDG_CACHE_HOME": home / "cache", "XDG_RUNTIME_DIR": home / "run"}  # fmt: skip
    for folder in own.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return keep | {name: str(folder) for name, folder in own.items()} | {
        # Without a bus in the environment libraries would find or start one by themselves.
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


@contextmanager
def secret_service(home: Path, password: str) -> Iterator[SecretService]:
    """Bus and daemon, unlocked; both end with the block."""
    environment = without_a_session(home)
    del environment["DBUS_SESSION_BUS_ADDRESS"]
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        service = SecretService(home, environment)
        try:
            service.begin(password)
            yield service
        finally:
            service.end()
    finally:
        _end(bus)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(_SECONDS)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
