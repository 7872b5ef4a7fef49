"""One reference and one set of sample data for all tests of the room: they only read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_app.application.reference_data import build_reference
from desktop_app.demo.sample import SampleData, sample_data
from desktop_app.domain.reference import Reference

AS_OF = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def as_of() -> datetime:
    return AS_OF


@pytest.fixture(scope="session")
def reference() -> Reference:
    return build_reference()


@pytest.fixture(scope="session")
def sample(reference: Reference) -> SampleData:
    return sample_data(reference, AS_OF)
