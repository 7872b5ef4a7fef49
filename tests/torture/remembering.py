"""What follows from bytes alone is worked out once for all schedules of a process.

Stations of one schedule, and schedules of one process, hold the same facts: their bodies are decoded, laid open in
columns and digested by the shipped functions, the first time. What those functions give is never changed by anybody
(a row is a dictionary, and handed out as a copy), so nothing is other than without this: a test compares the tales.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import ModuleType
from typing import Any

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.request import Request
from desktop_app.storage import facts_writer, holdings, projection, reading, writing
from desktop_app.storage.projection import ROW_OF, Row, request_row
from desktop_app.wire import codec, digests, envelope
from tests.torture import verdict

_KEPT = 1_024
"""Of each function: what one schedule holds, and what all begin with. More would only lie in the processor's way."""


def remember() -> None:
    """From now on, in this process; once."""
    decode: Callable[..., Any] = lru_cache(_KEPT)(codec.decode)
    for module in (facts_writer, projection, reading, writing, envelope, verdict):
        _replace(module, "decode", decode)
    _replace(holdings, "fact_digest", lru_cache(_KEPT)(digests.fact_digest))
    _replace(facts_writer, "request_row", _request_row())
    for kind, row_of in ROW_OF.items():
        ROW_OF[kind] = _copied(lru_cache(_KEPT)(row_of))


def _replace(module: ModuleType, name: str, by: object) -> None:
    assert callable(getattr(module, name)), name
    setattr(module, name, by)


def _request_row() -> Callable[..., Row]:
    """The request itself is what its body says: it need not be compared."""

    @lru_cache(_KEPT)
    def row_of(body: bytes, trade_name: str, calendar: WorkingCalendar) -> Row:
        return request_row(codec.decode(body, Request), body, trade_name, calendar)

    return lambda _request, *of: dict(row_of(*of))


def _copied(row_of: Callable[[bytes], Row]) -> Callable[[bytes], Row]:
    return lambda body: dict(row_of(body))
