"""The domain's types as JSON and back: the one encoding of the wire, the logs and the stores.

Encoding is canonical: the same value always gives the same bytes, so bytes can be hashed and signed. Decoding is by
type and strict: what does not fit raises `MalformedError`, whatever it was sent by.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from desktop_app.domain.area import Area
from desktop_app.domain.messages import Argument, Arguments
from desktop_app.domain.money import Fils

T = TypeVar("T")


class MalformedError(ValueError):
    """Bytes that do not hold what they should: the sender's fault or damage, never the reader's bug."""


def _to_plain(value: object) -> object:
    if isinstance(value, Fils | Area):
        return int(value)
    if isinstance(value, Arguments):
        return [[name, *_argument_to_plain(one)] for name, one in value]
    raise TypeError(f"{type(value).__name__} does not cross the wire")


def _argument_to_plain(value: Argument) -> tuple[str, object]:
    match value:
        case Fils():
            return "fils", int(value)
        case Area():
            return "area", int(value)
        case datetime():
            return "moment", value.isoformat()
        case date():
            return "day", value.isoformat()
        case int():
            return "count", value
        case str():
            return "text", str(value)


_ARGUMENTS: dict[str, Any] = {
    "fils": Fils,
    "area": Area,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "count": int,
    "text": str,
}


def _from_plain(wanted: type, plain: Any) -> Any:
    if wanted in (Fils, Area):
        if type(plain) is not int:
            raise ValueError("a whole number is needed")
        return wanted(plain)
    if wanted is Arguments:
        return Arguments(tuple((str(name), _ARGUMENTS[kind](value)) for name, kind, value in plain))
    raise TypeError(f"{wanted.__name__} does not cross the wire")


_ENCODER = msgspec.json.Encoder(enc_hook=_to_plain, order="deterministic")


@cache
def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(wanted, dec_hook=_from_plain, strict=True)


def encode(value: object) -> bytes:
    """Canonical JSON of a domain value."""
    return _ENCODER.encode(value)


def decode(data: bytes | str, wanted: type[T]) -> T:
    """The value of type `wanted` that `data` holds. Raises MalformedError for anything else."""
    try:
        decoder: msgspec.json.Decoder[T] = _decoder(cast(Hashable, wanted))
        return decoder.decode(data)
    except (msgspec.MsgspecError, KeyError, ValueError, TypeError, RecursionError) as why:
        raise MalformedError(f"not a {getattr(wanted, '__name__', wanted)}") from why
