"""Checking what somebody holds in their hands: a PDF, a picture of a sheet, or the text that a scanner read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desktop_app.application.certificate_trust import Trust, check_code
from desktop_app.application.ports.papers import PaperStamp
from desktop_app.application.scanner_text import LONGEST, read_typed
from desktop_app.application.timestamp_trust import is_believed
from desktop_app.domain.certificate_check import (
    EMPTY_FILE,
    FILE_ALTERED,
    NOT_ALL_SEEN,
    SIGNED_PAPER,
    TOO_BIG,
    UNKNOWN_KEY,
    UNREADABLE,
    CertifiedLicence,
    Judgement,
    Verdict,
    distrust,
)
from desktop_app.domain.messages import message

_LONGEST_SCAN = 4 * LONGEST
_ORDER = (
    Verdict.VALID,
    Verdict.UNSIGNED,
    Verdict.EXPIRED,
    Verdict.SUPERSEDED,
    Verdict.REVOKED,
    Verdict.UNREADABLE,
    Verdict.UNKNOWN_KEY,
    Verdict.ALTERED,
)
"""From the best to the worst: of several certificates the worst is told first."""


def rank_of(verdict: Verdict) -> int:
    """The higher, the worse."""
    return _ORDER.index(verdict)


class SeenCode(Protocol):
    """A QR code on a page: its text, the page (from 1), and the page's own text ("" where it has none)."""

    @property
    def text(self) -> str: ...
    @property
    def page(self) -> int: ...
    @property
    def page_text(self) -> str: ...


class CannotReadError(ValueError):
    """What was given cannot be looked at; `why` says so."""

    def __init__(self, why: Judgement) -> None:
        super().__init__(why.why.key)
        self.why = why


@dataclass(frozen=True, slots=True)
class SeenPages:
    """The codes on the pages that were looked at; `unseen` is how many pages more there are."""

    codes: Sequence[SeenCode]
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class GreyPicture:
    """A picture in shades of grey, row by row from the top, one byte (0 black) for each dot."""

    width: int
    height: int
    dots: bytes


class CodeFinder(Protocol):
    """Looks for QR codes, in bounded time and memory; `documents` answers."""

    def find(self, content: bytes, *, by_centre: bool = False) -> SeenPages:
        """`by_centre`: that the centre made it is proved, so that nothing bad is to be feared of it. Raises
        CannotReadError, and OSError where this computer cannot look."""

    def find_in_picture(self, picture: GreyPicture) -> Sequence[str]:
        """The texts of the codes on it."""

    def says(self, page_text: str, licence: CertifiedLicence) -> bool:
        """Whether the text of a page in a PDF says of the licence what its code does."""


class BrokenSignatureError(ValueError):
    """A file that says that it is signed, and was changed since, or is not signed as the centre signs."""


class SignatureLevel(StrEnum):
    """The baseline levels of PAdES (ETSI EN 319 142-1) that papers have: the signature alone, with a timestamp, with
    what shows that the timestamp's authority was not revoked."""

    BASIC = "B-B"
    STAMPED = "B-T"
    LASTING = "B-LT"


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """A signature that covers its file to the last byte and is good for the key whose public half it
    names; whose key that is, it cannot say. `kind` is the paper's, `signed_at` UTC, whole seconds."""

    public: bytes
    signed_at: datetime
    kind: str
    stamp: PaperStamp | None = None

    @property
    def level(self) -> SignatureLevel:
        if self.stamp is None:
            return SignatureLevel.BASIC
        return SignatureLevel.STAMPED if self.stamp.evidence is None else SignatureLevel.LASTING


class SignatureReader(Protocol):
    """Looks at the signature of a whole file; `documents` answers."""

    def is_signable(self, content: bytes) -> bool:
        """Whether this is a file of the kind that the centre signs (PDF)."""

    def find(self, content: bytes) -> PaperSignature | None:
        """None where nothing in the file speaks of a signature. Raises BrokenSignatureError."""


class FileState(StrEnum):
    """SIGNED: by a key of the centre, and not a byte was changed since. UNKNOWN: by a key that is not believed here.
    NO_FILE: a picture, or a scanner's text."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    BROKEN = "broken"
    UNKNOWN = "unknown_key"
    NO_FILE = "no_file"


@dataclass(frozen=True, slots=True)
class Finding:
    """One certificate: the verdict, and the page it stands on (0 for a scanner's text)."""

    judgement: Judgement
    page: int


@dataclass(frozen=True, slots=True)
class Report:
    """All certificates that were found, at least one finding; `lists` is what they were checked against, at `at`;
    `file` is how the file itself stands, `signature` the one it bears."""

    findings: tuple[Finding, ...]
    lists: Trust | None
    at: datetime
    file: FileState = FileState.NO_FILE
    signature: PaperSignature | None = None
    unseen: int = 0
    """Pages that were not looked at: a file may be longer than a look at it may take."""

    @property
    def stamp_is_proven(self) -> bool:
        """Whether the timestamp is by an authority that the lists name. Without a timestamp it is False."""
        if self.lists is None or self.signature is None or self.signature.stamp is None:
            return False
        return is_believed(self.signature.stamp, self.lists.keys.authorities)

    @property
    def verdict(self) -> Verdict:
        """The worst of them."""
        return max((one.judgement.verdict for one in self.findings), key=rank_of)

    @property
    def rank(self) -> int:
        return rank_of(self.verdict)

    @property
    def well(self) -> bool:
        return self.verdict is Verdict.VALID


CERTIFICATE = "certificate"
COPY = "copy"
BEAR_A_CODE = (CERTIFICATE, COPY)
"""The kinds of papers that must."""
MOST_BYTES = 40 * 1024 * 1024
"""No file that is bigger is read."""


@dataclass(frozen=True, slots=True)
class CertificateVerifier:
    """Checks without a network, against the lists that are handed in."""

    finder: CodeFinder
    signatures: SignatureReader

    def verify(self, content: bytes, trust: Trust | None, now: datetime) -> Report:
        """The report on a file's content, or on a scanner's text (its line ends and marks are not part of the code)."""
        if (text := _scanned(content)) is not None:
            return self.verify_code(text, trust, now)
        if not content or len(content) > MOST_BYTES:
            return Report((Finding(TOO_BIG if content else EMPTY_FILE, 0),), trust, now)
        if not self.signatures.is_signable(content):
            findings, unseen = self._found(content, trust, now)
            return Report(findings, trust, now, unseen=unseen)
        try:
            signature = self.signatures.find(content)
        except BrokenSignatureError:
            return Report((Finding(FILE_ALTERED, 0),), trust, now, FileState.BROKEN)
        if signature is not None and (doubt := _doubt(signature, trust)) is not None:
            return Report((Finding(doubt, 0),), trust, now, FileState.UNKNOWN, signature)
        findings, unseen = self._found(content, trust, now, by_centre=signature is not None)
        if signature is None:
            findings = tuple(_without_signature(one) for one in findings)
            return Report(findings, trust, now, FileState.UNSIGNED, unseen=unseen)
        if signature.kind not in BEAR_A_CODE and all(one.judgement == UNREADABLE for one in findings):
            findings = (Finding(SIGNED_PAPER, 0),)
        return Report(findings, trust, now, FileState.SIGNED, signature, unseen)

    def verify_code(self, text: str, trust: Trust | None, now: datetime) -> Report:
        """The report on the text of a code, wherever it was read."""
        return Report((Finding(check_code(text, trust, now), 0),), trust, now)

    def _found(
        self, content: bytes, trust: Trust | None, now: datetime, *, by_centre: bool = False
    ) -> tuple[tuple[Finding, ...], int]:
        """By the codes on it, and how many pages were not looked at."""
        try:
            seen = self.finder.find(content, by_centre=by_centre)
        except CannotReadError as error:
            return (Finding(error.why, 0),), 0
        findings = tuple(Finding(self._judged(one, trust, now), one.page) for one in seen.codes)
        # A page may bear other codes beside (a shop's, a printer's): they are no certificates.
        known = tuple(one for one in findings if one.judgement != UNREADABLE)
        nothing = Finding(NOT_ALL_SEEN if seen.unseen else UNREADABLE, 0)
        return known or (nothing,), seen.unseen

    def _judged(self, seen: SeenCode, trust: Trust | None, now: datetime) -> Judgement:
        judgement = check_code(seen.text, trust, now)
        said = judgement.licence
        if said is not None and seen.page_text and not self.finder.says(seen.page_text, said):
            return Judgement(Verdict.ALTERED, message("verify.sheet_differs"), said)
        return judgement


def _without_signature(one: Finding) -> Finding:
    """What a good code in an unsigned PDF is worth: the code is the centre's, the sheet around it may be anybody's."""
    judgement = one.judgement
    if judgement.verdict is not Verdict.VALID or judgement.licence is None:
        return one
    why = message("verify.unsigned", number=judgement.licence.number)
    return replace(one, judgement=Judgement(Verdict.UNSIGNED, why, judgement.licence))


def _doubt(signature: PaperSignature, trust: Trust | None) -> Judgement | None:
    """Why a file is not believed although its signature is good; None where it is."""
    keys = trust.keys.keys if trust is not None else ()
    key = next((one for one in keys if one.public == signature.public), None)
    return distrust(key, signature.signed_at) if key is not None else UNKNOWN_KEY


def _scanned(content: bytes) -> str | None:
    """The code that a scanner typed, where this is one."""
    if len(content) > _LONGEST_SCAN:
        return None
    try:
        return read_typed(content.decode("utf-8-sig")).text
    except UnicodeDecodeError:
        return None
