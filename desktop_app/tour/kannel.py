"""A real Kannel of one's own: bearerbox, smsbox and the fake SMSC that Debian packs beside them, on free ports.

What they say is read as they say it, so nothing here sleeps: every wait is for a line of one of them. The guided tour
and the tests of the gateway run it; no message leaves this computer.
"""

from __future__ import annotations

import os
import queue
import re
import secrets
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType

from desktop_app.packaged import resources
from desktop_app.tour.fake_smsc import Message, Received, messages_of, part_of

PACKAGES = "apt-get install kannel kannel-extras"
FAKE_SMSC = "/usr/lib/kannel/test/fakesmsc"
SECONDS = 30.0
USER = "tajzia"
_GOT = rb"Got message \d+: <(.*)>"

_CONF = """
group = core
admin-port = {admin}
admin-password = {password}
admin-interface = 127.0.0.1
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
store-type = spool
store-location = "{folder}/spool"
store-dump-freq = 1
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = FAKE
port = {smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {box}
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
http-request-retry = 3
http-queue-delay = 1

group = sendsms-user
username = {user}
password = {password}
max-messages = 10
concatenation = true
"""


class KannelError(RuntimeError):
    """One of Kannel's programs is missing, ended, or did not say in time what it was to say."""


def kannel_is_installed() -> bool:
    """Whether all three programs are here."""
    return all(_find(name) is not None for name in ("bearerbox", "smsbox", FAKE_SMSC))


def _find(name: str) -> str | None:
    """Debian puts the boxes where the path of an ordinary user does not lead."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin")))


class _Program:
    """A process whose lines are waited for."""

    def __init__(self, *command: str) -> None:
        found = _find(command[0])
        if found is None:
            raise KannelError(f"{command[0]} is missing: {PACKAGES}")
        self._process = subprocess.Popen(
            [found, *command[1:]],
            stdin=subprocess.PIPE,  # the fake SMSC ends with its input
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def next_line(self, pattern: bytes) -> re.Match[bytes]:
        """The next line that the pattern is found in; lines before it are passed over. Raises KannelError."""
        found = self.find_line(pattern, SECONDS)
        if found is None:
            raise KannelError(f"{self._process.args!r} did not say {pattern!r}")
        return found

    def find_line(self, pattern: bytes, seconds: float) -> re.Match[bytes] | None:
        """The like, or None where the program ends or falls silent before."""
        while True:
            try:
                line = self._lines.get(timeout=max(seconds, 0))
            except queue.Empty:
                return None
            if line is None:
                self._lines.put(None)  # the end is read once more by whoever asks next
                return None
            if (found := re.search(pattern, line)) is not None:
                return found

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def end(self, *, at_once: bool = False) -> None:
        if at_once:
            self._process.kill()
        else:
            self._process.terminate()
        try:
            self._process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


class Kannel:
    """`start` and `end` may follow one another: what Kannel keeps on its disk stays. The fake SMSC comes and goes by
    itself; without one, Kannel queues."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "spool").mkdir(parents=True, exist_ok=True)
        self.password = secrets.token_urlsafe(12)
        admin, box, smsc, sendsms = free_ports(4)
        self._smsc_port = smsc
        self.url = f"http://127.0.0.1:{sendsms}/cgi-bin/sendsms"
        self._conf = folder / "kannel.conf"
        self._conf.write_text(
            _CONF.format(
                admin=admin, box=box, smsc=smsc, sendsms=sendsms, folder=folder, user=USER, password=self.password
            )
        )
        self._programs: dict[str, _Program] = {}

    def __enter__(self) -> Kannel:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end_smsc()
        self.end(at_once=True)

    def start(self, *, with_smsc: bool = True) -> None:
        self.start_bearerbox()
        if with_smsc:
            self.start_smsc()
        self.start_smsbox()

    def start_bearerbox(self) -> None:
        bearer = self._programs["bearerbox"] = _Program("bearerbox", "-v", "1", str(self._conf))
        bearer.next_line(b"entering mainloop")

    def start_smsbox(self) -> None:
        box = self._programs["smsbox"] = _Program("smsbox", "-v", "1", str(self._conf))
        box.next_line(b"Connected to bearerbox")

    def start_smsc(self) -> None:
        smsc = self._programs["smsc"] = _Program(
            FAKE_SMSC, "-H", "127.0.0.1", "-r", str(self._smsc_port), "-m", "0", "1 2 text nop"
        )
        smsc.next_line(b"Connecting to")
        self._programs["bearerbox"].next_line(b"Fakesmsc client connected")

    def end(self, *, at_once: bool = False) -> None:
        for name in ("smsbox", "bearerbox"):
            self.end_program(name, at_once=at_once)

    def end_smsc(self) -> None:
        self.end_program("smsc", at_once=True)

    def end_program(self, name: str, *, at_once: bool = False) -> None:
        program = self._programs.pop(name, None)
        if program is not None:
            program.end(at_once=at_once)

    def hold_up(self, name: str) -> None:
        """Stops a program in the middle of whatever it does."""
        self._programs[name].signal(signal.SIGSTOP)

    def let_go(self, name: str) -> None:
        self._programs[name].signal(signal.SIGCONT)

    def settings_in(self, folder: Path) -> Path:
        """The settings that travel with the program, with this Kannel's address and password."""
        text = (resources() / "gateways" / "kannel.toml").read_text("utf-8")
        (port,) = free_ports(1)
        for old, new in (
            ("http://127.0.0.1:13013/cgi-bin/sendsms", self.url),
            ("127.0.0.1:13080", f"127.0.0.1:{port}"),
        ):
            if old not in text:
                raise KannelError(f"the settings that travel with the program no longer say {old}")
            text = text.replace(old, new)
        file = folder / "kannel.toml"
        file.write_text(text, "utf-8")
        secret = folder / "smsbox.password"
        secret.touch(mode=0o600)
        secret.write_text(f"{self.password}\n")
        return file

    def received(self, count: int = 1) -> list[Received]:
        """The next `count` parts that reach the SMSC; waits for them. Raises KannelError."""
        smsc = self._programs["smsc"]
        return [part_of(smsc.next_line(_GOT).group(1)) for _ in range(count)]

    def nothing_more_after(self, marker: str) -> list[Received]:
        """All parts up to the one whose text is `marker`, which was sent last: that one left out."""
        parts = []
        while (part := self.received()[0]).text != marker:
            parts.append(part)
        return parts

    def all_received(self, expected: int) -> list[Message]:
        """What has reached the SMSC since it was last asked, once there are `expected` messages of it or it has been
        silent for long; then the SMSC is ended, and what it still had to say counts too."""
        smsc = self._programs["smsc"]
        parts: list[Received] = []
        end = time.monotonic() + SECONDS
        while len(messages_of(parts)) < expected:
            found = smsc.find_line(_GOT, end - time.monotonic())
            if found is None:
                break
            parts.append(part_of(found.group(1)))
        smsc.end()
        while (found := smsc.find_line(_GOT, 0)) is not None:
            parts.append(part_of(found.group(1)))
        return messages_of(parts)


def free_ports(count: int) -> list[int]:
    """So many ports of this computer that nobody listened on a moment ago."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in held]
    finally:
        for one in held:
            one.close()
