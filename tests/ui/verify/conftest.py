from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.verify.centre import ACentre
from tests.ui.verify.fakes import ACamera
from tests.workplaces import TestWorkplace, make_workplace


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> ACentre:
    made = ACentre(tmp_path_factory.mktemp("centre"))
    made.write_lists()
    return made


@pytest.fixture
def camera() -> ACamera:
    return ACamera()


@pytest.fixture
def workplace(tmp_path: Path, centre: ACentre, camera: ACamera) -> Iterator[TestWorkplace]:
    """A clerk's, with the lists of `centre` and no network."""
    made = replace(make_workplace(tmp_path), checks=centre.checks, camera=camera)
    yield made
    made.close()
