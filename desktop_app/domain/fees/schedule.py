"""The fee schedule as data: versions with effective dates, each rate citing its article.

No official rates are published where we could find them (domain.md, Fees), so a schedule says of itself whether
the municipality has confirmed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.area import Area
from desktop_app.domain.money import Fils


@dataclass(frozen=True, slots=True)
class AreaBand:
    """The licence fee of premises up to and including `up_to` (None: any area)."""

    up_to: Area | None
    amount: Fils


@dataclass(frozen=True, slots=True)
class LicenceRate:
    """The yearly licence fee of a vocation group and class; one band with no limit is a flat fee."""

    group: str
    fee_class: str
    bands: tuple[AreaBand, ...]
    article: str


@dataclass(frozen=True, slots=True)
class SignRate:
    """The yearly fee of a sign, fils per m² of its face."""

    lit: bool
    per_m2: Fils
    article: str


@dataclass(frozen=True, slots=True)
class WasteRate:
    """The yearly waste fee of a category, fils."""

    category: str
    amount: Fils
    article: str


@dataclass(frozen=True, slots=True)
class PenaltyWindow:
    """Late-renewal penalty between two dates of a year, in hundredths of a per cent of each base."""

    begins: date
    ends: date
    licence_share: int
    sign_share: int
    article: str


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """One version, in force from `effective` until `superseded` (exclusive; None: still). Never edited then."""

    version: str
    effective: date
    superseded: date | None
    licence_rates: tuple[LicenceRate, ...]
    sign_rates: tuple[SignRate, ...]
    waste_rates: tuple[WasteRate, ...]
    penalty_windows: tuple[PenaltyWindow, ...]
    split_service: Fils
    split_service_article: str
    verified: bool = False

    def in_force(self, on: date) -> bool:
        return self.effective <= on and (self.superseded is None or on < self.superseded)
