"""Seals for papers in tests: a key of its own for this process, at a time that stands still."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_app.application.certificate_keys import SigningKey, throw_away_key
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.papers import PaperSeal

SEALED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
KEY = throw_away_key()


def seal_of(kind: str, key: SigningKey = KEY) -> PaperSeal:
    return Certifier(key).seal(kind, SEALED_AT)
