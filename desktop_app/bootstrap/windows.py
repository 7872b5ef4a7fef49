"""The program's windows: the first start, the program, and what stays until they are closed."""

from __future__ import annotations

import gc
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.settings import WorkstationSettings
from desktop_app.system.clock import SystemClock
from desktop_app.system.crash_log import CrashLog
from desktop_app.system.paths import places_in

if TYPE_CHECKING:
    from desktop_app.application.machine_secrets import MachineSecrets
    from desktop_app.application.ports.secrets import Secrets


def run_workstation(settings: WorkstationSettings, argv: list[str], secrets: Secrets) -> int:
    """Opens the windows and stays until they are closed; returns the exit status."""
    from PySide6.QtWidgets import QApplication

    with open_program(settings, argv, secrets):
        # `cli.open` has turned the collector off for the start; what is there now is never looked through again.
        gc.freeze()
        gc.enable()
        return QApplication.exec()


def run_first_start(settings: Path, argv: list[str], secrets: Secrets) -> int:
    """The window of enrolment, and once the computer is a device the program; returns the exit status."""
    from PySide6.QtWidgets import QApplication

    with open_first_start(settings, argv, secrets):
        gc.enable()
        return QApplication.exec()


def open_first_start(settings: Path, argv: list[str], secrets: Secrets) -> ExitStack:
    """The window in which this computer is enrolled; the program opens over the same stack afterwards."""
    from desktop_app.ui.feature_switches import leave_sources_unread

    leave_sources_unread()

    from desktop_app import texts
    from desktop_app.bootstrap.device import workstation_enrolment
    from desktop_app.ui.application import make_application
    from desktop_app.ui.enrol.first_start import FirstStart

    with ExitStack() as opening:
        places = places_in(settings.parent / "first-start").make()
        texts.use("ar")
        make_application(argv)
        later = ExitStack()

        def go_on(enrolled: WorkstationSettings) -> None:
            later.enter_context(open_program(enrolled, argv, secrets))

        crash_log = CrashLog(places.crashes, SystemClock())
        first = FirstStart(workstation_enrolment(settings, secrets), crash_log, go_on, _unlocking(secrets))
        opening.callback(later.close)
        opening.callback(first.stop)
        first.start()
        return opening.pop_all()


def open_program(settings: WorkstationSettings, argv: list[str], secrets: Secrets) -> ExitStack:
    """The program with its first window on the screen. Leaving the stack ends it, every asked-for write included."""
    from desktop_app.ui.feature_switches import leave_sources_unread

    leave_sources_unread()

    from desktop_app import texts
    from desktop_app.bootstrap.door import WorkstationDoor
    from desktop_app.system.logs import start_logging, stop_logging
    from desktop_app.ui.application import make_application
    from desktop_app.ui.program import Program
    from desktop_app.ui.theme import RememberedLook

    with ExitStack() as opening:
        places = places_in(Path(settings.store))
        with suppress(OSError):  # the door tries again, and has a window to say so in
            places.make()
        opening.callback(stop_logging, start_logging(places.logs))
        texts.use("ar")
        remembered = RememberedLook(places.data / "look.json")
        look = remembered.read()
        make_application(argv, scheme=look.scheme, scale=look.scale)
        clock = SystemClock()
        crash_log = CrashLog(places.crashes, clock)
        door = WorkstationDoor(settings, places, clock, crash_log, secrets)
        opening.callback(door.close)
        program = Program(door, district_names, crash_log, CrashReports(crash_log), remembered, _unlocking(secrets))
        opening.callback(program.stop)
        program.start()
        return opening.pop_all()


class CrashReports:
    """`ui.program.OldCrashes` over the crash log."""

    def __init__(self, crash_log: CrashLog) -> None:
        self._crash_log = crash_log

    def waiting(self) -> tuple[str, ...]:
        return tuple(report.reference for report in self._crash_log.to_offer())

    def save_all(self, folder: str) -> None:
        for report in self._crash_log.to_offer():
            self._crash_log.save(report, Path(folder) / f"tajzia-{report.reference}.txt")


def district_names(number: int) -> str:
    """What the sign-in screen calls a district, before any store is open."""
    from desktop_app.application.districts import district_name

    return district_name(number)


def _unlocking(secrets: Secrets) -> MachineSecrets | None:
    """What a passphrase may open: the secrets of a demonstration or a test ask for none."""
    from desktop_app.application.machine_secrets import MachineSecrets

    return secrets if isinstance(secrets, MachineSecrets) else None
