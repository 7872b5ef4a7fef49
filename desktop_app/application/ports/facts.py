"""Where the rules read what stands: the replica on a workstation, the centre's tables at the registrar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.domain.actor import Actor
    from desktop_app.domain.deciding import Booking
    from desktop_app.domain.licence import Licence
    from desktop_app.domain.reference import Reference
    from desktop_app.domain.request import Request
    from desktop_app.domain.tracks import DuesAccount


class Facts(Protocol):
    """Reads inside one transaction. At the centre the parent licence and the request are locked by being read."""

    def find_request(self, request_id: str) -> Request | None: ...

    def find_licence(self, number: str) -> Licence | None: ...

    def find_dues(self, identity_key: str) -> DuesAccount | None: ...

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]:
        """Requests on this parent that have not ended and are not issued, oldest first."""

    def licences_made_by(self, request_id: str) -> tuple[Licence, ...]: ...

    def bookings_on(self, day: date) -> tuple[Booking, ...]: ...

    def find_staff(self, login: str) -> Actor | None: ...

    def missing_documents(self, digests: tuple[str, ...]) -> tuple[str, ...]:
        """Those whose bytes the centre does not hold, as far as it is known here."""

    def inspectors(self) -> tuple[Actor, ...]:
        """All active inspectors."""

    def reference(self) -> Reference: ...
