"""Enrolling a workstation: the device makes its own key, and the centre's registrar signs for it.

The key and the request are kept before the code is shown: should the answer be lost, or the computer fail, the same
request gets the same certificate. The key never leaves the computer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.ports.enrolment import EnrolmentAnswer, EnrolmentDoor, EnrolmentState
from desktop_app.sync.centre_link import CentreUnreachableError
from desktop_app.wire.invitation import clean_code, digest_of

TRIES, PAUSE_SECONDS = 60, 0.3
"""How long the registrar may take to sign."""


class EnrolmentRefusedError(PermissionError):
    """The centre does not enrol a device for this code; `state` says why."""

    def __init__(self, state: EnrolmentState) -> None:
        super().__init__(state.value)
        self.state = state


class RegistrarAwayError(CentreUnreachableError):
    """The centre took the request, and nobody signed it in time. The same code goes on where this ended."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was made, for the code of this digest: the device's key (PEM) and the PKCS #10 request (DER)."""

    digest: bytes
    key: bytes
    request: bytes


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A device with its certificate and key (PEM)."""

    device: str
    branch: int
    certificate: bytes
    key: bytes


class Keeping(Protocol):
    """Where a request lies until its certificate is here."""

    def find_asked(self) -> Asked | None: ...

    def keep_asked(self, asked: Asked) -> None:
        """Durable when it returns. Raises OSError."""


def enrol(device: str, code: str, door: EnrolmentDoor, keeping: Keeping, pause: Callable[[float], object]) -> Enrolled:
    """Asks for the certificate of `device` until the registrar has signed it. Blocks.

    Raises BadCodeError, EnrolmentRefusedError, RegistrarAwayError, CentreUnreachableError, NotAdmittedError, OSError.
    """
    letters = clean_code(code)
    asked = keeping.find_asked()
    if asked is None or asked.digest != digest_of(code):
        asked = make_request(device, digest_of(code))
        keeping.keep_asked(asked)
    for _ in range(TRIES):
        answer = door.ask(letters, asked.request)
        if answer.state is EnrolmentState.ISSUED:
            return _checked(device, answer, asked)
        if answer.state is not EnrolmentState.WAITING:
            raise EnrolmentRefusedError(answer.state)
        pause(PAUSE_SECONDS)
    raise RegistrarAwayError("the registrar has not signed")


def make_request(device: str, digest: bytes) -> Asked:
    """A fresh key (elliptic curve P-256), and what the centre is to sign."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, device)])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return Asked(
        digest,
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        request.public_bytes(serialization.Encoding.DER),
    )


def _checked(device: str, answer: EnrolmentAnswer, asked: Asked) -> Enrolled:
    """A certificate of another name or key would lock this computer out without a word."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    certificate = x509.load_pem_x509_certificate(answer.certificate.encode("ascii"))
    ours = load_pem_private_key(asked.key, password=None).public_key()
    if certificate.public_key() != ours or answer.device != device:
        raise EnrolmentRefusedError(EnrolmentState.REFUSED)
    return Enrolled(device, answer.branch, answer.certificate.encode("ascii"), asked.key)
