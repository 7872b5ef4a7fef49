"""Importing a module does not have its source read once the program has begun."""

from __future__ import annotations

import subprocess
import sys

_COUNT = """
import inspect, sys
import PySide6.QtCore
from desktop_app.ui.feature_switches import leave_sources_unread

read = []
found = inspect.getsource
inspect.getsource = lambda thing: read.append(thing.__name__) or found(thing)
import colorsys
leave_sources_unread()
before = read.copy()
import desktop_app.domain.area
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
label = QLabel("three")
label.setText("four")
print(before.count("colorsys"), len(read) - len(before), label.text())
"""


def test_sources_are_left_unread() -> None:
    """The first figure shows that there was something to leave: a version that reads nothing needs no such switch."""
    done = subprocess.run([sys.executable, "-c", _COUNT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "0", "four"]
