"""The workstation's store: opened with the key that lies among the machine's secrets, and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.settings import WorkstationSettings
from desktop_app.system.paths import places_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.application.ports.secrets import Secrets
    from desktop_app.storage.store import Store
    from desktop_app.wire.audit import SignedHead
    from desktop_app.wire.audit_findings import AuditReport


def open_sealed(file: Path, secrets: Secrets, device: str) -> Store:
    """The store, whose key lies among this machine's secrets; one that an earlier version left in the clear is sealed
    first. Its folder's lock is held. Raises as `get_store_key`, `seal_store` and `Store.open`."""
    from desktop_app.application.store_key import get_store_key
    from desktop_app.storage.encrypting import has_to_be_sealed, seal_store, stands_sealed
    from desktop_app.storage.opening import StoreKey
    from desktop_app.storage.store import Store

    key = StoreKey(get_store_key(secrets, device, stands=stands_sealed(file)))
    if has_to_be_sealed(file):
        from desktop_app.system.whole_files import wipe

        seal_store(file, key, wipe)
    return Store.open(file, key)


def verify_workstation(
    settings: WorkstationSettings, secrets: Secrets, witnessed: Sequence[SignedHead] = ()
) -> AuditReport:
    """What `audit verify` finds in this device's store. Raises as opening the store does."""
    from desktop_app.storage.verifying import verify_store
    from desktop_app.system.store_lock import StoreLock

    places = places_in(Path(settings.store))
    if not places.store.exists():
        raise FileNotFoundError(f"there is no store in {places.store.parent}")
    with StoreLock(places.lock):
        store = open_sealed(places.store, secrets, settings.device)
        try:
            return verify_store(store, witnessed)
        finally:
            store.close()
