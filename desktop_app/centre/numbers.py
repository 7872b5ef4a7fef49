"""Numbers without gaps: the counter moves in the transaction that uses the number, and goes back with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg import Connection

from desktop_app.application.ports.loading import Counters, LoadedFact, NumberSeries
from desktop_app.domain.identifiers import EPAYMENT_SERIES, licence_number, receipt_number, request_number
from desktop_app.domain.request import Request
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind


class CentreNumbers:
    """The centre's numbering: final. A counter is read and locked by its first number; `write` moves it on."""

    final = True

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._given: dict[tuple[str, int, int], int] = {}

    def request_number(self, year: int, district: int) -> str:
        return request_number(year, district, self._next(NumberSeries.REQUEST, year, district))

    def licence_number(self, year: int, district: int) -> str:
        return licence_number(year, district, self._next(NumberSeries.LICENCE, year, district))

    def receipt_number(self, year: int, district: int) -> str:
        serial = self._next(NumberSeries.RECEIPT, year, district)
        return receipt_number(year, district, EPAYMENT_SERIES, serial)

    def take_receipt(self, number: str, request_id: str) -> bool:
        self._connection.execute(
            "insert into tajzia.receipt (number, request_id) values (%s, %s) on conflict do nothing",
            (number, request_id),
        )
        row = self._connection.execute("select request_id from tajzia.receipt where number = %s", (number,)).fetchone()
        return row == (request_id,)

    def take_sheet(self, serial: str, request_id: str) -> bool:
        self._connection.execute(
            "insert into tajzia.sheet (serial, request_id) values (%s, %s) on conflict do nothing", (serial, request_id)
        )
        row = self._connection.execute("select request_id from tajzia.sheet where serial = %s", (serial,)).fetchone()
        return row == (request_id,)

    def _next(self, series: NumberSeries, year: int, district: int) -> int:
        key = series.value, year, district
        if key not in self._given:
            # Nothing changes, but the row is there from now on, and nobody else's to count with.
            row = self._connection.execute(
                "insert into tajzia.number as n (series, year, district, last) values (%s, %s, %s, 0)"
                " on conflict (series, year, district) do update set last = n.last returning last",
                key,
            ).fetchone()
            assert row is not None
            self._given[key] = int(row[0])
        self._given[key] += 1
        return self._given[key]

    def write(self) -> None:
        """Writes down what was given."""
        if self._given:
            self._connection.cursor().executemany(
                "update tajzia.number set last = %s where series = %s and year = %s and district = %s",
                [(last, *key) for key, last in self._given.items()],
            )


def keep_paper_numbers(connection: Connection[Any], facts: Iterable[LoadedFact]) -> None:
    """Takes the numbers of receipts and sheets that were written elsewhere, so that none is written again."""
    requests = [decode(fact.body, Request) for fact in facts if fact.kind is FactKind.REQUEST and fact.body is not None]
    receipts = [(receipt.number, request.id) for request in requests for receipt in request.payment.receipts]
    sheets = [(sheet.serial, request.id) for request in requests for sheet in request.issue.all_sheets]
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into tajzia.receipt (number, request_id) values (%s, %s) on conflict do nothing", sorted(receipts)
        )
        cursor.executemany(
            "insert into tajzia.sheet (serial, request_id) values (%s, %s) on conflict do nothing", sorted(sheets)
        )


def raise_counters(connection: Connection[Any], counters: Counters) -> None:
    """Lifts counters to what has been given out elsewhere; one that stands higher stays."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into tajzia.number as n (series, year, district, last) values (%s, %s, %s, %s)"
            " on conflict (series, year, district) do update set last = greatest(n.last, excluded.last)",
            [(one.series.value, one.year, one.district, last) for one, last in sorted(counters.items(), key=repr)],
        )
