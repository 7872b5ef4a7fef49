"""Keeps the list that vouches for the time-stamping authority at hand, so that no paper waits for it.

It is fetched in a thread of its own: when the authority is first known, again after half of the time until the next one
is due, and within minutes after trouble. Papers that are signed meanwhile bear their timestamp without it (B-T).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog

from desktop_app.application.ports.papers import StampEvidence
from desktop_app.application.ports.timestamps import RevocationLine, TimestampTroubleError
from desktop_app.documents.stamp_evidence import (
    BrokenEvidenceError,
    holds_at,
    issuer_of,
    places_of_lists,
    read_evidence,
)

_log = structlog.get_logger(__name__)

AGAIN = timedelta(minutes=5)
"""After trouble."""
LONGEST = timedelta(hours=12)
"""A list is fetched again after that, however long it holds."""


class EvidenceKeeper:
    """Of one authority at a time. Safe across threads; `authorities` (DER) are those that the centre believes, among
    whom the issuer is looked for."""

    def __init__(
        self,
        line: RevocationLine,
        authorities: Callable[[], Sequence[bytes]],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._line = line
        self._authorities = authorities
        self._now = now
        self._certificate: bytes | None = None
        self._asked_for: bytes | None = None
        self._held: StampEvidence | None = None
        self._trouble = ""
        self._changed = threading.Condition()
        self._ends = False
        self._thread: threading.Thread | None = None

    @property
    def trouble(self) -> str:
        """Why the newest list could not be had; "" where it could."""
        return self._trouble

    def find(self, certificate: bytes, at: datetime) -> StampEvidence | None:
        """What is at hand of this certificate (DER) and holds at that time (UTC). Never waits: what is not at hand is
        seen to."""
        with self._changed:
            if certificate != self._certificate:
                self._certificate, self._held = certificate, None
                self._changed.notify_all()
            held = self._held
        return held if held is not None and holds_at(held, at) else None

    def start(self) -> None:
        """Fetches from here on, until `stop`."""
        self._thread = threading.Thread(target=self._keep, name="stamp-evidence", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._ends = True
            self._changed.notify_all()
        if self._thread is not None:
            # A question that is under way is bounded by its line, and nothing comes of its answer any more.
            self._thread.join(timeout=1)

    def refresh(self) -> timedelta:
        """Fetches the list of the certificate that is wanted, and answers when to do so again."""
        self._asked_for = certificate = self._certificate
        if certificate is None:
            return LONGEST
        try:
            found = self._fetched(certificate)
        except (TimestampTroubleError, BrokenEvidenceError) as why:
            if str(why) != self._trouble:
                _log.warning("no list of revocations for the time-stamping authority", trouble=str(why))
            with self._changed:
                self._trouble = str(why)
                # What is known to be revoked, or read wrongly, is not vouched for by an older list.
                if isinstance(why, BrokenEvidenceError):
                    self._held = None
            return AGAIN
        with self._changed:
            self._trouble = ""
            if certificate == self._certificate:
                self._held = found
        half = (found.next_at - self._now()) / 2
        return max(AGAIN, min(half, LONGEST))

    def _fetched(self, certificate: bytes) -> StampEvidence:
        """Raises TimestampTroubleError, BrokenEvidenceError."""
        issuer = issuer_of(certificate, self._authorities())
        if issuer is None:
            raise BrokenEvidenceError("who issued the authority's certificate is not named: `certificate-keys believe`")
        places = places_of_lists(certificate)
        if not places:
            raise BrokenEvidenceError("the authority's certificate names no list of revocations")
        trouble: TimestampTroubleError | BrokenEvidenceError | None = None
        for place in places:
            try:
                found = read_evidence(certificate, issuer, self._line.fetch(place))
            except (TimestampTroubleError, BrokenEvidenceError) as why:
                trouble = trouble or why
                continue
            if holds_at(found, self._now()):
                return found
            trouble = trouble or BrokenEvidenceError("a list of another time")
        assert trouble is not None
        raise trouble

    def _keep(self) -> None:
        wait = LONGEST
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ends or self._certificate != self._asked_for, wait.total_seconds())
                if self._ends:
                    return
            wait = self.refresh()
