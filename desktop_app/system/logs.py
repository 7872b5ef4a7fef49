"""The log: one file of JSON lines that turns over, and no personal data in it.

Whoever logs passes names and numbers of things (`request_id=…`), never what people typed. As a second wall, fields
whose name speaks of a person are struck out here, and so is everything in a text that looks like a person's number.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

_BYTES, _FILES = 2_000_000, 5
STRUCK = "[struck]"
# Compiled (and kept by `re`) with the first record.
_PERSONAL = r"(?i)name|holder|applicant|mobile|phone|identity|national|address|password|secret|text|body|to$"
_NUMBER_OF_A_PERSON = r"(?<![\w-])(?:\+?9627\d{8}|07\d{8}|\d{9,10})(?![\w-])"
_ARABIC = r"[؀-ۿݐ-ݿﭐ-﷿ﹰ-﻿]+(?:\s+[؀-ۿݐ-ݿﭐ-﷿ﹰ-﻿]+)*"
_OURS = ("event", "level", "timestamp", "logger")


def strike_personal_data(logger: WrappedLogger | None, method: str, record: EventDict) -> EventDict:
    """A structlog processor."""
    return {name: _struck(name, value) for name, value in record.items()}


def _struck(name: str, value: Any) -> Any:
    if name not in _OURS and re.search(_PERSONAL, name):
        return STRUCK
    return without_people(value) if isinstance(value, str) else value


def without_people(text: str) -> str:
    """`text` without numbers of people and without Arabic words: names, addresses, what was typed."""
    return re.sub(_ARABIC, STRUCK, re.sub(_NUMBER_OF_A_PERSON, STRUCK, text))


class _LogFile(logging.Handler):
    """Lines of JSON by structlog in a file that turns over. Both are loaded with the first record: a start that has
    nothing to say is spared them."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._opened: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._opened is None:
            self._opened = _open(self._file)
        self._opened.emit(record)

    def close(self) -> None:
        if self._opened is not None:
            with suppress(OSError):  # on a full disk the last lines are lost, and nothing else is
                self._opened.close()
        super().close()


def _open(file: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    import structlog

    handler = RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared_processors(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    return handler


def _shared_processors() -> list[Any]:
    import structlog

    from desktop_app.system.traces import trace_only

    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        trace_only,
        strike_personal_data,
    ]


def start_logging(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Sends the standard library's records to `folder`/tajzia.log, and structlog's once `join_structlog` was called.
    Returns the handler, to be given to `stop_logging`."""
    handler = _LogFile(folder / "tajzia.log")
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def join_structlog() -> None:
    """Has structlog's own loggers write to the same log: for a process that uses them."""
    import structlog

    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared_processors(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def stop_logging(handler: logging.Handler) -> None:
    """Closes the log."""
    logging.getLogger().removeHandler(handler)
    handler.close()
