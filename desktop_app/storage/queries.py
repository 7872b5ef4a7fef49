"""`application.ports.queries.Queries` over the store: each query is one short read transaction.

What the first page of the queue does not need is imported where it is first asked for.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop_app.storage import command_log, queue
from desktop_app.storage.text_search import newest_rows, rows_condition

if TYPE_CHECKING:
    from desktop_app.application.ports.given import GivenCommand
    from desktop_app.application.ports.queries import (
        Genealogy,
        LicencePage,
        MessagePage,
        RefusedCommand,
        RequestView,
        SearchHit,
        VisitRow,
    )
    from desktop_app.application.ports.queue import Ground, QueueFilter, QueueKey, QueuePage, QueueView
    from desktop_app.application.ports.sheets import SheetFilter, SheetPage, SheetSums
    from desktop_app.domain.actor import Actor
    from desktop_app.domain.deciding import Booking
    from desktop_app.domain.duplicates import LookAlikeKeys
    from desktop_app.domain.licence import Licence
    from desktop_app.domain.reference import Reference
    from desktop_app.domain.request import Request
    from desktop_app.domain.tracks import DuesAccount
    from desktop_app.storage.opening import Driver
    from desktop_app.storage.store import Store


class StoreQueries:
    """Safe to call from any thread. Raises StoreFailedError when the disk fails."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def queue_page(self, wanted: QueueFilter, after: QueueKey | None, limit: int) -> QueuePage:
        with self._store.glancing() as driver:
            return queue.queue_page(driver, wanted, after, limit)

    def queue_counts(self, as_of: datetime, branch: int | None) -> dict[QueueView, int]:
        with self._store.glancing() as driver:
            return queue.queue_counts(driver, as_of, branch)

    def get_request(self, request_id: str) -> RequestView:
        from desktop_app.storage import request_view

        with self._store.reading() as reads:
            return request_view.get_request_view(reads, request_id)

    def find_licence(self, number: str) -> Licence | None:
        with self._store.reading() as reads:
            return reads.find_licence(number)

    def find_dues(self, identity_key: str) -> DuesAccount | None:
        with self._store.reading() as reads:
            return reads.find_dues(identity_key)

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]:
        with self._store.reading() as reads:
            return reads.open_requests_on(parent_number)

    def look_alikes(self, keys: LookAlikeKeys) -> tuple[Request, ...]:
        with self._store.reading() as reads:
            return reads.look_alikes(keys)

    def licence_page(self, text: str, branch: int | None, after: str | None, limit: int) -> LicencePage:
        from desktop_app.storage import register

        with self._store.glancing() as driver:
            return register.licence_page(driver, text, branch, after, limit)

    def genealogy(self, number: str) -> Genealogy:
        from desktop_app.storage import register

        with self._store.reading() as reads:
            return register.genealogy(reads, number)

    def visits_between(self, first: date, last: date) -> tuple[VisitRow, ...]:
        from desktop_app.storage import visits

        with self._store.reading() as reads:
            return visits.visits_between(reads, first, last)

    def bookings_elsewhere(self, first: date, last: date) -> tuple[Booking, ...]:
        with self._store.reading() as reads:
            return reads.bookings_elsewhere(first, last)

    def visits_to_book(self) -> tuple[VisitRow, ...]:
        from desktop_app.storage import visits

        with self._store.reading() as reads:
            return visits.visits_to_book(reads)

    def message_page(self, text: str, after: str | None, limit: int) -> MessagePage:
        from desktop_app.storage import register

        with self._store.glancing() as driver:
            return register.message_page(driver, text, after, limit)

    def sheet_page(self, wanted: SheetFilter, after: str | None, limit: int) -> SheetPage:
        from desktop_app.storage import sheets

        with self._store.glancing() as driver:
            return sheets.sheet_page(driver, wanted, after, limit)

    def sheet_sums(self, wanted: SheetFilter) -> SheetSums:
        from desktop_app.storage import sheets

        with self._store.glancing() as driver:
            return sheets.sheet_sums(driver, wanted)

    def refused_commands(self) -> tuple[RefusedCommand, ...]:
        with self._store.glancing() as driver:
            if not command_log.count_refused(driver):
                return ()
        from desktop_app.storage import request_view

        with self._store.reading() as reads:
            return request_view.refused_commands(reads)

    def given_commands(self, limit: int) -> tuple[GivenCommand, ...]:
        from desktop_app.storage.given import given_commands

        with self._store.glancing() as driver:
            return given_commands(driver, limit)

    def search(self, text: str, limit: int) -> tuple[SearchHit, ...]:
        """Requests first, each kind with the last written on top; at least a third of the places are licences'."""
        with self._store.glancing() as driver:
            requests, licences = _hits(driver, text, limit)
        kept = max(limit - len(licences), limit - limit // 3)
        return (requests[:kept] + licences)[:limit]

    def staff(self) -> tuple[Actor, ...]:
        from desktop_app.storage.everywhere import all_staff

        with self._store.glancing() as driver:
            return all_staff(driver)

    def ground(self) -> Ground:
        with self._store.glancing() as driver:
            return queue.ground(driver)

    def reference(self) -> Reference:
        from desktop_app.storage.everywhere import reference

        with self._store.glancing() as driver:
            return reference(driver)


def _hits(driver: Driver, text: str, limit: int) -> tuple[tuple[SearchHit, ...], tuple[SearchHit, ...]]:
    from desktop_app.application.ports.queries import SearchHit

    def rows(table: str, columns: str) -> list[tuple[str, ...]]:
        found = newest_rows(driver, table, text, limit)
        sql = f"SELECT {columns} FROM {table} WHERE {rows_condition(found)} ORDER BY row DESC"
        return [tuple(row) for row in driver.execute(sql)]

    return (
        tuple(
            SearchHit("request", request_id, number, f"{applicant} · {trade_name}" if trade_name else applicant)
            for request_id, number, applicant, trade_name in rows("request", "id, number, applicant_ar, trade_name")
        ),
        tuple(
            SearchHit("licence", number, number, f"{trade_name} · {holder}")
            for number, trade_name, holder in rows("licence", "number, trade_name, holder_ar")
        ),
    )
