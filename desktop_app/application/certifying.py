"""The code that proves a certificate, made where it is drawn: at the centre, with the current certificate key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from desktop_app.application.certificate_keys import SigningKey
from desktop_app.application.ports.papers import PaperSeal, PaperStamper
from desktop_app.domain.certificate_check import CertifiedLicence, whole_second
from desktop_app.domain.licence import Licence
from desktop_app.wire.certificate_code import pack, write_licence

Certify = Callable[[Licence, datetime, bool], str]
"""The code for a licence's certificate of that time (UTC); the last says whether rates and rules are sample data."""


Sealing = Callable[[str, datetime], PaperSeal]
"""What signs the file of a paper of that kind, at that time (UTC)."""


@dataclass(frozen=True, slots=True)
class Certifier:
    """`Certify` with one key. What signs may raise SigningUnavailableError."""

    key: SigningKey

    def __call__(self, licence: Licence, issued_at: datetime, sample: bool) -> str:
        return self.code(certified(licence, issued_at, sample))

    def code(self, said: CertifiedLicence) -> str:
        return pack(self.key.sign(write_licence(said)))

    def seal(self, kind: str, at: datetime) -> PaperSeal:
        """`Sealing` with the same key."""
        return PaperSeal(kind, whole_second(at.astimezone(UTC)), self.key.public, self.key.sign_bytes)


def stamping(sealing: Sealing, stamper: PaperStamper | None) -> Sealing:
    """The same, whose signatures are stamped where there is a stamper."""
    return lambda kind, at: replace(sealing(kind, at), stamper=stamper)


def certified(licence: Licence, issued_at: datetime, sample: bool) -> CertifiedLicence:
    """What the code says of a licence."""
    return CertifiedLicence(
        number=licence.number,
        holder=licence.holder.name_ar,
        vocations=licence.vocations,
        area=licence.area,
        district=licence.district,
        valid_until=licence.valid_until,
        parent=licence.parent_number,
        issued_at=whole_second(issued_at.astimezone(UTC)),
        sample=sample,
    )
