"""A centre in memory that has reference data."""

from __future__ import annotations

import pytest

from desktop_app.domain.reference import Reference
from tests.domain import builders
from tests.importing.memory_loading import MemoryLoading


@pytest.fixture
def reference() -> Reference:
    return builders.make_reference()


@pytest.fixture
def loading(reference: Reference) -> MemoryLoading:
    return MemoryLoading(reference)
