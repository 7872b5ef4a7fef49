"""A store in a folder of its own, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.storage.store import Store
from tests.store_key import STORE_KEY
from tests.workplaces import TestWorkplace, make_workplace


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.db", STORE_KEY)
    yield opened
    opened.close()


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[TestWorkplace]:
    made = make_workplace(tmp_path)
    yield made
    made.close()
