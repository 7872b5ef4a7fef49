"""What this computer knows of itself as a device: its settings file, and beside it key, certificate and authority."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from desktop_app.application.enrolling import Asked, Enrolled
from desktop_app.application.settings import CentreAddress, WorkstationSettings, load_settings
from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.invitation import Invitation


class DeviceFolder:
    """See `DeviceHome`. Everything lies beside `settings`, open to its owner alone."""

    def __init__(self, settings: Path) -> None:
        self._settings = settings
        self._folder = settings.parent

    def find_settings(self) -> WorkstationSettings | None:
        try:
            return load_settings(self._settings)
        except FileNotFoundError:
            return None
        except MalformedError as why:
            raise OSError(f"{self._settings} cannot be read") from why

    def find_asked(self) -> Asked | None:
        try:
            return decode(self._asked.read_bytes(), Asked)
        except (FileNotFoundError, MalformedError):
            return None

    def keep_asked(self, asked: Asked) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write("enrolment.json", encode(asked))

    def move_in(self, enrolled: Enrolled, invitation: Invitation) -> WorkstationSettings:
        before = self.find_settings()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        centre = CentreAddress(
            host=invitation.host,
            port=invitation.port,
            database=invitation.database,
            authority=self._write("ca.crt", invitation.authority.encode("ascii")),
            certificate=self._write("device.crt", enrolled.certificate),
            key=self._write("device.key", enrolled.key),
        )
        store = before.store if before is not None else str(self._folder / "store")
        settings = WorkstationSettings(device=enrolled.device, branch=enrolled.branch, store=store, centre=centre)
        # Last: a computer with this file is a device.
        self._write(self._settings.name, encode(settings))
        with suppress(FileNotFoundError):
            self._asked.unlink()
        return settings

    @property
    def _asked(self) -> Path:
        return self._folder / "enrolment.json"

    def _write(self, name: str, content: bytes) -> str:
        """Whole or not at all, and on the disk when it returns."""
        place = self._folder / name
        fresh = self._folder / f"{name}.new"
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
        return str(place)
