"""The centre's facts as the rules read them, inside the registrar's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from psycopg import Connection

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.lookups import Lookup, lookup_of
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

_LOCKED = frozenset({FactKind.REQUEST, FactKind.LICENCE, FactKind.NOTICE})
"""What a decision rests on, and changes."""

Key = tuple[FactKind, str]


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
    """Reads of one transaction, each made once; what the transaction is about to write stands already.

    Requests and licences that are found by name are locked: the decision rests on them. `read_ahead` fetches at once
    what many decisions will look at; what it did not guess is read when it is asked for.
    """

    def __init__(self, connection: Connection[Any], references: ReferenceCache) -> None:
        self._connection = connection
        self._references = references
        self._reference: Reference | None = None
        self._bodies: dict[Key, bytes | None] = {}
        self._values: dict[Key, object] = {}
        self._written: dict[Key, tuple[LoadedFact, Lookup]] = {}
        self._sets: dict[tuple[FactKind, str, object], list[str]] = {}
        self._seen: dict[Key, bytes] = {}  # by the way, in a set: not locked

    # What the rules ask (application.ports.facts.Facts)

    def find_request(self, request_id: str) -> Request | None:
        return self._find(Request, FactKind.REQUEST, request_id)

    def find_licence(self, number: str) -> Licence | None:
        return self._find(Licence, FactKind.LICENCE, number)

    def find_dues(self, identity_key: str) -> DuesAccount | None:
        return self._find(DuesAccount, FactKind.DUES, identity_key)

    def find_staff(self, login: str) -> Actor | None:
        return self._find(Actor, FactKind.STAFF, login)

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]:
        return self._all(
            Request,
            (FactKind.REQUEST, "is_open and parent_number", parent_number),
            lambda one: bool(one.is_open) and one.parent_number == parent_number,
        )

    def licences_made_by(self, request_id: str) -> tuple[Licence, ...]:
        return self._all(Licence, (FactKind.LICENCE, "made_by", request_id), lambda one: one.made_by == request_id)

    def bookings_on(self, day: date) -> tuple[Booking, ...]:
        booked = self._all(Request, (FactKind.REQUEST, "booked_day", day), lambda one: one.booked_day == day)
        return tuple(booking for request in booked if (booking := booking_of(request)) is not None)

    def missing_documents(self, digests: tuple[str, ...]) -> tuple[str, ...]:
        held = self._connection.execute(
            "select digest from tajzia.attachment where digest = any(%s)", (list(digests),)
        ).fetchall()
        known = {digest for (digest,) in held}
        return tuple(digest for digest in digests if digest not in known)

    def inspectors(self) -> tuple[Actor, ...]:
        role = Role.INSPECTOR.value
        return self._all(Actor, (FactKind.STAFF, "role", role), lambda one: one.role == role)

    def reference(self) -> Reference:
        if self._reference is None:
            self._reference = self._references.get(self._connection)
        return self._reference

    # What the transaction asks

    def find_body(self, kind: FactKind, identity: str) -> bytes | None:
        """The canonical body of one fact that stands."""
        key = kind, identity
        if key not in self._bodies:
            self.read_ahead([key])
        return self._bodies[key]

    def read_ahead(self, keys: Iterable[Key]) -> None:
        """Reads all of these facts at once, those that do not exist included. They are locked in the order of their
        names, so that two transactions cannot wait for each other."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._bodies]
        for locked in (True, False):
            asked = [key for key in wanted if (key[0] in _LOCKED) is locked]
            if not asked:
                continue
            self._bodies.update(dict.fromkeys(asked))
            rows = self._connection.execute(
                "select f.kind, f.id, f.body from tajzia.fact f"
                " where (f.kind, f.id) in (select * from unnest(%s::text[], %s::text[]))"
                " order by f.kind, f.id" + (" for update" if locked else ""),
                ([kind.value for kind, _ in asked], [identity for _, identity in asked]),
            )
            self._bodies.update({(FactKind(kind), name): _bytes_of(body) for kind, name, body in rows})

    def read_sets_ahead(self, kind: FactKind, condition: str, values: Iterable[str]) -> None:
        """Reads at once which facts of a kind stand under each of many values of a column."""
        asked = [value for value in dict.fromkeys(values) if (kind, condition, value) not in self._sets]
        if not asked:
            return
        self._sets.update({(kind, condition, value): [] for value in asked})
        column = condition.rsplit(" ", 1)[-1]
        rows = self._connection.execute(
            f"select {column}, id, body from tajzia.fact where kind = '{kind.value}' and body is not null"
            f" and {condition} = any(%s) order by id",
            (asked,),
        )
        for value, identity, body in rows:
            self._sets[kind, condition, value].append(identity)
            self._seen[kind, identity] = body.encode("utf-8")

    def write(self, fact: LoadedFact) -> None:
        """From here on the fact stands so, for whoever asks within this transaction."""
        key = fact.kind, fact.id
        self._bodies[key] = fact.body
        self._values.pop(key, None)
        self._written[key] = fact, lookup_of(fact.kind, fact.body)

    def written(self) -> Sequence[tuple[LoadedFact, Lookup]]:
        """What was written, each fact once, as it stands last."""
        return list(self._written.values())

    def _find(self, wanted: type[T], kind: FactKind, identity: str) -> T | None:
        assert TYPE_OF[kind] is wanted
        key = kind, identity
        if key not in self._values:
            body = self.find_body(kind, identity)
            self._values[key] = decode(body, wanted) if body is not None else None
        return cast("T | None", self._values[key])

    def _all(self, wanted: type[T], which: tuple[FactKind, str, Any], holds: Callable[[Lookup], bool]) -> tuple[T, ...]:
        """In the order of ids: of requests and numbers, that is the order in which they came into being."""
        kind, condition, value = which
        if which not in self._sets:
            rows = self._connection.execute(
                f"select id, body from tajzia.fact where kind = '{kind.value}' and body is not null"
                f" and {condition} = %s order by id",
                (value,),
            ).fetchall()
            self._sets[which] = [identity for identity, _ in rows]
            self._seen.update({(kind, identity): body.encode("utf-8") for identity, body in rows})
        names = {identity for identity in self._sets[which] if (kind, identity) not in self._written}
        names |= {
            fact.id
            for (its_kind, _), (fact, lookup) in self._written.items()
            if its_kind is kind and fact.body is not None and holds(lookup)
        }
        return tuple(one for identity in sorted(names) if (one := self._glimpse(wanted, (kind, identity))) is not None)

    def _glimpse(self, wanted: type[T], key: Key) -> T | None:
        """What stands, without locking it."""
        if key in self._bodies or key not in self._seen:
            return self._find(wanted, *key)
        return decode(self._seen[key], wanted)


def _bytes_of(body: str | None) -> bytes | None:
    return body.encode("utf-8") if body is not None else None
