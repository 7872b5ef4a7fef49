"""What this computer knows of itself as a device: its settings file, and beside it certificate and authority; its key
lies where machine secrets lie."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop_app.application.device_key import name_for
from desktop_app.application.enrolling import Asked, Enrolled
from desktop_app.application.ports.secrets import Secrets
from desktop_app.application.settings import CentreAddress, WorkstationSettings, load_settings
from desktop_app.system.whole_files import wipe, write_whole
from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.invitation import Invitation

_ASKING = "enrolment/device-key"
"""The key of a request that has no certificate yet."""


class DeviceFolder:
    """See `DeviceHome`. Everything that is no secret lies beside `settings`, open to its owner alone."""

    def __init__(self, settings: Path, secrets: Secrets) -> None:
        self._settings = settings
        self._secrets = secrets
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
            asked = decode(self._asked.read_bytes(), Asked)
        except (FileNotFoundError, MalformedError):
            return None
        key = self._secrets.find(_ASKING)
        return replace(asked, key=key) if key is not None else None

    def keep_asked(self, asked: Asked) -> None:
        self._secrets.put(_ASKING, asked.key)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write("enrolment.json", encode(replace(asked, key=b"")))

    def move_in(self, enrolled: Enrolled, invitation: Invitation) -> WorkstationSettings:
        before = self.find_settings()
        key = name_for(enrolled.device, enrolled.certificate)
        self._secrets.put(key, enrolled.key)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        centre = CentreAddress(
            host=invitation.host,
            port=invitation.port,
            database=invitation.database,
            authority=self._write("ca.crt", invitation.authority.encode("ascii")),
            certificate=self._write("device.crt", enrolled.certificate),
            key=key,
        )
        store = before.store if before is not None else str(self._folder / "store")
        settings = WorkstationSettings(device=enrolled.device, branch=enrolled.branch, store=store, centre=centre)
        # Last: a computer with this file is a device.
        self._write(self._settings.name, encode(settings))
        with suppress(FileNotFoundError):
            self._asked.unlink()
        self._secrets.forget(_ASKING)
        if before is not None and before.centre.key != key:
            self._secrets.forget(before.centre.key)
        return settings

    @property
    def _asked(self) -> Path:
        return self._folder / "enrolment.json"

    def _write(self, name: str, content: bytes) -> str:
        place = self._folder / name
        write_whole(place, content)
        return str(place)


def with_key_taken_in(settings: WorkstationSettings, secrets: Secrets) -> WorkstationSettings:
    """The settings with the name under which the key lies. One that an earlier version left in a file is taken in, and
    the file is written over and goes. Raises OSError, and as `Secrets` does."""
    file = Path(settings.centre.key)
    if not file.is_absolute():
        return settings
    name = name_for(settings.device, Path(settings.centre.certificate).read_bytes())
    if file.exists():
        secrets.put(name, file.read_bytes())
        wipe(file)
    return replace(settings, centre=replace(settings.centre, key=name))
