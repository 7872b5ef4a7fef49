"""One transaction's view of the replica: the facts as the rules read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.deciding import Booking
from desktop_app.domain.duplicates import LookAlikeKeys
from desktop_app.domain.licence import Licence
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request, Status
from desktop_app.domain.tracks import DuesAccount
from desktop_app.storage.command_log import commands, find_setting
from desktop_app.storage.everywhere import all_staff, reference
from desktop_app.storage.opening import Driver
from desktop_app.storage.unsent import unsent_attachments
from desktop_app.sync.replica import PendingCommand
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind

_ELSEWHERE = """
SELECT body FROM booking
WHERE day BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM request WHERE request.id = booking.id) ORDER BY day, id
"""
_ALIKE = "SELECT body FROM request WHERE {column} = ? AND is_open = 1 ORDER BY id DESC LIMIT 20"

T = TypeVar("T")


class ReplicaReads:
    """`application.ports.facts.Facts` over one open transaction."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self._reference: Reference | None = None

    def find_request(self, request_id: str) -> Request | None:
        return self._find("SELECT body FROM request WHERE id = ?", request_id, Request)

    def find_licence(self, number: str) -> Licence | None:
        return self._find("SELECT body FROM licence WHERE number = ?", number, Licence)

    def find_dues(self, identity_key: str) -> DuesAccount | None:
        return self._find("SELECT body FROM dues WHERE id = ?", identity_key, DuesAccount)

    def find_staff(self, login: str) -> Actor | None:
        return self._find("SELECT body FROM staff WHERE id = ?", login, Actor)

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]:
        return self._all(
            "SELECT body FROM request WHERE parent_number = ? AND holds_parent = 1 ORDER BY id",
            Request,
            parent_number,
        )

    def look_alikes(self, keys: LookAlikeKeys) -> tuple[Request, ...]:
        """As `Queries.look_alikes`."""
        asked = {
            "parent_number": keys.parent_number,
            "deed_key": keys.title_deed,
            "identity_key": keys.identity,
            "name_key": keys.name,
        }
        found: dict[str, Request] = {}
        for column, key in asked.items():
            for request in self._all(_ALIKE.format(column=column), Request, key) if key else ():
                found.setdefault(request.id, request)
        return tuple(found.values())

    def licences_made_by(self, request_id: str) -> tuple[Licence, ...]:
        return self._all("SELECT body FROM licence WHERE made_by = ? ORDER BY number", Licence, request_id)

    def bookings_on(self, day: date) -> tuple[Booking, ...]:
        """A request that is held here says what it takes as it stands, pending commands on top; of all others the
        centre's bookings tell."""
        found = self.driver.execute(
            "SELECT visit_inspector, visit_window, id FROM request WHERE visit_day = ? AND status = ? ORDER BY id",
            (day.isoformat(), Status.INSPECTION_SCHEDULED.value),
        )
        here = tuple(Booking(inspector, day, window, request_id) for inspector, window, request_id in found)
        return here + self.bookings_elsewhere(day, day)

    def bookings_elsewhere(self, first: date, last: date) -> tuple[Booking, ...]:
        """What requests that are not held here take of these local days, both inclusive."""
        return self._all(_ELSEWHERE, Booking, first.isoformat(), last.isoformat())

    def all_staff(self) -> tuple[Actor, ...]:
        return all_staff(self.driver)

    def missing_documents(self, digests: tuple[str, ...]) -> tuple[str, ...]:
        """Of what was attached here, the centre's own word counts; of what was attached elsewhere only the centre
        knows, and it says so when it decides."""
        return unsent_attachments(self.driver, digests)

    def inspectors(self) -> tuple[Actor, ...]:
        return tuple(one for one in self.all_staff() if one.active and one.role is Role.INSPECTOR)

    def reference(self) -> Reference:
        """Empty before the first contact with the centre: then nothing can be lodged. Read once in a transaction, of
        which each decision asks it several times."""
        if self._reference is None:
            self._reference = reference(self.driver)
        return self._reference

    def forget_reference(self) -> None:
        """To be called where it is written."""
        self._reference = None

    def peek_series(self, series: str) -> int:
        return self._value("SELECT next FROM series WHERE name = ?", series) or 1

    def find_setting(self, name: str) -> str | None:
        return find_setting(self.driver, name)

    def commands(self, states: Iterable[str], limit: int | None = None) -> tuple[PendingCommand, ...]:
        """Commands of this device in these states, in the order they were given."""
        return commands(self.driver, tuple(states), limit)

    def why_gone(self, kind: FactKind, identity: str) -> str | None:
        """Of a fact that stands where this device does not see it "departed", of one that stands nowhere "deleted";
        None of one that is here, or was never heard of."""
        found = self._value("SELECT departed FROM gone WHERE kind = ? AND id = ?", kind.value, identity)
        return None if found is None else ("departed" if found else "deleted")

    def _value(self, sql: str, *keys: str | int) -> Any:
        """The one value that is found, or None."""
        found = self.driver.execute(sql, keys).fetchone()
        return found[0] if found is not None else None

    def _find(self, sql: str, key: str, wanted: type[T]) -> T | None:
        body = self._value(sql, key)
        return decode(body, wanted) if body is not None else None

    def _all(self, sql: str, wanted: type[T], *keys: str) -> tuple[T, ...]:
        return tuple(decode(body, wanted) for (body,) in self.driver.execute(sql, keys))
