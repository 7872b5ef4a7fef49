"""Words in tests are Arabic unless a test says otherwise."""

from __future__ import annotations

import pytest

from desktop_app import texts


@pytest.fixture(autouse=True)
def _arabic() -> None:
    texts.use("ar")
