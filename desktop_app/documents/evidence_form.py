"""How a file of ours holds what shows that the authority of its timestamp was not revoked (PAdES B-LT): the document
security store of ISO 32000-2, 12.8.4.3, to the byte.

It is written before the file is signed, not in a revision behind it: so the signature covers it, and none of its bytes
is free. The list in it is the newest that was due at the time of the signature; one made after the timestamp comes days
later, and nobody waits for it either.
"""

from __future__ import annotations

import re
from typing import Any

from desktop_app.application.ports.papers import StampEvidence
from desktop_app.documents.stamp_evidence import BrokenEvidenceError, read_evidence
from desktop_app.documents.text.objects import put_whole

MARK = b"<</Type/DSS/"
_STORE = b"<</Type/DSS/Certs[%d 0 R %d 0 R]/CRLs[%d 0 R]>>"
_FORM = re.compile(rb"<</Type/DSS/Certs\[([0-9]{1,9}) 0 R ([0-9]{1,9}) 0 R\]/CRLs\[([0-9]{1,9}) 0 R\]>>")
_HELD = b"<</Length %d>>\nstream\n%b\nendstream"
_ESIC = "<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>"
"""What a file of PDF 1.7 says that has such a store (ETSI EN 319 142-1, 5.5)."""


def put_evidence(document: Any, evidence: StampEvidence) -> None:
    """Into a reportlab document that is to be signed."""
    parts = {"issuer": evidence.issuer, "authority": evidence.certificate, "revocations": evidence.revocations}
    numbers = [put_whole(document, f"evidence-{name}", _HELD % (len(part), part)) for name, part in parts.items()]
    document.say("DSS", f"{put_whole(document, 'evidence', _STORE % tuple(numbers))} 0 R")
    document.say("Extensions", _ESIC)


def find_evidence(content: bytes, certificate: bytes) -> StampEvidence | None:
    """What a file whose signature is good holds of the certificate (DER) of its timestamp's authority. None where it
    holds nothing, or nothing that shows anything."""
    found = list(_FORM.finditer(content))
    if len(found) != 1 or content.count(MARK) != 1:
        return None
    parts = [_held(content, int(number)) for number in found[0].groups()]
    issuer, shown, revocations = parts
    # Where the authority got a new certificate while the paper was signed, the list may be about that one too.
    if issuer is None or shown is None or revocations is None:
        return None
    try:
        return read_evidence(certificate, issuer, revocations)
    except BrokenEvidenceError:
        return None


def _held(content: bytes, number: int) -> bytes | None:
    heads = list(re.finditer(rb"\n%d 0 obj\n<</Length ([0-9]{1,9})>>\nstream\n" % number, content))
    if len(heads) != 1:
        return None
    begins, length = heads[0].end(), int(heads[0][1])
    whole = content[begins + length : begins + length + 10] == b"\nendstream"
    return content[begins : begins + length] if whole else None
