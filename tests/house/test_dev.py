"""The developer's tool, for real: in a folder with a space, interrupted, two at a time, parts missing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from house import system_packages
from house.saying import SetUpFailed


@pytest.fixture
def small_project(tmp_path: Path, project: Path) -> Path:
    """A project in a folder with a space in its name, whose locks ask for nothing."""
    folder = tmp_path / "a folder"
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(project / "dev.py", folder)
    shutil.copytree(project / "house", folder / "house")
    for name in dev.LOCK_SOURCES:
        (folder / "requirements" / f"{name}.txt").touch()
    return folder


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Call the tool the way its user does."""
    command = [sys.executable, str(folder / "dev.py"), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def set_up(folder: Path) -> str:
    """Set up to the end; return what the tool said."""
    process = start(folder, "setup")
    said = process.communicate()[1]
    assert process.returncode == 0, said
    return said


def test_set_up_happens_once_and_again_after_an_interruption(small_project: Path) -> None:
    assert "making the virtual environment" in set_up(small_project)
    assert "making" not in set_up(small_project)

    half_done = small_project / ".venv" / "half-done"
    half_done.touch()
    (small_project / ".venv" / "set-up" / "installing").touch()
    assert "making the virtual environment" in set_up(small_project)
    assert not half_done.exists()


def test_a_changed_lock_is_installed_without_making_the_environment_anew(small_project: Path) -> None:
    set_up(small_project)
    (small_project / "requirements" / "dev.txt").write_text("# nothing, said differently\n", encoding="utf-8")
    said = set_up(small_project)
    assert "installing requirements/dev.txt" in said
    assert "making" not in said


def test_an_unhashed_requirement_is_refused(small_project: Path) -> None:
    (small_project / "requirements" / "dev.txt").write_text("packaging==24.0\n", encoding="utf-8")
    process = start(small_project, "setup")
    said = process.communicate()[1]
    assert process.returncode == 1
    assert "hash" in said.lower()


def test_the_project_is_importable_from_everywhere_also_after_it_moved(small_project: Path) -> None:
    set_up(small_project)
    moved = small_project.with_name("another folder")
    small_project.rename(moved)
    set_up(moved)
    where = [str(moved / ".venv" / "bin" / "python"), "-c", "import dev; print(dev.__file__)"]
    done = subprocess.run(where, cwd="/", capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(moved / "dev.py")


@pytest.mark.long
def test_two_at_a_time_do_not_harm_each_other(small_project: Path) -> None:
    both = [start(small_project, "setup") for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("making the virtual environment" in words for words in said) == 1


def test_an_ordinary_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\nexit 99\n", encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setitem(system_packages.WINDOWLESS_LIBRARIES, "libnowhere.so.9", "libnowhere9")
    with pytest.raises(SetUpFailed, match=r"sudo apt-get install .*libnowhere9 nowhere-tools"):
        system_packages.ensure_system_packages({"nowhere": "nowhere-tools", "sh": "dash"}, for_environment=False)


def test_a_complete_system_asks_for_nothing() -> None:
    assert system_packages.missing_packages({"sh": "dash"}, for_environment=False) == []


def test_an_unknown_command_is_refused_with_the_list(project: Path) -> None:
    process = start(project, "tets")
    assert "there are: setup, run, test" in process.communicate()[1]
    assert process.returncode == 2


@pytest.mark.parametrize("command", sorted(dev.WITHOUT_HELP))
def test_help_does_nothing_else(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([command, "--help"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"python3 dev.py {command}: ")
    assert said.err == ""


def test_translations_that_are_not_there_are_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "set_up", lambda: pytest.fail("it went on"))
    with pytest.raises(SetUpFailed, match=r"nowhere\.json"):
        dev.texts([str(tmp_path / "nowhere.json")])


BECOME = "import dev; dev.become('-c', {!r})"


def test_the_exit_status_is_that_of_the_work(project: Path) -> None:
    command = [sys.executable, "-c", BECOME.format("raise SystemExit(7)")]
    assert subprocess.run(command, cwd=project, check=False).returncode == 7


def test_ctrl_c_reaches_the_work_and_waits_for_it(project: Path) -> None:
    wait = "print('ready', flush=True); signal.pause()"
    work = f"import signal, sys\ntry: {wait}\nexcept KeyboardInterrupt: sys.exit(5)"
    command = [sys.executable, "-c", BECOME.format(work)]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        assert process.wait() == 5


def test_the_work_is_done_where_it_was_called(project: Path, tmp_path: Path) -> None:
    tell = "import os; print(os.getcwd())"
    become = f"import dev, pathlib; dev.become('-c', {tell!r}, where=pathlib.Path({str(tmp_path)!r}))"
    done = subprocess.run([sys.executable, "-c", become], cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(tmp_path)


@pytest.mark.parametrize("user", [0, 1000])
@pytest.mark.parametrize("arguments", [[], ["-k", "clock"], ["--full", "-x"]])
def test_a_selection_asks_an_ordinary_user_for_no_other_tests_programs(
    monkeypatch: pytest.MonkeyPatch, user: int, arguments: list[str]
) -> None:
    asked: dict[str, str] = {}
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(dev, "set_up", lambda *_locks, needed: asked.update(needed))
    monkeypatch.setattr(dev, "checks", lambda: 1)
    assert dev.test(arguments) == 1
    assert ("bearerbox" in asked) is (user == 0 or arguments != ["-k", "clock"])
