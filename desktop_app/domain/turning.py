"""Signs that nobody sees and that turn the order of what stands behind them (UAX #9: embeddings, overrides, isolates).

With one of them a certificate shows another name than the one that is stored and searched for. Texts pasted from word
processors bring them along, so a workstation drops them; what has them when it is decided came from no such program.
Marks that turn nothing (U+200E, U+200F, U+061C) are left alone.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

TURNING = "\u202a-\u202e\u2066-\u2069"
"""As a class of a regular expression."""
_TURNING = re.compile(f"[{TURNING}]")

T = TypeVar("T")


def turns(value: object) -> bool:
    """Whether a text anywhere within `value` (a command: dataclasses, tuples, texts) holds one of them."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if not one.isascii() and _TURNING.search(one) is not None:
                return True
        elif isinstance(one, tuple | frozenset):
            waiting += one
        else:
            waiting += [getattr(one, name) for name in _names(type(one))]
    return False


def _names(kind: type) -> tuple[str, ...]:
    """Of what it is made of; of nothing, where it is no dataclass."""
    found = _NAMES.get(kind)
    if found is None:
        found = _NAMES[kind] = tuple([field.name for field in fields(kind)]) if is_dataclass(kind) else ()
    return found


_NAMES: dict[type, tuple[str, ...]] = {}


def without_turning(value: T) -> T:
    """The same with those signs gone from every text; `value` itself where there are none."""
    return cast("T", _cleared(value)) if turns(value) else value


def _cleared(value: Any) -> Any:
    if not turns(value):
        return value
    if isinstance(value, str):
        return _TURNING.sub("", value)
    if isinstance(value, tuple | frozenset):
        return type(value)(_cleared(one) for one in value)
    return replace(value, **{name: _cleared(getattr(value, name)) for name in _names(type(value))})
