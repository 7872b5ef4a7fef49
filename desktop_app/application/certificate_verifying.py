"""Checking what somebody holds in their hands: a PDF, a picture of a sheet, or the text that a scanner read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop_app.application.certificate_trust import Trust, check_code
from desktop_app.domain.certificate_check import UNREADABLE, CertifiedLicence, Judgement, Verdict
from desktop_app.domain.messages import message
from desktop_app.wire.certificate_code import PREFIX

_LONGEST_SCAN = 10_000
_ORDER = (
    Verdict.VALID,
    Verdict.EXPIRED,
    Verdict.SUPERSEDED,
    Verdict.REVOKED,
    Verdict.UNREADABLE,
    Verdict.UNKNOWN_KEY,
    Verdict.ALTERED,
)
"""From the best to the worst: of several certificates the worst is told first."""


class SeenCode(Protocol):
    """A QR code on a page: its text, the page (from 1), and the page's own text ("" where it has none)."""

    @property
    def text(self) -> str: ...
    @property
    def page(self) -> int: ...
    @property
    def page_text(self) -> str: ...


class CodeFinder(Protocol):
    """Looks for QR codes; `documents` answers."""

    def find(self, content: bytes) -> Sequence[SeenCode]:
        """Raises ValueError where this is neither a PDF nor a picture."""

    def says(self, page_text: str, licence: CertifiedLicence) -> bool:
        """Whether the text of a page in a PDF says of the licence what its code does."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One certificate: the verdict, and the page it stands on (0 for a scanner's text)."""

    judgement: Judgement
    page: int


@dataclass(frozen=True, slots=True)
class Report:
    """All certificates that were found, at least one finding; `lists` is what they were checked against, at `at`."""

    findings: tuple[Finding, ...]
    lists: Trust | None
    at: datetime

    @property
    def verdict(self) -> Verdict:
        """The worst of them."""
        return max((one.judgement.verdict for one in self.findings), key=_ORDER.index)

    @property
    def well(self) -> bool:
        return self.verdict is Verdict.VALID


@dataclass(frozen=True, slots=True)
class CertificateVerifier:
    """Checks without a network, against the lists that are handed in."""

    finder: CodeFinder

    def verify(self, content: bytes, trust: Trust | None, now: datetime) -> Report:
        """The report on a file's content, or on a scanner's text (its line ends and marks are not part of the code)."""
        if (text := _scanned(content)) is not None:
            return Report((Finding(check_code(text, trust, now), 0),), trust, now)
        try:
            seen = self.finder.find(content)
        except ValueError:
            seen = ()
        findings = tuple(Finding(self._judged(one, trust, now), one.page) for one in seen)
        # A page may bear other codes beside (a shop's, a printer's): they are no certificates.
        known = tuple(one for one in findings if one.judgement != UNREADABLE)
        return Report(known or (Finding(UNREADABLE, 0),), trust, now)

    def _judged(self, seen: SeenCode, trust: Trust | None, now: datetime) -> Judgement:
        judgement = check_code(seen.text, trust, now)
        said = judgement.licence
        if said is not None and seen.page_text and not self.finder.says(seen.page_text, said):
            return Judgement(Verdict.ALTERED, message("verify.sheet_differs"), said)
        return judgement


def _scanned(content: bytes) -> str | None:
    """The text of a scanner, where this is one: ASCII that begins as a code does."""
    if len(content) > _LONGEST_SCAN:
        return None
    try:
        text = content.decode("utf-8-sig").strip("\r\n\t\x00 ")
    except UnicodeDecodeError:
        return None
    return text if text.startswith(PREFIX) else None
