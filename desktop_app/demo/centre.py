"""The demonstration's centre: a real PostgreSQL, provisioned, filled with sample data, with the registrar beside it."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from desktop_app.application.certificate_keys import book_to_bytes, make_book
from desktop_app.application.door import KnownPerson
from desktop_app.application.ports.papers import PaperRenderer
from desktop_app.application.reference_data import build_reference
from desktop_app.application.settings import WorkstationSettings
from desktop_app.application.store_key import get_store_key
from desktop_app.bootstrap.device import workstation_enrolment
from desktop_app.centre.audit_book import make_audit_key
from desktop_app.centre.certificates import write_private
from desktop_app.centre.channel_logins import add_channel
from desktop_app.centre.devices import invite_device
from desktop_app.centre.loading import PostgresLoading, loading
from desktop_app.centre.provisioning import open_database, provision
from desktop_app.centre.staff import add_staff
from desktop_app.demo.papers import SamplePapers
from desktop_app.demo.postgres import HOST, EmbeddedPostgres
from desktop_app.demo.sample import SampleData, sample_data
from desktop_app.demo.staff import DEMO_PASSWORD, HOME_BRANCH, STAFF, demo_sign_ins
from desktop_app.system.given_secrets import GivenSecrets
from desktop_app.system.whole_files import write_whole
from desktop_app.wire.invitation import Invitation

DATABASE = "tajzia"
_REGISTRAR = "tajzia_registrar"
_CHANNEL_DAYS = 1
_READY = "ready"


class DemoCentre:
    """Everything lies in `folder`. Leaving the block ends the registrar and the server; the folder is the caller's.

    With `sample_papers` the papers of issued sample requests are drawn meanwhile; without, there are none. Notices go
    out by `gateway`, the settings of one, or else into files. `say` is told what is being done: it takes some seconds,
    in which there is nothing else to see.
    """

    def __init__(
        self,
        folder: Path,
        as_of: datetime,
        registrar_password: str,
        sample_papers: PaperRenderer | None = None,
        gateway: Path | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.folder = folder
        self.notices = folder / "notices"
        self._as_of = as_of
        self._registrar_password = registrar_password
        self._sample_papers = sample_papers
        self._gateway = gateway
        self._say = say
        self._server = EmbeddedPostgres(folder / "postgres")
        self._running = ExitStack()
        self._secrets: dict[str, GivenSecrets] = {}

    def __enter__(self) -> DemoCentre:
        with ExitStack() as starting:
            self._say("starting a PostgreSQL of its own")
            starting.enter_context(self._server)
            self._say("preparing the centre and loading sample data")
            sample = self._fill()
            self._say("starting the registrar")
            starting.enter_context(self._registrar())
            if self._sample_papers is not None:
                admin = self._server.admin(DATABASE)
                starting.enter_context(SamplePapers(sample, self._sample_papers, lambda: loading(admin)))
            self._running = starting.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    def enrol(self, device: str) -> WorkstationSettings:
        """A workstation at the home branch's counter, with its certificate and an empty store: enrolled by an
        invitation, as at a real centre."""
        self._say(f"enrolling the workstation {device}")
        file, held = self.settings_file(device), GivenSecrets()
        with psycopg.connect(self._server.admin(DATABASE), autocommit=True) as admin:
            made = invite_device(admin, device, HOME_BRANCH, hours=1)
        invitation = Invitation(
            device=device,
            host=HOST,
            port=self._server.port,
            database=DATABASE,
            authority=self._server.authority_certificate.read_text(encoding="ascii"),
            password=made.password,
            code=made.code,
        )
        settings = replace(
            workstation_enrolment(file, held).enrol(invitation),
            store=str(file.parent),
            people=tuple(
                KnownPerson(one.login, one.name_ar, one.role, 0 if _everywhere(one.login) else one.branch, one.cashier)
                for one in demo_sign_ins()
            ),
            demo_password=DEMO_PASSWORD,
        )
        settings.save(file)
        get_store_key(held, device, stands=False)
        self._secrets[device] = held
        return settings

    def admit(self, kind: str) -> str:
        """How another system reaches its channel: a login with a password and a certificate of its own."""
        login, password = f"{kind}_demo", secrets.token_urlsafe(24)
        with psycopg.connect(self._server.admin(DATABASE), autocommit=True) as admin:
            issued = add_channel(admin, self._server.authority, kind, login, _CHANNEL_DAYS, password)
        folder = self.folder / "channels"
        folder.mkdir(mode=0o700, exist_ok=True)
        certificate, key = folder / f"{login}.crt", folder / f"{login}.key"
        certificate.write_bytes(issued.certificate)
        write_private(key, issued.key)
        return make_conninfo(
            host=HOST, port=self._server.port, dbname=DATABASE, user=login, password=password, sslmode="verify-full",
            sslrootcert=str(self._server.authority_certificate), sslcert=str(certificate), sslkey=str(key),
        )  # fmt: skip

    def secrets_of(self, device: str) -> GivenSecrets:
        """The machine secrets of a workstation that was enrolled: in this process's memory, and nowhere else."""
        return self._secrets[device]

    def settings_file(self, device: str) -> Path:
        return self.folder / "workstations" / device / "workstation.json"

    def _fill(self) -> SampleData:
        with psycopg.connect(self._server.admin(), autocommit=True) as admin:
            admin.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        with psycopg.connect(self._server.admin(DATABASE), autocommit=True) as admin:
            provision(admin, self._registrar_password)
            open_database(admin)
            for actor in STAFF:
                add_staff(admin, actor, DEMO_PASSWORD)
            sample = sample_data(build_reference(), self._as_of)
            with admin.transaction():
                bulk = PostgresLoading(admin)
                bulk.raise_counters(sample.counters)
                bulk.put(sample.facts())
        return sample

    def _registrar(self) -> _Registrar:
        audit_key = self.folder / "audit.key"
        make_audit_key(audit_key)
        keys, passphrase = self.folder / "certificates.keys", self.folder / "certificates.passphrase"
        words = secrets.token_urlsafe(24)
        write_whole(passphrase, words.encode())
        write_whole(keys, book_to_bytes(make_book(words, datetime.now(UTC))))
        return _Registrar(
            self._server.local(_REGISTRAR, self._registrar_password, DATABASE),
            ("--notices", self.notices) if self._gateway is None else ("--gateway", self._gateway),
            self._server.authority_folder,
            audit_key,
            (keys, passphrase),
            self.folder / "registrar.log",
        )


class _Registrar:
    """The registrar as a process of its own, as at a real centre."""

    def __init__(
        self,
        conninfo: str,
        notices: tuple[str, Path],
        authority: Path,
        audit_key: Path,
        keys: tuple[Path, Path],
        log: Path,
    ) -> None:
        self._conninfo = conninfo
        self._authority = authority
        self._notices = notices
        self._audit_key = audit_key
        self._keys, self._passphrase = keys
        self._log = log
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> _Registrar:
        command = [sys.executable, "-m", "desktop_app", "centre", "serve", *map(str, self._notices)]
        command += ["--authority", str(self._authority), "--audit-key", str(self._audit_key)]
        command += ["--certificate-keys", str(self._keys), "--certificate-passphrase-file", str(self._passphrase)]
        with self._log.open("w", encoding="utf-8") as log:
            # Its own session: Ctrl-C reaches this program, which then ends the registrar in good order.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(self._conninfo + "\n")
        self._process.stdin.flush()
        if self._process.stdout.readline().strip() != _READY:
            self._process.wait()
            raise RuntimeError(f"the registrar did not start: {self._log.read_text(encoding='utf-8')[-2000:]}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def _everywhere(login: str) -> bool:
    return next(one for one in STAFF if one.id == login).all_branches
