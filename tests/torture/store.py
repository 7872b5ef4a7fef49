"""The registrar's store over the simulated tables: `CentreStore`, `CentreWork`, `Facts` and final numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

from desktop_app.application.ports.centre import CentreTroubleError, LetterOut, Submission
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.booking import booking_of
from desktop_app.domain.deciding import Booking, PaperOrder
from desktop_app.domain.identifiers import licence_number, receipt_number, request_number
from desktop_app.domain.licence import Licence
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import DuesAccount
from desktop_app.wire.audit import LOADED, Cause
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind
from tests.torture.feed import Counters, LockedCounters, put_facts
from tests.torture.tables import DeadTransactionError, FactRecord, InboxRow, Tables, Transaction, WouldBlockError

T = TypeVar("T")
At = Callable[[str], None]


@lru_cache(maxsize=4096)
def _decoded(body: bytes, wanted: Any) -> Any:
    """Bodies are few and asked for again and again."""
    return decode(body, wanted)


class MemoryFacts:
    """`application.ports.facts.Facts` in one transaction."""

    def __init__(self, transaction: Transaction, at: At) -> None:
        self._transaction = transaction
        self._at = at

    def find_request(self, request_id: str) -> Request | None:
        return self._find(Request, FactKind.REQUEST, request_id, locked=True)

    def find_licence(self, number: str) -> Licence | None:
        return self._find(Licence, FactKind.LICENCE, number, locked=True)

    def find_dues(self, identity_key: str) -> DuesAccount | None:
        return self._find(DuesAccount, FactKind.DUES, identity_key)

    def find_staff(self, login: str) -> Actor | None:
        return self._find(Actor, FactKind.STAFF, login)

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]:
        return self._all(
            Request, FactKind.REQUEST, lambda one: bool(one.is_open) and one.parent_number == parent_number
        )

    def licences_made_by(self, request_id: str) -> tuple[Licence, ...]:
        return self._all(Licence, FactKind.LICENCE, lambda one: one.made_by == request_id)

    def bookings_on(self, day: date) -> tuple[Booking, ...]:
        booked = self._all(Request, FactKind.REQUEST, lambda one: one.booked_day == day)
        return tuple(booking for request in booked if (booking := booking_of(request)) is not None)

    def missing_documents(self, digests: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def inspectors(self) -> tuple[Actor, ...]:
        return self._all(Actor, FactKind.STAFF, lambda one: one.role == Role.INSPECTOR.value)

    def reference(self) -> Reference:
        found = self._find(Reference, FactKind.REFERENCE, "current")
        assert found is not None
        return found

    def _find(self, wanted: type[T], kind: FactKind, identity: str, *, locked: bool = False) -> T | None:
        self._at(f"find {kind.value}")
        found: FactRecord | None = self._transaction.get("fact", (kind, identity))
        if found is not None and locked:
            self._transaction.lock("fact", (kind, identity))
        return (
            None
            if found is None or found.said.body is None
            else cast(T, _decoded(found.said.body, cast(Hashable, wanted)))
        )

    def _all(self, wanted: type[T], kind: FactKind, fits: Callable[[Any], bool]) -> tuple[T, ...]:
        self._at(f"all {kind.value}")
        found: list[FactRecord] = [
            row
            for row in self._transaction.rows("fact")
            if row.said.kind is kind and row.said.body and fits(row.lookup)
        ]
        found.sort(key=lambda row: row.said.id)
        return tuple(cast(T, _decoded(row.said.body or b"", cast(Hashable, wanted))) for row in found)


class MemoryNumbers:
    """The counter moves in the transaction that uses the number, and goes back with it."""

    final = True

    def __init__(self, transaction: Transaction, at: At) -> None:
        self._transaction = transaction
        self._at = at

    def request_number(self, year: int, district: int) -> str:
        return request_number(year, district, self._next("request", year, district))

    def licence_number(self, year: int, district: int) -> str:
        return licence_number(year, district, self._next("licence", year, district))

    def receipt_number(self, year: int, district: int) -> str:
        return receipt_number(year, district, "EPAY", self._next("receipt", year, district))

    def take_receipt(self, number: str, request_id: str) -> bool:
        self._at("receipt")
        found = self._transaction.get("receipt", number)
        if found is not None:
            return bool(found == request_id)
        self._transaction.put("receipt", number, request_id)
        return True

    def take_sheet(self, serial: str, request_id: str) -> bool:
        self._at("sheet")
        found = self._transaction.get("sheet", serial)
        if found is not None:
            return bool(found == request_id)
        self._transaction.put("sheet", serial, request_id)
        return True

    def _next(self, series: str, year: int, district: int) -> int:
        self._at("number")
        key = (series, year, district)
        serial = int(self._transaction.get("number", key) or 0) + 1
        self._transaction.put("number", key, serial)
        return serial


class MemoryWork:
    """`application.ports.centre.CentreWork`."""

    def __init__(self, transaction: Transaction, counters: Counters, at: At) -> None:
        self._transaction = transaction
        self._counters = counters
        self._at = at
        self.facts = MemoryFacts(transaction, at)
        self.numbers = MemoryNumbers(transaction, at)

    def next_submission(self, ahead: int = 1) -> Submission | None:
        self._at("next")
        waiting: list[InboxRow] = [row for row in self._transaction.rows("inbox") if row.state == "waiting"]
        if not waiting:
            return None
        devices = {row.device for row in waiting}
        heads = [min((r for r in waiting if r.device == one), key=lambda r: r.sequence or 0) for one in devices]
        row = min(heads, key=lambda head: head.arrival)
        device = row.device
        self._transaction.lock("inbox", row.command_id)
        assert row.sequence is not None
        branch = int(self._transaction.get("device", device))
        return Submission(row.command_id, device, row.sequence, branch, row.signed)

    def author_keys(self, login: str, device: str) -> tuple[bytes, ...]:
        self._at("keys")
        return tuple(self._transaction.get("key", (login, device)) or ())

    def mark_decided(self, command_id: str, at: datetime) -> None:
        self._at("mark")
        row: InboxRow = self._transaction.get("inbox", command_id)
        made = replace(row, state="decided", decided_at=at, taken=row.taken + 1)
        self._transaction.put("inbox", command_id, made)

    def quarantine(self, command_id: str, reason: str, reference: str, at: datetime) -> None:
        self._at("quarantine")
        row: InboxRow = self._transaction.get("inbox", command_id)
        made = replace(row, state="quarantined", reason=reason, reference=reference, decided_at=at)
        self._transaction.put("inbox", command_id, made)

    def unproved(self, digests: frozenset[str], device: str, request_id: str) -> frozenset[str]:
        return frozenset()  # the simulated centre carries no documents

    def keep_paper(self, digest: str, content: bytes, at: datetime) -> None:
        self._at("paper")
        self._transaction.put("paper", digest, content)

    def papers_wait(self) -> bool:
        return False

    def postpone_paper(self, order: PaperOrder, branch: int, at: datetime) -> None:
        raise AssertionError("nothing signs at the simulated centre")

    def queue_letter(self, letter: LetterOut, at: datetime) -> bool:
        self._at("letter")
        if self._transaction.get("outbox", letter.notice_id) is not None:
            return False
        self._transaction.put("outbox", letter.notice_id, (letter, at, None))
        return True

    def find_body(self, kind: str, identity: str) -> bytes | None:
        self._at("body")
        key = (FactKind(kind), identity)
        found: FactRecord | None = self._transaction.get("fact", key)
        if found is None:
            return None
        self._transaction.lock("fact", key)
        return found.said.body

    def put(self, facts: Iterable[LoadedFact], cause: Cause = LOADED) -> int:
        self._at("put")
        count = put_facts(self._transaction, facts, self._counters)
        self._at("put done")
        return count


class MemoryStore:
    """`application.ports.centre.CentreStore`. `at` is called at every step and may raise."""

    def __init__(self, tables: Tables, at: At, counters: Counters | None = None) -> None:
        self.tables = tables
        self.counters: Counters = counters or LockedCounters()
        self._at = at

    @contextmanager
    def work(self) -> Iterator[MemoryWork]:
        transaction = Transaction(self.tables)
        try:
            self._at("begin")
            yield MemoryWork(transaction, self.counters, self._at)
            self._at("commit")
            transaction.commit()
        except (WouldBlockError, DeadTransactionError) as why:
            # lock_timeout, or a connection that was lost: the registrar's own code sees no difference.
            raise CentreTroubleError(type(why).__name__) from why
        finally:
            transaction.rollback()
        self._at("committed")
