"""pouchdb-server, installed from npm into a folder of the measurement's own."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

VERSION = "4.2.0"
_DURABLE = """
const level = require(process.env.PEER_MODULES + "/leveldown");
for (const [name, place] of [["_put", 2], ["_del", 1], ["_batch", 1]]) {
  const written = level.prototype[name];
  level.prototype[name] = function (...given) {
    given[place] = Object.assign({}, given[place], { sync: true });
    return written.apply(this, given);
  };
}
"""
"""Loaded into the server before it starts. As it is shipped, an answered PUT has reached LevelDB's buffer, which a
power cut empties; LevelDB's own option has each write on the disk before it is answered."""


class PeerMissingError(RuntimeError):
    """The peer cannot be had here; the text says what is missing."""


class PouchServer:
    """A server over LevelDB on this machine's loopback, alive within the `with`; what it has answered outlives a power
    cut. Raises PeerMissingError."""

    version = VERSION

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="tajzia-pouch-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        self._named = 0

    def __enter__(self) -> Self:
        try:
            program = _installed()
            self._port = _free_port()
            durable = self._folder / "durable.js"
            durable.write_text(_DURABLE)
            given = ["node", "--require", str(durable), str(program), "--dir", str(self._folder)]
            given += ["--port", str(self._port), "--no-stdout-logs"]
            self._process = subprocess.Popen(
                given,
                cwd=self._folder,
                env={**os.environ, "PEER_MODULES": str(program.parents[2])},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            assert self._process.stdout is not None
            for line in self._process.stdout:
                if b"has started" in line:
                    break
            else:
                raise PeerMissingError("pouchdb-server does not start")
            self._put("/bench", "")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def put_all(self, document: str, count: int) -> float:
        """Documents per second, each by a PUT of its own over one connection that stays open."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        began = perf_counter()
        for _ in range(count):
            self._named += 1
            _put(connection, f"/bench/d{self._named}", document)
        took = perf_counter() - began
        connection.close()
        return count / took

    def _put(self, path: str, document: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        _put(connection, path, document)
        connection.close()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _put(connection: http.client.HTTPConnection, path: str, document: str) -> None:
    connection.request("PUT", path, document.encode(), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != http.client.CREATED:
        raise PeerMissingError(f"pouchdb-server answers {answer.status}: {said[:200]!r}")


def _installed() -> Path:
    """The server's program, installed once into the machine's cache."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            raise PeerMissingError(f"{tool} is not installed: the peer pouchdb-server needs it")
    home = Path.home() / ".cache" / "tajzia-bench" / f"pouchdb-server-{VERSION}"
    program = home / "node_modules" / "pouchdb-server" / "bin" / "pouchdb-server"
    if not program.exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text(json.dumps({"name": "bench-peer", "private": True}))
        done = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", f"pouchdb-server@{VERSION}"],
            cwd=home, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode or not program.exists():
            raise PeerMissingError(f"npm could not install pouchdb-server: {done.stderr[-400:]}")
    return program


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
