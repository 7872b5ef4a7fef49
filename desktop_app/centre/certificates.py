"""The centre's own certificate authority: it vouches for the server and for every enrolled device.

Elliptic-curve keys (P-256). A device's certificate names the device and nothing else; its serial number is kept at
the centre, so that one certificate can be revoked without the others.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_YEARS = timedelta(days=3650)
_DEVICE_LIFE = timedelta(days=730)
_SKEW = timedelta(days=2)
"""Certificates begin this much earlier: workstations' clocks are not trusted to be right."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and its private key (PEM), and the certificate's serial number."""

    certificate: bytes
    key: bytes
    serial: int


class BadRequestError(ValueError):
    """What a device asked to have signed is no request of its own for a key of the right kind."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A certificate (PEM) for a key that never was here, and its serial number."""

    certificate: bytes
    serial: int


class Authority:
    """The key that signs, and its own certificate."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._key = key
        self._certificate = certificate

    @classmethod
    def create(cls) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tajzia centre")])
        builder = (
            _builder(name, name, key.public_key(), _YEARS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return cls(key, builder.sign(key, hashes.SHA256()))

    @classmethod
    def open(cls, folder: Path) -> Authority:
        """The authority kept in `folder`. Raises FileNotFoundError."""
        key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{folder / 'ca.key'} is not an elliptic-curve key")
        return cls(key, x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes()))

    @classmethod
    def open_or_create(cls, folder: Path) -> Authority:
        """The authority kept in `folder`, made there the first time."""
        if (folder / "ca.key").exists():
            return cls.open(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = cls.create()
        (folder / "ca.crt").write_bytes(made.certificate)
        write_private(folder / "ca.key", _pem(made._key))
        return made

    @property
    def certificate(self) -> bytes:
        """PEM of the authority's own certificate: what a workstation trusts."""
        return self._certificate.public_bytes(serialization.Encoding.PEM)

    def issue_server(self, *hosts: str) -> Issued:
        """A server's certificate for these names or addresses."""
        names = [_general_name(host) for host in hosts]
        return self._issue(hosts[0], ExtendedKeyUsageOID.SERVER_AUTH, _YEARS, names)

    def issue_device(self, device: str) -> Issued:
        """A device's certificate; its common name is the device's."""
        return self._issue(device, ExtendedKeyUsageOID.CLIENT_AUTH, _DEVICE_LIFE, [])

    def issue_channel(self, login: str, days: int) -> Issued:
        """The certificate of another system's login; its common name is the login."""
        return self._issue(login, ExtendedKeyUsageOID.CLIENT_AUTH, timedelta(days=days), [])

    def sign_device(self, device: str, request: bytes) -> Signed:
        """A device's certificate for the key of its request (PKCS #10, DER). Of what the request says, only the key is
        taken. Raises BadRequestError."""
        made = self._sign(device, _key_of(device, request), ExtendedKeyUsageOID.CLIENT_AUTH, _DEVICE_LIFE, [])
        return Signed(made.public_bytes(serialization.Encoding.PEM), made.serial_number)

    def _issue(self, name: str, usage: x509.ObjectIdentifier, life: timedelta, hosts: list[x509.GeneralName]) -> Issued:
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._sign(name, key.public_key(), usage, life, hosts)
        return Issued(made.public_bytes(serialization.Encoding.PEM), _pem(key), made.serial_number)

    def _sign(
        self,
        name: str,
        key: ec.EllipticCurvePublicKey,
        usage: x509.ObjectIdentifier,
        life: timedelta,
        hosts: list[x509.GeneralName],
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            _builder(subject, self._certificate.subject, key, life)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        if hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        return builder.sign(self._key, hashes.SHA256())


def write_private(path: Path, content: bytes) -> None:
    """Writes a file that only its owner can read. Raises FileExistsError rather than replacing a key."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)


def _key_of(device: str, request: bytes) -> ec.EllipticCurvePublicKey:
    """The key that a device asks to have signed, proved to be its own."""
    try:
        asked = x509.load_der_x509_csr(request)
        key = asked.public_key()
        whole = asked.is_signature_valid
        names = [str(one.value) for one in asked.subject]
    except (ValueError, TypeError, UnsupportedAlgorithm) as why:
        raise BadRequestError("this is no request for a certificate") from why
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadRequestError("the key is of another kind")
    if not whole:
        raise BadRequestError("the request was not signed with its own key")
    if names != [device]:
        raise BadRequestError("the request names another device")
    return key


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, life: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + life)
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
