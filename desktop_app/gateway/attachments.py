"""Documents over PostgreSQL: asked for, sent and fetched in chunks (`sync.attachments.AttachmentLink`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection

from desktop_app.gateway.errors import calling, refused_as_content
from desktop_app.sync.attachments import AttachmentRefusedError

_ASKED = 200
_REFUSALS = {-2: "hash", -3: "type"}
"""What the centre says of a whole that it does not keep."""


class AttachmentCalls:
    """The part of a link that carries documents."""

    _connection: Connection[Any]

    def held_attachments(self, digests: Sequence[str]) -> Mapping[str, int]:
        held: dict[str, int] = {}
        for start in range(0, len(digests), _ASKED):
            with calling():
                rows = self._connection.execute(
                    "select digest, have from tajzia.held_attachments(%s)", (list(digests[start : start + _ASKED]),)
                ).fetchall()
            held |= dict(rows)
        return held

    def put_attachment(self, digest: str, size: int, offset: int, data: bytes) -> int:
        with calling(), refused_as_content():
            row = self._connection.execute(
                "select tajzia.put_attachment(%s, %s, %s, %s::bytea)", (digest, size, offset, data), binary=True
            ).fetchone()
        assert row is not None
        if row[0] in _REFUSALS:
            raise AttachmentRefusedError(_REFUSALS[row[0]])
        return int(row[0])

    def fetch_attachment(self, digest: str, offset: int, limit: int) -> bytes | None:
        with calling():
            row = self._connection.execute(
                "select tajzia.fetch_attachment(%s, %s, %s)", (digest, offset, limit), binary=True
            ).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])
