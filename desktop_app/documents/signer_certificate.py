"""The X.509 certificate that a paper's signature carries: a centre's certificate key in the wrapping that CMS asks for.

It vouches for nothing: whether the key is the centre's, and until when, the signed list of keys says. So it is a
function of the key alone, and equal papers stay equal bytes. Ed25519 (RFC 8410): of an ECDSA signature anybody can
make a second one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

_ED25519 = {"algorithm": "ed25519"}
_FROM, _TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""No end that is known (RFC 5280, 4.1.2.5): keys begin and end by the signed list."""


@lru_cache(maxsize=8)
def make_signer_certificate(public: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """DER, signed by itself. `public` is the raw half (32 bytes); `sign` gives raw Ed25519 signatures by its other
    one."""
    from asn1crypto import x509

    name = hashlib.sha256(public).digest()
    subject = x509.Name.build({"common_name": f"Tajzia certificates {name[:8].hex()}"})
    usage = x509.KeyUsage({"digital_signature", "non_repudiation"})
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": int.from_bytes(name[:8], "big") | 1 << 64,
            "signature": _ED25519,
            "issuer": subject,
            "validity": {"not_before": x509.UTCTime(_FROM), "not_after": x509.GeneralizedTime(_TO)},
            "subject": subject,
            "subject_public_key_info": {"algorithm": _ED25519, "public_key": public},
            "extensions": [
                {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": False}},
                {"extn_id": "key_usage", "critical": True, "extn_value": usage},
                {"extn_id": "key_identifier", "critical": False, "extn_value": name[:20]},
            ],
        }
    )
    made: Any = x509.Certificate(
        {"tbs_certificate": body, "signature_algorithm": _ED25519, "signature_value": sign(body.dump())}
    )
    return bytes(made.dump())
