"""Numbers of the centre: gap-free per series, year and district, also when work is undone or done at once."""

from __future__ import annotations

import re
import threading
from contextlib import suppress

import psycopg
import pytest

from desktop_app.application.ports.loading import NumberCounter, NumberSeries
from desktop_app.centre.numbers import CentreNumbers, raise_counters
from desktop_app.centre.store import PostgresStore
from tests.postgres_fixture import SampleCentre


class UndoneError(Exception):
    """Ends a transaction badly."""


def give(store: PostgresStore, *, fail: bool = False) -> list[str]:
    """Two licence numbers of one transaction."""
    with store.work() as work:
        numbers = [work.numbers.licence_number(2026, 8) for _ in range(2)]
        if fail:
            raise UndoneError(*numbers)
    return numbers


def test_a_number_that_is_undone_is_given_again(centre: SampleCentre) -> None:
    assert give(centre.store) == ["L-2026-08-000001", "L-2026-08-000002"]
    with pytest.raises(UndoneError, match="L-2026-08-000004"):
        give(centre.store, fail=True)
    assert give(centre.store) == ["L-2026-08-000003", "L-2026-08-000004"]


def test_each_year_district_and_series_counts_for_itself(centre: SampleCentre) -> None:
    with psycopg.connect(centre.registrar_conninfo) as connection:
        numbers = CentreNumbers(connection)
        given = [
            numbers.request_number(2026, 8),
            numbers.request_number(2027, 8),
            numbers.request_number(2026, 9),
            numbers.licence_number(2026, 8),
            numbers.request_number(2026, 8),
        ]
    assert given == [
        "R-2026-08-000001",
        "R-2027-08-000001",
        "R-2026-09-000001",
        "L-2026-08-000001",
        "R-2026-08-000002",
    ]


def test_no_gap_under_writers_of_whom_some_fail(centre: SampleCentre) -> None:
    kept: list[str] = []

    def write(writer: int) -> None:
        store = PostgresStore(centre.registrar_conninfo)
        for at in range(10):
            with suppress(UndoneError):
                kept.extend(give(store, fail=(writer + at) % 3 == 0))
        store.close()

    threads = [threading.Thread(target=write, args=(at,)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    serials = sorted(int(re.sub(r".*-", "", number)) for number in kept)
    assert serials == list(range(1, len(kept) + 1))
    assert len(kept) > 80


@pytest.mark.parametrize(("loaded", "next_one"), [(41, 42), (0, 2)])
def test_counters_are_raised_and_never_lowered(centre: SampleCentre, loaded: int, next_one: int) -> None:
    with centre.store.work() as work:
        work.numbers.licence_number(2026, 8)
    with psycopg.connect(centre.registrar_conninfo) as connection:
        raise_counters(connection, {NumberCounter(NumberSeries.LICENCE, 2026, 8): loaded})
    with centre.store.work() as work:
        assert work.numbers.licence_number(2026, 8) == f"L-2026-08-{next_one:06d}"
