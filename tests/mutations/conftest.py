"""The domain and its tests alone, in a folder where they may be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

_CONFTEST = """
from hypothesis import Phase, settings

# That a test is red is enough: its smallest example is nobody's business.
only_red = dict(deadline=None, max_examples=20, derandomize=True, database=None, report_multiple_bugs=False)
settings.register_profile("planted", phases=(Phase.explicit, Phase.generate), **only_red)
settings.load_profile("planted")
"""


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__")
    (tmp_path / "desktop_app").mkdir()
    shutil.copy(project / "desktop_app" / "__init__.py", tmp_path / "desktop_app")
    shutil.copytree(project / "desktop_app" / "domain", tmp_path / "desktop_app" / "domain", ignore=ignore)
    shutil.copytree(project / "tests" / "domain", tmp_path / "tests" / "domain", ignore=ignore)
    (tmp_path / "conftest.py").write_text(_CONFTEST, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\naddopts = --import-mode=importlib\n", "utf-8")
    return tmp_path
