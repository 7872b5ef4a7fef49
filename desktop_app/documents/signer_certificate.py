"""The X.509 certificate that a paper's signature carries: a centre's certificate key in the wrapping that CMS asks for.

It vouches for nothing: whether the key is the centre's, and until when, the signed list of keys says. Of an Ed25519 key
(RFC 8410) it is a function of the key alone, and equal papers stay equal bytes. ECDSA signs with chance, so of an ES256
key each process makes one of its own, under a serial number of its own.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from desktop_app.documents.signature_scheme import SCHEMES
from desktop_app.wire.raw_signature import KeyKind, coordinates, kind_of

_ED25519 = {"algorithm": "ed25519"}
_FROM, _TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""No end that is known (RFC 5280, 4.1.2.5): keys begin and end by the signed list."""


@lru_cache(maxsize=8)
def make_signer_certificate(public: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """DER, signed by itself. `public` is as `wire.raw_signature` has it; `sign` gives raw signatures by its other
    half. Raises what `sign` raises."""
    from asn1crypto import x509

    scheme = SCHEMES[kind_of(public)]
    name = hashlib.sha256(public).digest()
    subject = x509.Name.build({"common_name": f"Tajzia certificates {name[:8].hex()}"})
    usage = x509.KeyUsage({"digital_signature", "non_repudiation"})
    serial = name[:8] if scheme.kind is KeyKind.ED25519 else os.urandom(8)
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": int.from_bytes(serial, "big") | 1 << 64,
            "signature": {"algorithm": scheme.algorithm},
            "issuer": subject,
            "validity": {"not_before": x509.UTCTime(_FROM), "not_after": x509.GeneralizedTime(_TO)},
            "subject": subject,
            "subject_public_key_info": _key_info(public),
            "extensions": [
                {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": False}},
                {"extn_id": "key_usage", "critical": True, "extn_value": usage},
                {"extn_id": "key_identifier", "critical": False, "extn_value": name[:20]},
            ],
        }
    )
    made: Any = x509.Certificate(
        {
            "tbs_certificate": body,
            "signature_algorithm": {"algorithm": scheme.algorithm},
            "signature_value": scheme.encoded(sign(body.dump())),
        }
    )
    return bytes(made.dump())


def _key_info(public: bytes) -> dict[str, object]:
    if kind_of(public) is KeyKind.ED25519:
        return {"algorithm": _ED25519, "public_key": public}
    from asn1crypto.keys import ECDomainParameters, ECPointBitString

    x, y = coordinates(public)
    curve = ECDomainParameters(name="named", value="secp256r1")
    return {"algorithm": {"algorithm": "ec", "parameters": curve}, "public_key": ECPointBitString(b"\x04" + x + y)}
