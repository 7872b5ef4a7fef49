"""`application.lease_watch.LeaseShelf` over the store: one of the things that this device knows of itself."""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.lease import USUAL_DAYS, Lease, grant
from desktop_app.storage.command_log import LAST_CONTACT
from desktop_app.storage.store import Store
from desktop_app.wire.codec import MalformedError, decode, encode

_NAME = "lease"


class StoreLease:
    """A store that was made before there were leases counts from its last contact."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find_lease(self) -> Lease | None:
        kept = self._store.find_setting(_NAME)
        if kept is not None:
            try:
                return decode(kept, Lease)
            except MalformedError:
                pass  # as good as none
        contact = self._store.find_setting(LAST_CONTACT)
        if contact is None:
            return None
        at = datetime.fromisoformat(contact)
        return grant(USUAL_DAYS, at, at)

    def keep_lease(self, lease: Lease) -> None:
        self._store.set_setting(_NAME, encode(lease).decode("ascii"))
