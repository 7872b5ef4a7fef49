"""A time-stamping authority of its own: certificates and answers made by `openssl ts`, behind a small HTTP server."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

SETTINGS = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = {ess}
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,{issuer_may}
[stamps]
basicConstraints = critical,CA:false
extendedKeyUsage = {usage}
{more}
[req]
distinguished_name = name
[name]
"""


@dataclass
class Tsa:
    """`answer` may be replaced: it gets the request and gives the answer."""

    folder: Path
    asked: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.answer: Callable[[bytes], bytes] = self.honest

    @property
    def authority(self) -> bytes:
        """DER of the certificate of who issued the authority's."""
        return self._der("ca.pem")

    @property
    def certificate(self) -> bytes:
        return self._der("tsa.pem")

    def honest(self, request: bytes) -> bytes:
        (self.folder / "asked.tsq").write_bytes(request)
        self._openssl("ts", "-reply", "-queryfile", "asked.tsq", "-out", "said.tsr", "-config", "tsa.conf")
        return (self.folder / "said.tsr").read_bytes()

    def _der(self, name: str) -> bytes:
        return self._openssl("x509", "-in", name, "-outform", "DER")

    def _openssl(self, *words: str) -> bytes:
        return subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True).stdout

    def make_keys(self, key: tuple[str, ...], days: int) -> None:
        of_ca = ("-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Sample root of timestamps", "-extensions", "ca")
        self._openssl("req", "-x509", *_EC, "-nodes", *of_ca, "-days", "3650", "-config", "tsa.conf")
        of_tsa = ("-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Sample authority of timestamps")
        self._openssl("req", *key, "-nodes", *of_tsa, "-config", "tsa.conf")
        signing = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "tsa.conf")
        self._openssl(
            "x509", "-req", "-in", "tsa.csr", *signing, "-extensions", "stamps", "-days", str(days), "-out", "tsa.pem"
        )

    def revocations(
        self,
        made: datetime | None = None,
        next_due: timedelta | None = timedelta(days=7),
        *,
        serials: Sequence[int] = (),
        more: Sequence[tuple[x509.ExtensionType, bool]] = (),
        like: Tsa | None = None,
    ) -> bytes:
        """The issuer's list (CRL, DER). With `like`, one that says that it is of another authority's issuer."""
        made = (made or datetime.now(UTC)).replace(microsecond=0)
        issuer = x509.load_der_x509_certificate((like or self).authority)
        told = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject).last_update(made)
        told = told.next_update(made + (next_due or timedelta(days=1)))
        for serial in serials:
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(made).build()
            told = told.add_revoked_certificate(one)
        for extension, critical in more:
            told = told.add_extension(extension, critical)
        key = load_pem_private_key((self.folder / "ca.key").read_bytes(), None)
        return told.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)  # type: ignore[arg-type]

    @property
    def serial(self) -> int:
        return x509.load_der_x509_certificate(self.certificate).serial_number

    def expire(self) -> None:
        """Its certificate is from here on one of the past."""

        def read(name: str) -> bytes:
            return (self.folder / name).read_bytes()

        now, was = datetime.now(UTC), x509.load_pem_x509_certificate(read("tsa.pem"))
        made = x509.CertificateBuilder(was.issuer, was.subject, was.public_key(), was.serial_number)
        made = made.not_valid_before(now - timedelta(days=2)).not_valid_after(now - timedelta(days=1))
        for extension in was.extensions:
            made = made.add_extension(extension.value, extension.critical)
        key = load_pem_private_key(read("ca.key"), None)
        expired = made.sign(key, hashes.SHA256())  # type: ignore[arg-type]
        (self.folder / "tsa.pem").write_bytes(expired.public_bytes(Encoding.PEM))


_EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
KEYS = {"ec": _EC, "rsa": ("-newkey", "rsa:2048")}


def make_tsa(
    folder: Path,
    key: str = "ec",
    *,
    ess: str = "sha256",
    usage: str = "critical,timeStamping",
    days: int = 3650,
    lists_at: str | None = None,
    issuer_may: str = "keyCertSign,cRLSign",
) -> Tsa:
    """`lists_at` is where its certificate says that its issuer's list of revocations lies."""
    folder.mkdir(parents=True)
    more = f"crlDistributionPoints = URI:{lists_at}" if lists_at else ""
    (folder / "tsa.conf").write_text(
        SETTINGS.format(folder=folder, ess=ess, usage=usage, more=more, issuer_may=issuer_may), "utf-8"
    )
    (folder / "serial").write_text("01\n", "ascii")
    tsa = Tsa(folder)
    tsa.make_keys(KEYS[key], days)
    return tsa


@dataclass
class ListServer:
    """Where lists of revocations lie: `answer` is what a question gets (status, bytes)."""

    url: str
    answer: Callable[[], tuple[int, bytes]] = lambda: (404, b"")
    asked: int = 0


@contextmanager
def list_server() -> Iterator[ListServer]:
    """Any path of it answers, meanwhile."""
    kept = ListServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kept.asked += 1
            status, said = kept.answer()
            self.send_response(status)
            self.end_headers()
            with suppress(OSError):  # who asked reads no further than it wants to
                self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
            """Says nothing."""

    with _served(Handler) as port:
        kept.url = f"http://127.0.0.1:{port}/issuer.crl"
        yield kept


@contextmanager
def _served(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def listening(tsa: Tsa) -> Iterator[Tsa]:
    """It answers at `tsa.url` meanwhile."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            tsa.asked.append(request)
            tsa.headers.append(dict(self.headers))
            said = tsa.answer(request)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
            """Says nothing."""

    with _served(Handler) as port:
        tsa.url = f"http://127.0.0.1:{port}/tsa"
        yield tsa
