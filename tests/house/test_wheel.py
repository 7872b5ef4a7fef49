"""The wheel: installed anywhere, the program finds its data and its name."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The wheel, built from the project as it stands."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=project, check=True, capture_output=True)
    (made,) = folder.glob("tajzia-*.whl")
    return made


def test_the_data_travels_inside_the_package(wheel: Path, project: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("resources", "i18n"):
        kept = [path for path in (project / folder).rglob("*") if path.is_file() and path.suffix != ".mo"]
        assert {f"desktop_app/{path.relative_to(project)}" for path in kept} - names == set()
    sources = (project / "i18n").glob("*/LC_MESSAGES/*.po")
    compiled = {f"desktop_app/{path.relative_to(project).with_suffix('.mo')}" for path in sources}
    assert compiled - names == set()


def test_the_installed_program_runs_by_its_name_and_finds_its_data(wheel: Path, tmp_path: Path) -> None:
    # No dependency is needed to tell the version or to find the data; the folder stands for site-packages.
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
        scripts = archive.read(next(name for name in archive.namelist() if name.endswith("entry_points.txt")))
    assert "tajzia = desktop_app.__main__:main" in scripts.decode()
    probe = "from desktop_app import packaged; print(packaged.resources()); print(packaged.catalogues())"
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {probe}"]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=True)
    inside = tmp_path / "desktop_app"
    assert done.stdout.splitlines() == [str(inside / "resources"), str(inside / "i18n")]
