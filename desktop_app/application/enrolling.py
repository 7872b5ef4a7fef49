"""Enrolling a workstation: the device makes its own key, and the centre's registrar signs for it.

The key and the request are kept before the code is shown: should the answer be lost, or the computer fail, the same
request gets the same certificate. The key never leaves the computer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.ports.enrolment import EnrolmentAnswer, EnrolmentDoor, EnrolmentState
from desktop_app.application.settings import WorkstationSettings
from desktop_app.sync.centre_link import CentreUnreachableError
from desktop_app.wire.invitation import Invitation, clean_code, digest_of

TRIES, PAUSE_SECONDS = 100, 0.1
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


class AlreadyEnrolledError(OSError):
    """This computer is a device of the centre already, and the invitation is another's."""

    def __init__(self, device: str) -> None:
        super().__init__(f"this computer is {device}")
        self.device = device


class StoreElsewhereError(OSError):
    """The invitation renews a device whose store is not on this computer."""

    def __init__(self, device: str) -> None:
        super().__init__(f"the store of {device} is not on this computer")
        self.device = device


class Keeping(Protocol):
    """Where a request lies until its certificate is here."""

    def find_asked(self) -> Asked | None: ...

    def keep_asked(self, asked: Asked) -> None:
        """Durable when it returns. Raises OSError."""


class DeviceHome(Keeping, Protocol):
    """What this computer knows of itself as a device. Every method may raise OSError."""

    def find_settings(self) -> WorkstationSettings | None: ...

    def move_in(self, enrolled: Enrolled, invitation: Invitation) -> WorkstationSettings:
        """Keeps key, certificate and settings, and forgets the request. A store that is there already stays."""


class WorkstationEnrolment:
    """Makes this computer a device, from the text of an invitation."""

    def __init__(
        self,
        home: DeviceHome,
        door_to: Callable[[Invitation], EnrolmentDoor],
        pause: Callable[[float], object],
    ) -> None:
        self._home = home
        self._door_to = door_to
        self._pause = pause

    def enrol(self, invitation: Invitation, code: str = "") -> WorkstationSettings:
        """`code` where the invitation carries none. Blocks for as long as the registrar takes.

        Raises AlreadyEnrolledError or StoreElsewhereError before anybody is asked, and as `enrol`.
        """
        stands = self._home.find_settings()
        if stands is not None and (stands.device != invitation.device or not invitation.again):
            raise AlreadyEnrolledError(stands.device)
        if stands is None and invitation.again:
            raise StoreElsewhereError(invitation.device)
        enrolled = enrol(invitation.device, invitation.code or code, self._door_to(invitation), self._home, self._pause)
        return self._home.move_in(enrolled, invitation)


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
