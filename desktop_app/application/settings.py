"""What a workstation is told once, at its enrolment: which device it is, where its store lies, where the centre is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.application.door import KnownPerson
from desktop_app.wire.codec import decode, encode


@dataclass(frozen=True, slots=True)
class CentreAddress:
    """Where the centre is and how it and this device prove themselves: paths of PEM files, and the name under which the
    key of the certificate lies among this machine's secrets."""

    host: str
    port: int
    database: str
    authority: str
    certificate: str
    key: str


@dataclass(frozen=True, slots=True)
class WorkstationSettings:
    """One workstation. `branch` is the district whose counter it stands at; `people` and `demo_password` are set
    by a demonstration only."""

    device: str
    branch: int
    store: str
    centre: CentreAddress
    people: tuple[KnownPerson, ...] = ()
    demo_password: str = ""

    def save(self, path: Path) -> None:
        path.write_bytes(encode(self))


def load_settings(path: Path) -> WorkstationSettings:
    """Reads a settings file. Raises OSError, or MalformedError where it does not hold settings."""
    return decode(path.read_bytes(), WorkstationSettings)
