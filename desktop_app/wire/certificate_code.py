"""The code on a certificate: CBOR, COSE_Sign1, zlib, Base45, in the manner of travel certificates.

`docs/documents.md` has the schema. zlib is used in its stored form: how a compressor packs differs from one to the
next, so packed bytes have no one form to compare with; and of these few hundred bytes, a third of them signature,
packing saves six in a hundred.
"""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, date, datetime, timedelta

from desktop_app.domain.area import Area
from desktop_app.domain.certificate_check import CertifiedLicence
from desktop_app.wire.cose import NotCanonicalError, Sign1, canonical, open_sign1, to_cbor

PREFIX = "TJZ1:"
_VERSION = 1
_LONGEST = 4_296
"""Characters that the largest QR code holds."""
_EPOCH = date(1970, 1, 1)
_VER, _NUMBER, _HOLDER, _VOCATIONS, _AREA, _DISTRICT, _UNTIL, _PARENT, _ISSUED, _SAMPLE = range(1, 11)
_NEEDED = {_VER, _NUMBER, _HOLDER, _VOCATIONS, _AREA, _DISTRICT, _UNTIL, _ISSUED}


class NoCodeError(ValueError):
    """This text is no certificate's code at all."""


def write_licence(said: CertifiedLicence) -> bytes:
    """The signed content. `issued_at` must be UTC in whole seconds."""
    fields: dict[int, object] = {
        _VER: _VERSION,
        _NUMBER: said.number,
        _HOLDER: said.holder,
        _VOCATIONS: list(said.vocations),
        _AREA: int(said.area),
        _DISTRICT: said.district,
        _UNTIL: (said.valid_until - _EPOCH).days,
        _ISSUED: int(said.issued_at.timestamp()),
    }
    if said.parent is not None:
        fields[_PARENT] = said.parent
    if said.sample:
        fields[_SAMPLE] = True
    return to_cbor(fields)


def read_licence(content: bytes) -> CertifiedLicence:
    """Raises NotCanonicalError for anything but what `write_licence` writes."""
    fields = canonical(content)
    if not isinstance(fields, dict) or not fields.keys() - {_PARENT, _SAMPLE} == _NEEDED:
        raise NotCanonicalError("not the fields of a certificate")
    numbers = [fields[key] for key in (_VER, _AREA, _DISTRICT, _UNTIL, _ISSUED)]
    texts = [fields[_NUMBER], fields[_HOLDER], fields.get(_PARENT, "")]
    vocations = fields[_VOCATIONS]
    if (
        not all(type(one) is int and one >= 0 for one in numbers)
        or not all(isinstance(one, str) for one in texts)
        or not isinstance(vocations, list)
        or not all(isinstance(one, str) for one in vocations)
        or fields[_VER] != _VERSION
        or fields.get(_SAMPLE, True) is not True
    ):
        raise NotCanonicalError("fields of another kind or version")
    try:
        return CertifiedLicence(
            number=fields[_NUMBER],
            holder=fields[_HOLDER],
            vocations=tuple(vocations),
            area=Area(fields[_AREA]),
            district=fields[_DISTRICT],
            valid_until=_EPOCH + timedelta(days=fields[_UNTIL]),
            parent=fields.get(_PARENT),
            issued_at=datetime.fromtimestamp(fields[_ISSUED], UTC),
            sample=_SAMPLE in fields,
        )
    except (OverflowError, ValueError, OSError) as why:
        raise NotCanonicalError("a time that no calendar has") from why


def pack(container: bytes) -> str:
    """The text that stands in the QR code."""
    import base45

    encoded: bytes = base45.b45encode(_stored(container))
    return PREFIX + encoded.decode("ascii")


def unpack(text: str) -> Sign1:
    """The container of a code.

    Raises NoCodeError for another kind of text, NotCanonicalError for one that was changed.
    """
    import base45

    if not text.startswith(PREFIX):
        raise NoCodeError("not a certificate's code")
    try:
        packed = base45.b45decode(text[len(PREFIX) :]) if len(text) <= _LONGEST else b""
    except (ValueError, KeyError, UnicodeError) as why:
        raise NotCanonicalError("no Base45") from why
    container = packed[7:-4]
    if _stored(container) != packed or pack(container) != text:
        raise NotCanonicalError("not the one form of what it holds")
    return open_sign1(container)


def _stored(data: bytes) -> bytes:
    """The zlib stream (RFC 1950) of one stored block."""
    length = len(data)
    return b"\x78\x01\x01" + struct.pack("<HH", length, length ^ 0xFFFF) + data + struct.pack(">I", zlib.adler32(data))
