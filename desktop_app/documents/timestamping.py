"""Timestamps for papers' signatures, asked of one authority: every answer is doubted, and none is waited for long."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog

from desktop_app.application.ports.papers import PaperStamp, StampEvidence
from desktop_app.application.ports.timestamps import StampCounts, TimestampLine, TimestampTroubleError
from desktop_app.application.timestamp_trust import is_believed
from desktop_app.documents.evidence_keeping import EvidenceKeeper
from desktop_app.documents.signature_form import MOST_TOKEN_BYTES
from desktop_app.documents.timestamp_form import BrokenTimestampError
from desktop_app.documents.timestamp_token import (
    IMPRINT,
    STAMPED_WITHIN,
    Timestamp,
    authority_name,
    imprint_of,
    normal_token,
    open_token,
)

_log = structlog.get_logger(__name__)

_LEFT_ALONE_SECONDS = 60.0
_NONCE_BITS = 63


class AuthorityStamper:
    """`application.ports.papers.PaperStamper`. Not safe across threads. After trouble the authority is left alone for a
    minute: what is drawn meanwhile bears no timestamp, and is counted."""

    def __init__(
        self,
        line: TimestampLine,
        authorities: Callable[[], Sequence[bytes]],
        policy: str | None = None,
        now: Callable[[], float] = time.monotonic,
        keeper: EvidenceKeeper | None = None,
    ) -> None:
        self._line = line
        self._authorities = authorities
        self._policy = policy
        self._now = now
        self._expected: bytes | None = None
        self._again_at = 0.0
        self._trouble = ""
        self._stamped = self._unstamped = self._lasting = 0
        self._keeper = keeper

    def start(self) -> None:
        certificate = self.expected()
        if self._keeper is not None:
            if certificate is not None:
                self._keeper.find(certificate, datetime.now(UTC))
                self._keeper.refresh()
            self._keeper.start()

    def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()

    def expected(self) -> bytes | None:
        if self._expected is None:
            # Whose it will be is to be signed before: the first one is asked for nothing's sake.
            self._ask(secrets.token_bytes(32), datetime.now(UTC), "the first question")
        return self._expected if self._now() >= self._again_at else None

    def stamp(self, signature: bytes, at: datetime) -> tuple[bytes, bytes] | None:
        return self._ask(signature, at, "a signature")

    def evidence(self, at: datetime) -> StampEvidence | None:
        certificate = self.expected()
        return self._keeper.find(certificate, at) if self._keeper is not None and certificate is not None else None

    def note(self, *, stamped: bool, lasting: bool = False) -> None:
        self._stamped, self._unstamped = self._stamped + stamped, self._unstamped + (not stamped)
        self._lasting += lasting

    def take_counts(self) -> StampCounts:
        """Since it was last asked."""
        evidence_trouble = self._keeper.trouble if self._keeper is not None else ""
        counts = StampCounts(self._stamped, self._unstamped, self._trouble, self._lasting, evidence_trouble)
        self._stamped = self._unstamped = self._lasting = 0
        return counts

    def _ask(self, signature: bytes, at: datetime, of: str) -> tuple[bytes, bytes] | None:
        if self._now() < self._again_at:
            return None
        try:
            token, stamp = self._answered(imprint_of(signature), at)
        except (TimestampTroubleError, BrokenTimestampError) as why:
            self._trouble, self._again_at = str(why), self._now() + _LEFT_ALONE_SECONDS
            _log.warning("no timestamp was had: papers are signed without", of=of, trouble=str(why))
            return None
        self._trouble, self._expected = "", stamp.certificate
        return token, stamp.certificate

    def _answered(self, imprint: bytes, at: datetime) -> tuple[bytes, Timestamp]:
        """Raises TimestampTroubleError, BrokenTimestampError."""
        nonce = secrets.randbits(_NONCE_BITS) | 1
        token = normal_token(_token_of(self._line.ask(_request(imprint, nonce, self._policy))))
        if len(token) > MOST_TOKEN_BYTES:
            raise BrokenTimestampError(f"of {len(token)} bytes, for which there is no room")
        stamp = open_token(token, imprint)
        if stamp.nonce != nonce:
            raise BrokenTimestampError("the answer to another question")
        if self._policy is not None and stamp.policy != self._policy:
            raise BrokenTimestampError(f"under another policy, {stamp.policy}")
        if abs(stamp.at - at) > STAMPED_WITHIN:
            raise BrokenTimestampError(f"the authority's clock says {stamp.at:%Y-%m-%d %H:%M:%S}, ours {at:%H:%M:%S}")
        name = authority_name(stamp.certificate)
        if not is_believed(PaperStamp(stamp.at, stamp.certificate, name), self._authorities()):
            raise BrokenTimestampError(f"by {name}, whom the file of certificate keys does not name")
        return token, stamp


def _request(imprint: bytes, nonce: int, policy: str | None) -> bytes:
    from asn1crypto import tsp

    asked: dict[str, object] = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": IMPRINT}, "hashed_message": imprint},
        "nonce": nonce,
        "cert_req": True,
    }
    if policy is not None:
        asked["req_policy"] = policy
    return bytes(tsp.TimeStampReq(asked).dump())


def _token_of(answer: bytes) -> bytes:
    """Raises BrokenTimestampError."""
    from asn1crypto import core, tsp

    try:
        # A refusal has no token, which the type of the whole answer does not foresee.
        said: Any = core.Sequence.load(answer, strict=True)
        status = tsp.PKIStatusInfo.load(said[0].dump(), strict=True)["status"].native
        if status not in ("granted", "granted_with_mods"):
            raise BrokenTimestampError(f"refused: {status}")
        return bytes(said[1].dump())
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as why:
        raise why if isinstance(why, BrokenTimestampError) else BrokenTimestampError("no answer of its kind") from why
