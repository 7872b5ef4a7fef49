"""Documents that were begun at the centre and never finished: thrown away after a time, so that they fill no disk and
count no more among those that a device may have on their way."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

UNFINISHED_FOR = timedelta(days=30)
"""Since its last piece came. Longer than a workstation may be without the centre by default: one that comes back in
time goes on where it broke off, and any later one begins that document anew."""
_LOOK_EVERY = timedelta(hours=1)

log = logging.getLogger(__name__)


class UnfinishedDocuments:
    """The registrar's housekeeping among them. Not safe across threads."""

    def __init__(self) -> None:
        self._looked_at: datetime | None = None

    def drop_old(self, connection: Connection[Any], as_of: datetime) -> int:
        """Throws away what nobody has gone on with for `UNFINISHED_FOR`; returns how many documents. Harmless to call
        often: it looks once an hour."""
        if self._looked_at is not None and timedelta() <= as_of - self._looked_at < _LOOK_EVERY:
            return 0
        self._looked_at = as_of
        row = connection.execute("select tajzia.drop_unfinished_documents(%s)", (as_of - UNFINISHED_FOR,)).fetchone()
        dropped = int(row[0]) if row is not None else 0
        if dropped:
            log.info("%d unfinished documents were thrown away", dropped)
        return dropped
