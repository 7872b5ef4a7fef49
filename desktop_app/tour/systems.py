"""The municipality's website and the payment system, as they come to the centre: `docs/portal.md`, nothing else."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, cast

Answer = dict[str, Any]
_SECONDS = 30.0
_PAUSE = 0.1


class NotAnsweredError(RuntimeError):
    """The centre did not decide in time, or refused."""


class Systems:
    """Each with the login, password and certificate of its channel. `portal_was_told` is what the website could show,
    each time it asked."""

    def __init__(self, doors: Mapping[str, str]) -> None:
        self._doors = doors
        self._sessions: dict[str, Any] = {}
        self.portal_was_told: list[Answer] = []

    def __enter__(self) -> Systems:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for session in self._sessions.values():
            session.close()

    def lodge(self, reference: str, content: Answer) -> Answer:
        """What became of the request. `content` is a request as the program holds it. Raises NotAnsweredError."""
        from psycopg.types.json import Jsonb

        plan = content["plan"]
        said = {"version": 1, **{key: part for key, part in content.items() if key != "plan"}, **plan}
        self._ask("portal", "select portal.lodge(%s, %s)", reference, Jsonb(said))
        return self.look(reference)

    def look(self, reference: str) -> Answer:
        """How the request stands, as the website can show it. Raises NotAnsweredError."""
        found = self._decided("portal", reference)
        self.portal_was_told.append(found)
        return cast(Answer, found["result"])

    def pay(self, reference: str, request: str, amount_fils: int) -> Answer:
        """What the payment came to: receipt and licences. Raises NotAnsweredError."""
        now = datetime.now(UTC)
        text = "select epay.record_payment(%s, %s, %s::bigint, %s)"
        self._ask("epay", text, reference, request, amount_fils, now)
        return cast(Answer, self._decided("epay", reference)["result"])

    def _decided(self, kind: str, reference: str) -> Answer:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            found = self._ask(kind, f"select {kind}.find(%s)", reference)
            if found is not None and found["state"] == "accepted":
                return found
            if found is not None and found["state"] != "waiting":
                raise NotAnsweredError(f"{reference}: {found['state']} {found['refusals']}")
            time.sleep(_PAUSE)
        raise NotAnsweredError(f"{reference}: not decided within {_SECONDS:.0f} s")

    def _ask(self, kind: str, text: str, *values: object) -> Answer | None:
        import psycopg

        if kind not in self._sessions:
            self._sessions[kind] = psycopg.connect(self._doors[kind], autocommit=True)
        row = self._sessions[kind].execute(text, values).fetchone()
        return cast("Answer | None", row[0])
