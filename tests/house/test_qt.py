"""Qt under test: offscreen, and not one warning."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

pytest_plugins = ["pytester"]


def test_windows_open_without_a_display(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert QGuiApplication.platformName() == "offscreen"


def test_a_warning_of_qt_fails_a_test(pytester: pytest.Pytester, project: Path) -> None:
    shutil.copy(project / "tests" / "conftest.py", pytester.path / "conftest.py")
    with (project / "pyproject.toml").open("rb") as file:
        level = tomllib.load(file)["tool"]["pytest"]["ini_options"]["qt_log_level_fail"]
    pytester.makeini(f"[pytest]\nqt_api = pyside6\nqt_log_level_fail = {level}\nmarkers =\n    expects_log: x\n")
    pytester.makepyfile(
        """
        from PySide6.QtCore import qWarning

        def test_warns(qtbot):
            qWarning("the model is inconsistent")
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*the model is inconsistent*"])
