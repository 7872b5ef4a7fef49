"""This computer as a device: where its secrets lie, how it is enrolled, how it reaches the centre."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.settings import WorkstationSettings

if TYPE_CHECKING:
    from desktop_app.application.enrolling import WorkstationEnrolment
    from desktop_app.application.machine_secrets import MachineSecrets
    from desktop_app.application.ports.secrets import Secrets
    from desktop_app.gateway.link import PostgresLink
    from desktop_app.system.sealed_secrets import SealedSecrets


def machine_secrets(settings: Path) -> MachineSecrets:
    """Where the secrets of the workstation with this settings file lie: in the operating system's keyring, or sealed
    beside that file."""
    from desktop_app.application.machine_secrets import MachineSecrets
    from desktop_app.system.keyring_secrets import KeyringSecrets
    from desktop_app.system.sealed_secrets import SealedSecrets

    def begun() -> bool:
        # Earlier versions kept the key of the certificate in a file and none for the store.
        return settings.exists() and not (settings.parent / "device.key").exists()

    return MachineSecrets(KeyringSecrets(), SealedSecrets(settings.parent), begun)


class NoPassphraseError(Exception):
    """The keys of this computer lie in the operating system's keyring, or it has none yet."""


@contextmanager
def vault_alone(settings: Path) -> Iterator[SealedSecrets]:
    """The sealed secrets of the workstation with this settings file, while no program has its store open: one that runs
    would write them back under the passphrase it was opened with.

    Raises NoPassphraseError, StoreInUseError; MalformedError or OSError where the settings cannot be read.
    """
    from desktop_app.application.settings import load_settings
    from desktop_app.system.paths import places_in
    from desktop_app.system.sealed_secrets import SealedSecrets
    from desktop_app.system.store_lock import StoreLock

    vault = SealedSecrets(settings.parent)
    if not vault.stands():
        raise NoPassphraseError("the keys of this computer lie under no passphrase")
    with StoreLock(places_in(Path(load_settings(settings).store)).make().lock):
        yield vault


def workstation_enrolment(settings: Path, secrets: Secrets) -> WorkstationEnrolment:
    """How this computer becomes the device that `settings` will tell of; its key goes to `secrets`."""
    import time

    from desktop_app.application.enrolling import WorkstationEnrolment
    from desktop_app.gateway.enrolment import PostgresEnrolment
    from desktop_app.system.device_home import DeviceFolder

    return WorkstationEnrolment(DeviceFolder(settings, secrets), PostgresEnrolment, time.sleep)


def open_link(settings: WorkstationSettings, login: str, password: str, secrets: Secrets) -> PostgresLink:
    """A connection to the centre for this person on this device. Raises as `application.ports.connector` says, and as
    `application.device_key`."""
    from desktop_app.application.device_key import get_device_key
    from desktop_app.gateway.link import connect
    from desktop_app.system.device_home import with_key_taken_in

    known = with_key_taken_in(settings, secrets)
    return connect(known.centre, login, password, get_device_key(secrets, known))
