"""The program, wired as it is started, where the folder of its work cannot be made: a window says so."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.application.settings import CentreAddress, WorkstationSettings
from desktop_app.application.store_key import get_store_key
from desktop_app.bootstrap.windows import open_program
from desktop_app.system.given_secrets import GivenSecrets
from desktop_app.system.paths import places_in
from desktop_app.ui.sign_in.view import SignInWindow


def test_a_folder_that_cannot_be_made_is_told_in_the_window_and_tried_again(qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "disk" / "workstation"
    (tmp_path / "disk").write_text("a file stands where the folder should be")
    settings = WorkstationSettings("K1", 8, str(place), CentreAddress("localhost", 1, "nowhere", "", "", "K1/key"))
    held = GivenSecrets()
    get_store_key(held, "K1", stands=False)
    with open_program(settings, ["tajzia"], held):
        standing = next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, SignInWindow) and one.isVisible()
        )
        qtbot.waitUntil(lambda: bool(standing._form.fields["login"].problem))
        (tmp_path / "disk").unlink()
        standing.login.setText("rania")
        standing.password.setText("x")
        standing.enter.click()
        qtbot.waitUntil(places_in(place).store.exists)
        standing.close()
    shutil.rmtree(tmp_path / "disk")
