"""A loading that keeps facts in memory and counts what it was asked to write; and files as an office sends them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.application.importing import dues_rows, licence_rows
from desktop_app.application.ports.loading import Counters, LoadedFact, NumberCounter
from desktop_app.domain.reference import Reference
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind


class MemoryLoading:
    """Answers `FactLoading`."""

    def __init__(self, reference: Reference | None) -> None:
        self.facts: dict[tuple[FactKind, str], LoadedFact] = {}
        self.counters: dict[NumberCounter, int] = {}
        self.written = 0
        if reference is not None:
            self.put([LoadedFact(FactKind.REFERENCE, "current", EVERYWHERE, encode(reference))])
            self.written = 0

    def find_bodies(self, kind: FactKind, ids: Iterable[str]) -> Mapping[str, bytes]:
        found = ((one, self.facts[kind, one].body) for one in ids if (kind, one) in self.facts)
        return {one: body for one, body in found if body is not None}

    def put(self, facts: Iterable[LoadedFact]) -> int:
        count = 0
        for fact in facts:
            self.facts[fact.kind, fact.id] = fact
            count += 1
        self.written += count
        return count

    def raise_counters(self, counters: Counters) -> None:
        for counter, last in counters.items():
            self.counters[counter] = max(last, self.counters.get(counter, 0))


LICENCE = {
    "number": "L-2020-08-000123",
    "district": "8",
    "identity_kind": "national_number",
    "identity_number": "9871012399",
    "holder_ar": "سامر خالد محمود العبادي",
    "holder_en": "Samer Khaled Mahmoud Al-Abbadi",
    "trade_name": "بقالة النور",
    "area_m2": "120.50",
    "vocations": "grocery;stationery",
    "signs": "بقالة النور|2.40|lit;النور|1.00|unlit",
    "directorate": "تسجيل أراضي عمان",
    "village": "عمان",
    "basin_number": "12",
    "basin": "المدرج",
    "quarter": "جبل عمان",
    "plate": "7",
    "parcel": "455",
    "address": "جبل عمان، شارع الرينبو، بناية 12",
    "status": "active",
    "renewed_for": "2026",
    "issued_on": "05/04/2020",
    "valid_until": "2026-12-31",
    "renewed_on": "2026-01-15",
}
DUE = {
    "identity_kind": "national_number",
    "identity_number": "9871012399",
    "reference": "M-2025-000077",
    "kind": "musaqqafat",
    "amount_jd": "120.500",
    "about": "ضريبة أبنية وأراض عن سنة 2025",
}


def licence_file(*rows: dict[str, str], delimiter: str = ",") -> str:
    return _file([column.name for column in licence_rows.COLUMNS], LICENCE, rows, delimiter)


def dues_file(*rows: dict[str, str], delimiter: str = ",") -> str:
    return _file([column.name for column in dues_rows.COLUMNS], DUE, rows, delimiter)


def _file(names: list[str], usual: dict[str, str], rows: tuple[dict[str, str], ...], delimiter: str) -> str:
    """A file with the rows, each the usual one but for what it says otherwise."""
    lines = [names, *([{**usual, **row}[name] for name in names] for row in rows)]
    return "".join(delimiter.join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
