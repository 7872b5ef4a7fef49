"""The reference data that travels with the program, read from `resources/reference` into one `Reference`.

The files are for an administrator to read and mend: CSV tables and one TOML per fee schedule. The centre reads them
once and publishes the result as a fact; workstations never read them.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from desktop_app.application.fee_schedules import read_schedule
from desktop_app.domain.attachments import Requirement
from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.fees.schedule import FeeSchedule
from desktop_app.domain.reference import (
    Checklist,
    ChecklistItem,
    District,
    OutsideBody,
    Reference,
    TimeWindow,
    Vocation,
)
from desktop_app.packaged import resources

HOLIDAY_YEARS = range(2024, 2029)
"""The years whose public holidays are taken over; those of the Hijri calendar are estimates."""


class ReferenceDataError(ValueError):
    """A file of reference data does not say what it must; the text names the file and the place."""


def build_reference(folder: Path | None = None, years: Iterable[int] = HOLIDAY_YEARS) -> Reference:
    """The whole reference data of the files, with the public holidays of `years`.

    Raises ReferenceDataError for a file that is damaged or contradicts another.
    """
    reference = read_reference(folder or resources() / "reference")
    return replace(reference, calendar=replace(reference.calendar, holidays=jordan_holidays(years)))


def jordan_holidays(years: Iterable[int]) -> tuple[tuple[date, str], ...]:
    """Jordan's public holidays with their Arabic names, in order. Estimated days say so in their name."""
    import holidays  # 0.2 s that only the centre pays

    kept = holidays.country_holidays("JO", years=list(years), language="ar")
    return tuple(sorted((day, str(name)) for day, name in kept.items()))


def read_reference(folder: Path) -> Reference:
    """What the files of `folder` say, without holidays. Raises ReferenceDataError."""
    try:
        reference = _read(folder)
    except (KeyError, ValueError, OSError) as why:
        raise ReferenceDataError(f"{folder}: {why}") from why
    _check(reference)
    return reference


def _read(folder: Path) -> Reference:
    periods: dict[str, Any] = tomllib.loads((folder / "periods.toml").read_text("utf-8"))
    schedules = [read_schedule(file) for file in sorted(folder.glob("fees-*.toml"))]
    return Reference(
        vocations=tuple(_vocation(row) for row in _table(folder / "vocations.csv")),
        bodies=tuple(OutsideBody(row["code"], row["name_ar"], row["name_en"]) for row in _table(folder / "bodies.csv")),
        districts=tuple(
            District(
                int(row["number"]),
                row["name_ar"],
                row["name_en"],
                float(row["latitude"]),
                float(row["longitude"]),
            )
            for row in _table(folder / "districts.csv")
        ),
        checklists=_checklists(_table(folder / "checklists.csv")),
        windows=tuple(
            TimeWindow(row["code"], row["begins"], row["ends"], int(row["capacity"]))
            for row in _table(folder / "windows.csv")
        ),
        schedules=tuple(sorted(schedules, key=lambda one: one.effective)),
        calendar=WorkingCalendar(opens=periods["opens"], closes=periods["closes"]),
        rectification_days=periods["rectification_days"],
        completion_days=periods["completion_days"],
        payment_days=periods["payment_days"],
        scans_required=tuple(Requirement(name) for name in periods["scans_required"]),
        reminder_days=periods["reminder_days"],
        extension_days=periods["extension_days"],
        verified=periods["verified"] and all(schedule.verified for schedule in schedules),
    )


def _table(file: Path) -> list[dict[str, str]]:
    # An administrator's spreadsheet may leave a byte order mark.
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def _vocation(row: dict[str, str]) -> Vocation:
    return Vocation(
        code=row["code"],
        name_ar=row["name_ar"],
        name_en=row["name_en"],
        group=row["group"],
        fee_class=row["fee_class"],
        needs_construction_certificate=_yes(row["construction_certificate"]),
        needs_civil_defence=_yes(row["civil_defence"]),
        bodies=tuple(row["bodies"].split()),
        checklist=row["checklist"],
        waste_category=row["waste_category"],
    )


def _checklists(rows: list[dict[str, str]]) -> tuple[Checklist, ...]:
    items: dict[str, list[ChecklistItem]] = {}
    for row in rows:
        item = ChecklistItem(row["code"], row["text_ar"], row["text_en"], _yes(row["blocking"]))
        items.setdefault(row["checklist"], []).append(item)
    return tuple(Checklist(code, tuple(held)) for code, held in items.items())


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"yes or no is needed, not {text!r}")
    return text == "yes"


def _rated(schedule: FeeSchedule, vocation: Vocation) -> bool:
    return any(
        (rate.group, rate.fee_class) == (vocation.group, vocation.fee_class) for rate in schedule.licence_rates
    ) and any(rate.category == vocation.waste_category for rate in schedule.waste_rates)


def _check(reference: Reference) -> None:
    """Raises ReferenceDataError for the first thing that one table says and another does not know."""
    for what, names in (
        ("vocation", [one.code for one in reference.vocations]),
        ("body", [one.code for one in reference.bodies]),
        ("district", [str(one.number) for one in reference.districts]),
        ("window", [one.code for one in reference.windows]),
        ("checklist item", [item.code for one in reference.checklists for item in one.items]),
        ("fee schedule", [one.version for one in reference.schedules]),
    ):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ReferenceDataError(f"{what} {twice[0]} stands twice")
    for vocation in reference.vocations:
        if reference.find_checklist(vocation.checklist) is None:
            raise ReferenceDataError(f"vocation {vocation.code}: no checklist {vocation.checklist!r}")
        for body in vocation.bodies:
            if reference.find_body(body) is None:
                raise ReferenceDataError(f"vocation {vocation.code}: no outside body {body!r}")
        for schedule in reference.schedules:
            if not _rated(schedule, vocation):
                raise ReferenceDataError(f"vocation {vocation.code}: no rate in schedule {schedule.version}")
    for earlier, later in pairwise(reference.schedules):
        if earlier.superseded != later.effective:
            raise ReferenceDataError(f"fee schedules {earlier.version} and {later.version} overlap or leave a gap")
