"""What the program loads before its first window stands there: each of these costs a start more than it gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop_app.application.settings import CentreAddress, WorkstationSettings

_SHOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from desktop_app.application.settings import load_settings
from desktop_app.bootstrap.windows import open_program
from desktop_app.system.given_secrets import GivenSecrets

class Paints(QObject):
    loaded = None
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest or event.type() == QEvent.Type.Paint:
            self.loaded = self.loaded or sorted(sys.modules)
        return False

from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
paints = Paints()
app.installEventFilter(paints)
with open_program(load_settings(Path(sys.argv[1])), sys.argv, GivenSecrets()):
    while paints.loaded is None:
        app.processEvents()
print(json.dumps(paints.loaded))
"""

SPARED = (
    "sqlalchemy",
    "alembic",
    "psycopg",
    "qtawesome",
    "keyring",
    "reportlab",
    "structlog",
    "cryptography",
    "holidays",
    "phonenumbers",
    "zoneinfo",
    "PySide6.QtSvg",
    "PySide6.QtPdf",
    "desktop_app.storage",
    "desktop_app.gateway",
    "desktop_app.documents",
    "desktop_app.centre",
    "desktop_app.domain.commands",
    "desktop_app.ui.shell",
)


def test_the_first_window_is_painted_without_what_it_does_not_need(tmp_path: Path) -> None:
    settings = tmp_path / "workstation.json"
    nowhere = CentreAddress("localhost", 1, "nowhere", "ca.crt", "device.crt", "device.key")
    WorkstationSettings("K1", 8, str(tmp_path / "store"), nowhere).save(settings)
    done = subprocess.run(
        [sys.executable, "-c", _SHOW, settings],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "desktop_app.ui.sign_in.view" in loaded
    assert [name for name in SPARED if name in loaded] == []
