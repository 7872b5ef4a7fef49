"""A workstation whose session is open already: it goes to the queue and says when the first rows are painted.

Started as a program of its own with a settings file and the file of whoever is signed in.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

SHOWN = "the first rows are painted"


def say(rows: int) -> None:
    print(SHOWN, rows, file=sys.stderr, flush=True)


def main(settings_file: Path, person_file: Path, shown: Callable[[int], None] = say) -> int:
    """`shown` is told how many rows the first page has."""
    gc.disable()
    # As the program does it, when it opens its first window.
    from desktop_app.ui.feature_switches import leave_sources_unread

    leave_sources_unread()

    from PySide6.QtWidgets import QApplication

    from desktop_app import texts
    from desktop_app.application.settings import load_settings
    from desktop_app.application.workplace import Session, SignedIn
    from desktop_app.bootstrap.door import WorkstationDoor
    from desktop_app.domain.actor import Actor
    from desktop_app.sync.centre_link import CentreLink, CentreUnreachableError
    from desktop_app.system.clock import SystemClock
    from desktop_app.system.crash_log import CrashLog
    from desktop_app.system.given_secrets import GivenSecrets
    from desktop_app.system.paths import places_in
    from desktop_app.ui.application import make_application
    from desktop_app.ui.background import ThreadedBackground
    from desktop_app.ui.frame.routes import Route
    from desktop_app.ui.messages import Messages
    from desktop_app.ui.queue.view import QueueWidget
    from desktop_app.ui.shell import Shell
    from desktop_app.wire.codec import decode

    class NoSigner:
        """Nothing is signed before the queue is shown."""

        public = bytes(32)

        def sign(self, payload: bytes) -> bytes:
            raise AssertionError("a start signs nothing")

    def connect() -> CentreLink:
        raise CentreUnreachableError("there is no centre here")

    settings = load_settings(settings_file)
    places = places_in(Path(settings.store)).make()
    texts.use("ar")
    make_application([sys.argv[0]])
    clock = SystemClock()
    crash_log = CrashLog(places.crashes, clock)
    door = WorkstationDoor(settings, places, clock, crash_log, GivenSecrets.read(sys.stdin))
    person = decode(person_file.read_bytes(), Actor)
    session = Session(person, settings.device, settings.branch, online=False)
    workplace = door.open_session(SignedIn(session, NoSigner(), connect))
    messages = Messages()
    shell = Shell(workplace, ThreadedBackground(messages, crash_log), messages, lambda: None, lambda _: None)
    shell.frame.resize(1440, 900)
    shell.frame.router.start(Route("queue"))
    on_stage = shell.frame.screens["queue"].widget()
    assert isinstance(on_stage, QueueWidget)
    on_stage.table.rows_painted.connect(lambda: shown(on_stage.model.rowCount()))
    shell.frame.show()
    gc.freeze()
    gc.enable()
    return QApplication.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
