"""Signs that nobody sees and that turn the order of what stands behind them (UAX #9: embeddings, overrides, isolates).

With one of them a certificate shows another name than the one that is stored and searched for. Texts pasted from word
processors bring them along, so a workstation drops them; what has them when it is decided came from no such program.
Marks that turn nothing (U+200E, U+200F, U+061C) are left alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, TypeVar, cast

from desktop_app.domain.texts_within import field_names, texts_within

TURNING = "\u202a-\u202e\u2066-\u2069"
"""As a class of a regular expression."""
_TURNING = re.compile(f"[{TURNING}]")

T = TypeVar("T")


def turns(value: object) -> bool:
    """Whether a text anywhere within `value` (a command: dataclasses, tuples, texts) holds one of them."""
    return any(text_turns(text) for _, text in texts_within(value))


def text_turns(text: str) -> bool:
    return not text.isascii() and _TURNING.search(text) is not None


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
    return replace(value, **{name: _cleared(getattr(value, name)) for name in field_names(type(value))})
