"""pyHanko as it signs a file that is there: read, an update behind it, the same key and kind of signature as ours."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from typing import Any

from asn1crypto import x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop_app.application.certificate_keys import throw_away_key
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.papers import PaperSeal
from desktop_app.documents.signer_certificate import make_signer_certificate

_KEY = throw_away_key()


def seal() -> PaperSeal:
    return Certifier(_KEY).seal("certificate", datetime(2026, 11, 22, tzinfo=UTC))


class PyHanko:
    def __init__(self, like: PaperSeal) -> None:
        self.name = f"pyHanko {version('pyhanko')}"
        key = Ed25519PrivateKey.from_private_bytes(_KEY.private)
        self._signer = SimpleSigner(
            signing_cert=x509.Certificate.load(make_signer_certificate(like.public, like.sign)),
            signing_key=PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )
        self._how: Any = PdfSignatureMetadata(
            field_name="Centre", md_algorithm="sha512", subfilter=SigSeedSubFilter.PADES
        )

    def signed(self, content: bytes) -> bytes:
        out = sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), self._how, signer=self._signer)
        return bytes(out.getvalue())


def is_good(content: bytes) -> bool:
    (signature,) = PdfFileReader(BytesIO(content)).embedded_signatures
    return bool(validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert])).bottom_line)
