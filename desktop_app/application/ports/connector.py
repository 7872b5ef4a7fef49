"""How a person's connection to the centre is made. `gateway` answers over PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.sync.centre_link import CentreLink


class Connector(Protocol):
    def __call__(self, login: str, password: str) -> CentreLink:
        """An open connection of this person on this device.

        Raises CentreUnreachableError, or NotAdmittedError for a wrong password or a device that is not let in.
        """
