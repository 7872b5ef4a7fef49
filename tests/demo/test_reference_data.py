"""The reference data that travels with the program: whole, consistent, and honest about being a sample."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_app.application.reference_data import (
    ReferenceDataError,
    build_reference,
    jordan_holidays,
    read_reference,
)
from desktop_app.domain.area import Area
from desktop_app.domain.fees.calculation import RatedVocation, UnitInputs
from desktop_app.domain.fees.unit_lines import unit_lines
from desktop_app.domain.reference import Reference
from desktop_app.packaged import resources
from desktop_app.wire.codec import decode, encode


def test_it_speaks_of_all_districts_and_enough_vocations(reference: Reference) -> None:
    assert [one.number for one in reference.districts] == list(range(1, 23))
    assert len(reference.vocations) >= 90
    assert len(reference.checklists) >= 9
    assert all(4 <= len(one.items) <= 8 for one in reference.checklists)
    assert [window.capacity for window in reference.windows] == [3, 3, 3]


@pytest.mark.parametrize("size", [Area(500), Area(12_000), Area(250_000)])
def test_every_vocation_can_be_billed_under_every_schedule(reference: Reference, size: Area) -> None:
    for schedule in reference.schedules:
        for one in reference.vocations:
            rated = RatedVocation(one.code, one.name_ar, one.group, one.fee_class, one.waste_category)
            unit = UnitInputs("u1", one.name_ar, size, (rated,), ((Area(200), True), (Area(200), False)))
            lines = unit_lines(unit, schedule)
            assert all(line.amount > 0 and line.article for line in lines)


def test_there_are_two_schedules_and_no_day_between_them(reference: Reference) -> None:
    assert len(reference.schedules) == 2
    assert reference.find_schedule(date(2024, 12, 31)) is None
    found = {day: reference.find_schedule(day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2030, 6, 1))}
    assert [one.version if one else None for one in found.values()] == ["2025.1", "2026.1", "2026.1"]
    assert all(len(one.waste_rates) == 15 for one in reference.schedules)


def test_nothing_of_it_claims_to_be_the_municipalitys(reference: Reference) -> None:
    assert not reference.verified
    articles = [
        rate.article
        for schedule in reference.schedules
        for rates in (schedule.licence_rates, schedule.sign_rates, schedule.waste_rates, schedule.penalty_windows)
        for rate in rates
    ]
    assert not any(schedule.verified for schedule in reference.schedules)
    assert all("التجريبي" in article for article in articles)


def test_penalty_windows_cover_the_year_without_overlap(reference: Reference) -> None:
    for schedule in reference.schedules:
        windows = sorted(schedule.penalty_windows, key=lambda one: one.begins)
        assert windows[0].begins == schedule.effective
        assert all((b.begins - a.ends).days == 1 for a, b in pairwise(windows))
        assert (windows[-1].ends.month, windows[-1].ends.day) == (12, 31)
        assert [one.licence_share for one in windows] == [0, 2000, 5000]


def test_holidays_are_those_of_jordan_in_arabic(reference: Reference) -> None:
    calendar = reference.calendar
    assert calendar.holiday_name(date(2026, 5, 25)) == "عيد الاستقلال"
    assert not calendar.is_working_day(date(2026, 5, 25))
    assert calendar.is_working_day(date(2026, 11, 22))
    assert {day.year for day, _ in calendar.holidays} == set(range(2024, 2029))
    assert {day.year for day, _ in jordan_holidays([2030])} == {2030}


def test_it_crosses_the_wire(reference: Reference) -> None:
    assert decode(encode(reference), Reference) == reference


def test_the_districts_are_those_of_the_municipality(reference: Reference) -> None:
    zahran = reference.find_district(8)
    assert zahran is not None
    assert (zahran.name_ar, zahran.name_en) == ("زهران", "Zahran")


Spoil = Callable[[Path], None]


def _replace(name: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (_replace("vocations.csv", ",bar,", ",barr,"), "barr"),
        (_replace("vocations.csv", ",education,10\n", ",schooling,10\n"), "schooling"),
        (_replace("vocations.csv", "7204,", "7203,"), "7203"),
        (_replace("vocations.csv", ",tourism,1,", ",tourism,9,"), "no rate"),
        (
            _replace(
                "vocations.csv", "تحف شرقية وتذكارات,Oriental antiques and souvenirs,tourism,2,no", "x,x,x,2,maybe"
            ),
            "maybe",
        ),
        (_replace("fees-2026.toml", "effective = 2026-01-01", "effective = 2026-02-01"), "overlap or leave a gap"),
        (_replace("fees-2026.toml", 'per_m2 = "12.500"', 'per_m2 = "twelve"'), "fees-2026.toml"),
        (_replace("fees-2025.toml", '["", "340.000"]', '["400", "340.000"]'), "fees-2025.toml"),
        (lambda folder: (folder / "windows.csv").unlink(), "windows.csv"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, spoil: Spoil, named: str) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(resources() / "reference", folder)
    spoil(folder)
    with pytest.raises(ReferenceDataError, match=named):
        read_reference(folder)


def test_a_spreadsheets_byte_order_mark_does_no_harm(tmp_path: Path, reference: Reference) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(resources() / "reference", folder)
    file = folder / "districts.csv"
    file.write_text("\ufeff" + file.read_text("utf-8"), "utf-8")
    assert build_reference(folder).districts == reference.districts


def test_sample_places_and_trades_agree_with_the_tables(reference: Reference) -> None:
    groups = {vocation.group for vocation in reference.vocations}
    with (resources() / "sample" / "trades.csv").open(encoding="utf-8", newline="") as lines:
        trades = list(csv.DictReader(lines))
    assert {row["group"] for row in trades} == groups
    assert {kin for row in trades for kin in row["kin"].split()} <= groups
