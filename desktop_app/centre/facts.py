"""The centre's facts as the rules read them, inside the registrar's transaction."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from psycopg import Connection

from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.booking import booking_of
from desktop_app.domain.deciding import Booking
from desktop_app.domain.licence import Licence
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import DuesAccount
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import TYPE_OF, FactKind

T = TypeVar("T")

CURRENT = "current"
"""The one id of reference data."""


class ReferenceMissingError(LookupError):
    """The centre was never given its reference data: nothing can be decided yet."""


class ReferenceCache:
    """The reference data as it was last read: large, and seldom another. It is known by its sequence."""

    def __init__(self) -> None:
        self._sequence = -1
        self._held: Reference | None = None

    def get(self, connection: Connection[Any]) -> Reference:
        """Raises ReferenceMissingError."""
        row = connection.execute(
            "select sequence, case when sequence <> %s then body end from tajzia.fact"
            " where kind = 'reference' and id = %s",
            (self._sequence if self._held else -1, CURRENT),
        ).fetchone()
        if row is None:
            raise ReferenceMissingError("the centre holds no reference data")
        if row[1] is not None:
            self._held = decode(row[1], Reference)
            self._sequence = int(row[0])
        assert self._held is not None
        return self._held


class CentreFacts:
    """Reads of one transaction. Requests and licences that are found by name are locked: the decision rests on them."""

    def __init__(self, connection: Connection[Any], references: ReferenceCache) -> None:
        self._connection = connection
        self._references = references

    def find_request(self, request_id: str) -> Request | None:
        return self._find(Request, FactKind.REQUEST, request_id, locked=True)

    def find_licence(self, number: str) -> Licence | None:
        return self._find(Licence, FactKind.LICENCE, number, locked=True)

    def find_dues(self, identity_key: str) -> DuesAccount | None:
        return self._find(DuesAccount, FactKind.DUES, identity_key)

    def find_staff(self, login: str) -> Actor | None:
        return self._find(Actor, FactKind.STAFF, login)

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]:
        return self._all(Request, FactKind.REQUEST, "is_open and parent_number = %s", parent_number)

    def licences_made_by(self, request_id: str) -> tuple[Licence, ...]:
        return self._all(Licence, FactKind.LICENCE, "made_by = %s", request_id)

    def bookings_on(self, day: date) -> tuple[Booking, ...]:
        booked = self._all(Request, FactKind.REQUEST, "booked_day = %s", day)
        return tuple(booking for request in booked if (booking := booking_of(request)) is not None)

    def inspectors(self) -> tuple[Actor, ...]:
        return self._all(Actor, FactKind.STAFF, "role = %s", Role.INSPECTOR.value)

    def reference(self) -> Reference:
        return self._references.get(self._connection)

    def _find(self, wanted: type[T], kind: FactKind, identity: str, *, locked: bool = False) -> T | None:
        assert TYPE_OF[kind] is wanted
        row = self._connection.execute(
            "select body from tajzia.fact where kind = %s and id = %s" + (" for update" if locked else ""),
            (kind.value, identity),
        ).fetchone()
        return decode(row[0], wanted) if row is not None and row[0] is not None else None

    def _all(self, wanted: type[T], kind: FactKind, condition: str, *values: object) -> tuple[T, ...]:
        """In the order of ids: of requests and numbers, that is the order in which they came into being."""
        rows = self._connection.execute(
            f"select body from tajzia.fact where kind = '{kind.value}' and body is not null and {condition}"
            " order by id",
            values,
        ).fetchall()
        return tuple(decode(body, wanted) for (body,) in rows)
