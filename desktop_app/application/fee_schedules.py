"""One version of the fee schedule, read from its TOML file."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.domain.fees.schedule import (
    AreaBand,
    FeeSchedule,
    LicenceRate,
    PenaltyWindow,
    SignRate,
    WasteRate,
)
from desktop_app.texts.typed import read_area, read_money


def read_schedule(file: Path) -> FeeSchedule:
    """The schedule in `file`. Raises ValueError or KeyError, naming the file, for what is missing or malformed."""
    try:
        return _schedule(tomllib.loads(file.read_text("utf-8")))
    except (KeyError, ValueError, TypeError) as why:
        raise ValueError(f"{file.name}: {type(why).__name__}: {why}") from why


def _schedule(data: dict[str, Any]) -> FeeSchedule:
    return FeeSchedule(
        version=data["version"],
        effective=_day(data["effective"]),
        superseded=_day(data["superseded"]) if "superseded" in data else None,
        licence_rates=tuple(
            LicenceRate(one["group"], one["class"], _bands(one["bands"]), one["article"]) for one in data["licence"]
        ),
        sign_rates=tuple(SignRate(one["lit"], read_money(one["per_m2"]), one["article"]) for one in data["sign"]),
        waste_rates=tuple(
            WasteRate(one["category"], read_money(one["amount"]), one["article"]) for one in data["waste"]
        ),
        penalty_windows=tuple(
            PenaltyWindow(
                begins=_day(one["begins"]),
                ends=_day(one["ends"]),
                licence_share=_share(one["licence_percent"]),
                sign_share=_share(one["sign_percent"]),
                article=one["article"],
            )
            for one in data["penalty"]
        ),
        split_service=read_money(data["split_service"]["amount"]),
        split_service_article=data["split_service"]["article"],
        verified=data["verified"],
    )


def _bands(rows: list[list[str]]) -> tuple[AreaBand, ...]:
    bands = tuple(AreaBand(read_area(up_to) if up_to else None, read_money(amount)) for up_to, amount in rows)
    limits = [band.up_to for band in bands]
    bounded = [limit for limit in limits if limit is not None]
    if limits[-1:] != [None] or len(bounded) != len(limits) - 1 or bounded != sorted(set(bounded)):
        raise ValueError("bands rise, and the last one has no limit")
    return bands


def _share(percent: str) -> int:
    """Hundredths of a per cent."""
    return int(read_area(percent))


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"a date is needed, not {value!r}")
    return value
