"""The list of keys and the list of revocations, each signed as a whole with the centre's list key: COSE_Sign1 of CBOR.

Times are seconds since 1970, UTC. Each says in its first field what it is, so that neither passes for the other.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from desktop_app.domain.certificate_check import (
    CertificateKey,
    Ended,
    EndedCertificate,
    KeyList,
    KeyStatus,
    RevocationList,
)
from desktop_app.wire.cose import NotCanonicalError, canonical, open_sign1, to_cbor
from desktop_app.wire.raw_signature import BadSignatureError, kind_of

_KEYS, _ENDED = "tajzia-certificate-keys-1", "tajzia-certificate-revocations-1"


class BadListError(ValueError):
    """A list of keys or revocations that is damaged, forged, or not what it says."""


def write_keys(keys: KeyList) -> bytes:
    rows = [
        [key.kid, key.public, _seconds(key.valid_from), _seconds(key.valid_to), key.status.value] for key in keys.keys
    ]
    # Programs from before there were any read a list without them.
    return to_cbor([_KEYS, _seconds(keys.dated), rows, *([list(keys.authorities)] if keys.authorities else [])])


def write_revocations(ended: RevocationList) -> bytes:
    rows = [[one.number, _seconds(one.issued_at), one.why.value, list(one.successors)] for one in ended.ended]
    return to_cbor([_ENDED, _seconds(ended.dated), rows])


def open_keys(container: bytes, list_key: bytes) -> KeyList:
    """The list, whose signature by `list_key` is good. Raises BadListError."""
    dated, rows, *more = _opened(container, list_key, _KEYS)
    try:
        keys = tuple(
            CertificateKey(_bytes(kid, 8), _public(public), _time(begins), _time_or_none(ends), KeyStatus(status))
            for kid, public, begins, ends, status in rows
        )
        authorities = tuple(_certificate(one) for one in more[0]) if more else ()
    except (ValueError, TypeError) as why:
        raise BadListError("not a list of keys") from why
    return KeyList(dated, keys, authorities)


def open_revocations(container: bytes, list_key: bytes) -> RevocationList:
    """The list, whose signature by `list_key` is good. Raises BadListError."""
    dated, rows, *more = _opened(container, list_key, _ENDED)
    if more:
        raise BadListError("not a list of revocations")
    try:
        ended = tuple(
            EndedCertificate(str(number), _time(at), Ended(why), tuple(str(one) for one in successors))
            for number, at, why, successors in rows
        )
    except (ValueError, TypeError) as why:
        raise BadListError("not a list of revocations") from why
    return RevocationList(dated, ended)


def _opened(container: bytes, list_key: bytes, kind: str) -> tuple[Any, ...]:
    try:
        opened = open_sign1(container)
        opened.check(list_key)
        match canonical(opened.payload):
            case [str(said), int(dated), list(rows)] if said == kind:
                return _time(dated), rows
            case [str(said), int(dated), list(rows), list(more)] if said == kind and more:
                return _time(dated), rows, more
    except BadSignatureError as why:
        raise BadListError("this list is not signed by the centre's list key") from why
    except (NotCanonicalError, ValueError) as why:
        raise BadListError("this list is damaged") from why
    raise BadListError("this is another list")


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def _time(seconds: object) -> datetime:
    if type(seconds) is not int:
        raise TypeError("no time")
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError) as why:
        raise ValueError("no time") from why


def _time_or_none(seconds: object) -> datetime | None:
    return None if seconds is None else _time(seconds)


def _certificate(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError("no certificate")
    return value


def _public(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError("no key")
    kind_of(value)
    return value


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise ValueError("not so many bytes")
    return value
