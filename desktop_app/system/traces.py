"""What a log may say of an exception: its types and the lines of the program it went through.

Never its message: nobody can tell a name or an address in Latin letters from any other word, and messages of exceptions
quote what they stumbled over. Where the machine has a word of its own for what happened (an error number, SQLite's or
PostgreSQL's code), that word stays.
"""

from __future__ import annotations

import errno
import sys
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

_DEEPEST = 20


def trace_of(error: BaseException, depth: int = 0) -> str:
    """The exception with its causes, the first one first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = []
    if before is not None and depth < _DEEPEST:
        parts += [trace_of(before, depth + 1), "\nwhich led to:\n\n"]
    parts += ["Traceback (most recent call last):\n", *traceback.format_tb(error.__traceback__), _named(error), "\n"]
    if isinstance(error, BaseExceptionGroup) and depth < _DEEPEST:
        parts += [f"\namong them:\n\n{trace_of(one, depth + 1)}" for one in error.exceptions]
    return "".join(parts)


def trace_only(logger: WrappedLogger | None, method: str, record: EventDict) -> EventDict:
    """A structlog processor: `exc_info` becomes the trace."""
    error = _error_of(record.pop("exc_info", None))
    return {**record, "exception": trace_of(error)} if error is not None else record


def _error_of(told: Any) -> BaseException | None:
    if isinstance(told, BaseException):
        return told
    if isinstance(told, tuple):
        return told[1] if isinstance(told[1], BaseException) else None
    return sys.exc_info()[1] if told else None


def _named(error: BaseException) -> str:
    number = getattr(error, "errno", None)
    words = (
        errno.errorcode.get(number) if isinstance(number, int) else None,
        getattr(error, "sqlite_errorname", None),
        getattr(error, "sqlstate", None),
    )
    said = ", ".join(word for word in words if isinstance(word, str))
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return f"{name}: {said}" if said else name
