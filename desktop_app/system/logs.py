"""The log: one file of JSON lines that turns over, and no personal data in it.

Whoever logs passes names and numbers of things (`request_id=…`), never what people typed. As a second wall, fields
whose name speaks of a person are struck out here, and so is everything in a text that looks like a person's number.
"""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

_BYTES, _FILES = 2_000_000, 5
STRUCK = "[struck]"
_PERSONAL = re.compile(
    r"name|holder|applicant|mobile|phone|identity|national|address|password|secret|text|body|to$", re.IGNORECASE
)
_NUMBER_OF_A_PERSON = re.compile(r"(?<![\w-])(?:\+?9627\d{8}|07\d{8}|\d{9,10})(?![\w-])")
_ARABIC = re.compile(r"[؀-ۿݐ-ݿﭐ-﷿ﹰ-﻿]+(?:\s+[؀-ۿݐ-ݿﭐ-﷿ﹰ-﻿]+)*")
_OURS = ("event", "level", "timestamp", "logger")


def strike_personal_data(logger: WrappedLogger | None, method: str, record: EventDict) -> EventDict:
    """A structlog processor."""
    return {name: _struck(name, value) for name, value in record.items()}


def _struck(name: str, value: Any) -> Any:
    if name not in _OURS and _PERSONAL.search(name):
        return STRUCK
    return without_people(value) if isinstance(value, str) else value


def without_people(text: str) -> str:
    """`text` without numbers of people and without Arabic words: names, addresses, what was typed."""
    return _ARABIC.sub(STRUCK, _NUMBER_OF_A_PERSON.sub(STRUCK, text))


def start_logging(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Sends structlog's and the standard library's records to `folder`/tajzia.log. Returns the handler, to be given
    to `stop_logging`. Raises OSError."""
    import structlog

    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        strike_personal_data,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = RotatingFileHandler(
        folder / "tajzia.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Closes the log."""
    logging.getLogger().removeHandler(handler)
    handler.close()
