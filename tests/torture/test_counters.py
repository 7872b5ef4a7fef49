"""The centre's feed under load misses nothing; the naive one does."""

from __future__ import annotations

import pytest

from tests.postgres_fixture import SampleCentre
from tests.torture.counters import Load, write_and_read, write_and_read_naively


def test_no_row_is_missed_by_who_reads_while_sixteen_write(centre: SampleCentre) -> None:
    assert write_and_read(centre, Load(writers=16, rows=20_000)) == 0


def test_the_naive_feed_misses_rows(centre: SampleCentre) -> None:
    assert write_and_read_naively(centre, Load(writers=16, rows=20_000)) > 0


@pytest.mark.long
def test_no_row_of_a_million_is_missed_by_who_reads_while_sixty_four_write(centre: SampleCentre) -> None:
    assert write_and_read(centre, Load(writers=64, rows=1_000_000)) == 0
