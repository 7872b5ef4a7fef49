"""From exec to the first paint: our program as it is delivered, and an empty window."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop_app.application.door import KnownPerson
from desktop_app.application.settings import CentreAddress, WorkstationSettings
from tests.bench.launching import PAINTED, milliseconds_until
from tests.bench.row import Row, side_by_side
from tests.workplaces import STAFF

ROUNDS = 15
EMPTY = Path(__file__).with_name("empty_window.py")
NOWHERE = CentreAddress("localhost", 1, "nowhere", "ca.crt", "device.crt", "device.key")


def settings_in(folder: Path) -> Path:
    """A workstation's settings file, whose centre is never reached; its sign-in lists ten people."""
    file = folder / "workstation.json"
    people = tuple(KnownPerson(one.id, one.name_ar, one.role, 8, one.cashier) for one in STAFF)
    WorkstationSettings("K1", 8, str(folder / "store"), NOWHERE, people, "sample-password").save(file)
    return file


def empty_window() -> float:
    return milliseconds_until(PAINTED, [EMPTY], paint_log=True)


def first_paint() -> Row:
    """Goal: twice an empty window."""
    with tempfile.TemporaryDirectory(prefix="tajzia-bench-") as folder:
        program: list[str | Path] = [
            "-m",
            "desktop_app",
            "open",
            "--secrets-on-stdin",
            "--settings",
            settings_in(Path(folder)),
        ]
        ours, peer = side_by_side(lambda: milliseconds_until(PAINTED, program, paint_log=True), empty_window, ROUNDS)
    return Row(name="first paint", ours=ours, peer=peer, peer_name="empty PySide6 window", unit="ms", goal=2.0)
