"""Whether a certificate still says what is true: what its code holds, and what the lists of keys and revocations say.

A certificate is one sheet of one licence: the licence's number and the time of issue name it. A licence that is split
gets a new certificate under its old number, and the sheet before it is superseded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop_app.domain.area import Area
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.messages import Message, message


@dataclass(frozen=True, slots=True)
class CertifiedLicence:
    """What the code of a certificate says. `issued_at` is UTC in whole seconds; vocations are codes; `sample` marks a
    sheet drawn by unverified rates and rules."""

    number: str
    holder: str
    vocations: tuple[str, ...]
    area: Area
    district: int
    valid_until: date
    parent: str | None
    issued_at: datetime
    sample: bool = False


class KeyStatus(StrEnum):
    """CURRENT signs; RETIRED signed until `valid_to` and is still believed for what it signed; REVOKED is believed for
    nothing."""

    CURRENT = "current"
    RETIRED = "retired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class CertificateKey:
    """A key that signs certificates: its name (8 bytes), the public half (32 bytes of Ed25519, 33 of P-256),
    and when it signed."""

    kid: bytes
    public: bytes
    valid_from: datetime
    valid_to: datetime | None
    status: KeyStatus


@dataclass(frozen=True, slots=True)
class KeyList:
    """Every key that ever signed certificates, and the certificates (DER) of the time-stamping authorities that the
    centre believes. `dated` is when the list was made (UTC)."""

    dated: datetime
    keys: tuple[CertificateKey, ...]
    authorities: tuple[bytes, ...] = ()

    def find(self, kid: bytes) -> CertificateKey | None:
        return next((key for key in self.keys if key.kid == kid), None)


class Ended(StrEnum):
    """Why a certificate holds no more."""

    REVOKED = "revoked"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class EndedCertificate:
    """The certificate of `number` issued at `issued_at` (UTC, whole seconds) holds no more; `successors` are the
    numbers of the licences that took its place."""

    number: str
    issued_at: datetime
    why: Ended
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Every certificate that holds no more, as of `dated` (UTC)."""

    dated: datetime
    ended: tuple[EndedCertificate, ...]

    def find(self, number: str, issued_at: datetime) -> EndedCertificate | None:
        return next((one for one in self.ended if (one.number, one.issued_at) == (number, issued_at)), None)


class Verdict(StrEnum):
    """UNREADABLE: there is no certificate's code in what was given. UNSIGNED: a good code in a PDF that the centre
    did not sign, so that the sheet around it may be anybody's."""

    VALID = "valid"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the sentence for it, and, where the signature is good, what the code says."""

    verdict: Verdict
    why: Message
    licence: CertifiedLicence | None = None


UNREADABLE = Judgement(Verdict.UNREADABLE, message("verify.unreadable"))
EMPTY_FILE = Judgement(Verdict.UNREADABLE, message("verify.empty_file"))
TOO_BIG = Judgement(Verdict.UNREADABLE, message("verify.too_big"))
UNREAD_FILE = Judgement(Verdict.UNREADABLE, message("verify.unread_file"))
OTHER_FILE = Judgement(Verdict.UNREADABLE, message("verify.other_file"))
DAMAGED_FILE = Judgement(Verdict.UNREADABLE, message("verify.damaged_file"))
LOCKED_FILE = Judgement(Verdict.UNREADABLE, message("verify.locked_file"))
TOO_LARGE_PICTURE = Judgement(Verdict.UNREADABLE, message("verify.too_large_picture"))
NOT_ALL_SEEN = Judgement(Verdict.UNREADABLE, message("verify.not_all_seen"))
OTHER_KEYBOARD = Judgement(Verdict.UNREADABLE, message("verify.other_keyboard"))
NOT_A_CODE = Judgement(Verdict.UNREADABLE, message("verify.not_a_code"))
FILE_ALTERED = Judgement(Verdict.ALTERED, message("verify.file_altered"))
SIGNED_PAPER = Judgement(Verdict.VALID, message("verify.signed_paper"))
ALTERED = Judgement(Verdict.ALTERED, message("verify.altered"))
UNKNOWN_KEY = Judgement(Verdict.UNKNOWN_KEY, message("verify.unknown_key"))


LISTS_OLD_AFTER = timedelta(days=2)
"""A workstation fetches the lists each time it meets the centre: older ones mean that it has not met it for so long."""


def lists_are_old(age: timedelta) -> bool:
    """Whether whoever relies on lists of this age is to be warned."""
    return age > LISTS_OLD_AFTER


def distrust(key: CertificateKey, issued_at: datetime) -> Judgement | None:
    """Why a certificate of that time is not believed although this key signed it; None where it is."""
    if key.status is KeyStatus.REVOKED:
        return Judgement(Verdict.UNKNOWN_KEY, message("verify.key_revoked"))
    if issued_at < key.valid_from or (key.valid_to is not None and issued_at > key.valid_to):
        return Judgement(Verdict.UNKNOWN_KEY, message("verify.key_not_then"))
    return None


def judge(said: CertifiedLicence, key: CertificateKey, revocations: RevocationList, now: datetime) -> Judgement:
    """The verdict on a code whose signature by `key` is good, at `now` (UTC). The graver reason is told."""
    if (distrusted := distrust(key, said.issued_at)) is not None:
        return distrusted
    ended = revocations.find(said.number, said.issued_at)
    if ended is not None and ended.why is Ended.REVOKED:
        return Judgement(Verdict.REVOKED, message("verify.revoked", number=said.number), said)
    if ended is not None:
        return Judgement(Verdict.SUPERSEDED, _superseded(ended), said)
    if now.astimezone(AMMAN).date() > said.valid_until:
        return Judgement(Verdict.EXPIRED, message("verify.expired", number=said.number, until=said.valid_until), said)
    if said.sample:
        why = message("verify.valid_sample", number=said.number, holder=said.holder, until=said.valid_until)
    else:
        why = message("verify.valid", number=said.number, holder=said.holder, until=said.valid_until)
    return Judgement(Verdict.VALID, why, said)


def _superseded(ended: EndedCertificate) -> Message:
    if not ended.successors:
        return message("verify.superseded", number=ended.number)
    # A list of numbers reads from left to right whatever surrounds it.
    return message("verify.superseded_by", number=ended.number, successors=", ".join(ended.successors))


@dataclass(frozen=True, slots=True)
class DrawnCertificate:
    """A certificate as it was drawn: of which licence, by which request, when (UTC); or a copy of one."""

    number: str
    request_id: str
    issued_at: datetime
    copy: bool = False


def whole_second(at: datetime) -> datetime:
    """As a certificate's code writes it."""
    return at.replace(microsecond=0)


def ended_certificates(
    drawn: Iterable[DrawnCertificate], licences: Mapping[str, Licence], children: Mapping[str, Sequence[str]]
) -> tuple[EndedCertificate, ...]:
    """Which of the certificates that were ever drawn hold no more. `children` are the licences that each request made.

    Of a licence that stands, the newest sheet of a request that still stands holds. A sheet whose request was taken
    back is revoked, as all of a licence that is suspended, was taken back or is gone; of one that was split to the
    end they are superseded by what came of it. A copy takes nobody's place, and ends with the sheet it is a copy of:
    the newest of its request that was there.
    """
    sheets: dict[str, list[DrawnCertificate]] = {}
    for one in drawn:
        sheets.setdefault(one.number, []).append(one)
    ended: list[EndedCertificate] = []
    for number, ones in sorted(sheets.items()):
        ones.sort(key=lambda one: (one.issued_at, one.copy))
        own = _ended_of(number, [one for one in ones if not one.copy], licences.get(number), children)
        ended += own
        ended += _ended_copies(ones, own)
    return tuple(ended)


def _ended_copies(sheets: list[DrawnCertificate], ended: list[EndedCertificate]) -> list[EndedCertificate]:
    """Of all sheets of one licence, in their order, and what of the certificates among them has ended."""
    how = {one.issued_at: one for one in ended}
    copied: dict[str, DrawnCertificate] = {}
    copies = []
    for sheet in sheets:
        if not sheet.copy:
            copied[sheet.request_id] = sheet
            continue
        original = copied.get(sheet.request_id)
        at = whole_second(sheet.issued_at)
        if original is None:
            copies.append(EndedCertificate(sheet.number, at, Ended.REVOKED))
        elif (same := how.get(whole_second(original.issued_at))) is not None:
            copies.append(replace(same, issued_at=at))
    return copies


def _ended_of(
    number: str, sheets: list[DrawnCertificate], licence: Licence | None, children: Mapping[str, Sequence[str]]
) -> list[EndedCertificate]:
    def end(sheet: DrawnCertificate, why: Ended, successors: Sequence[str] = ()) -> EndedCertificate:
        return EndedCertificate(number, whole_second(sheet.issued_at), why, tuple(successors))

    if licence is None or licence.status is LicenceStatus.SUSPENDED:
        return [end(sheet, Ended.REVOKED) for sheet in sheets]
    standing = {licence.made_by_request, *licence.amended_by_requests}
    taken_back = [sheet for sheet in sheets if sheet.request_id not in standing]
    good = [sheet for sheet in sheets if sheet.request_id in standing]
    ended = [end(sheet, Ended.REVOKED) for sheet in taken_back]
    if licence.status is LicenceStatus.CLOSED:
        # Without an amendment it was not split away: its own request was taken back.
        split_away = bool(licence.amended_by_requests)
        after = _successors(licence.amended_by_requests, children)
        ended += [end(sheet, Ended.SUPERSEDED, after) if split_away else end(sheet, Ended.REVOKED) for sheet in good]
    else:
        for at, sheet in enumerate(good[:-1]):
            requests = dict.fromkeys(one.request_id for one in good[at + 1 :] if one.request_id != sheet.request_id)
            ended.append(end(sheet, Ended.SUPERSEDED, (number, *_successors(tuple(requests), children))))
    return ended


def _successors(requests: Sequence[str], children: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for one in requests for number in children.get(one, ())))
