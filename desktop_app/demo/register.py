"""The sample licence register and the dues of some of its holders, as they stood before any sample request."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from desktop_app.application.ports.loading import NumberCounter, NumberSeries
from desktop_app.demo.premises import Numbered, Premises
from desktop_app.domain.identifiers import licence_number
from desktop_app.domain.licence import Licence
from desktop_app.domain.money import Fils
from desktop_app.domain.tracks import Due, DueKind, DuesAccount

FIRST_YEAR = 2012


def given_numbers(
    random: Random, premises: Premises, count: int, before: date, counters: dict[NumberCounter, int]
) -> list[tuple[int, Numbered]]:
    """`count` licences by district, numbered without gaps in the order of their days; `counters` go on from where
    they stand. Raises ValueError when `before` is too early for the register's first year."""
    first = date(FIRST_YEAR, 1, 2)
    span = (before - first).days
    if span < 365:
        raise ValueError(f"the sample register begins in {FIRST_YEAR}")
    drawn = sorted((premises.district(), first + timedelta(days=random.randrange(span))) for _ in range(count))
    numbered = []
    for district, day in drawn:
        counter = NumberCounter(NumberSeries.LICENCE, day.year, district)
        counters[counter] = counters.get(counter, 0) + 1
        numbered.append((district, Numbered(licence_number(day.year, district, counters[counter]), day)))
    return numbered


def dues_of(random: Random, licences: list[Licence], year: int) -> list[DuesAccount]:
    """An account for the holder of each licence, with one to three amounts owed."""
    accounts = []
    reference = 0
    for licence in licences:
        dues = []
        for back in range(random.choices((1, 2, 3), weights=(55, 30, 15))[0]):
            reference += 1
            tax = random.random() < 0.65
            about = (
                f"ضريبة أبنية وأراض عن سنة {year - 1 - back}، القطعة {licence.parcel.number}"
                if tax
                else random.choice(("عوائد تعبيد وتحسين", "بدل إشغال رصيف", "مخالفة صحية مستحقة", "عوائد تنظيم"))
            )
            dues.append(
                Due(
                    reference=f"{'M' if tax else 'T'}-{year - 1 - back}-{reference:06d}",
                    kind=DueKind.MUSAQQAFAT if tax else DueKind.TAHAQQUQAT,
                    amount=Fils(random.randrange(40, 1900) * 250),
                    about_ar=about,
                )
            )
        accounts.append(DuesAccount(licence.holder.identity.key, tuple(dues)))
    return accounts
