"""Papers that wait for their signature, inside one transaction of the registrar's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import Connection

from desktop_app.application.waiting_papers import WaitingPaper
from desktop_app.domain.deciding import PaperOrder


def do_any_wait(connection: Connection[Any]) -> bool:
    return connection.execute("select from tajzia.paper_waiting where reference = '' limit 1").fetchone() is not None


def postpone(connection: Connection[Any], order: PaperOrder, branch: int, at: datetime) -> None:
    connection.execute(
        "insert into tajzia.paper_waiting (kind, number, request_id, part, branch, since)"
        " values (%s, %s, %s, %s, %s, %s)",
        (order.kind, order.number, order.request_id, order.part, branch, at),
    )


def find_next(connection: Connection[Any]) -> WaitingPaper | None:
    row = connection.execute(
        "select place, kind, number, request_id, part, branch, since from tajzia.paper_waiting"
        " where reference = '' order by place limit 1 for update"
    ).fetchone()
    if row is None:
        return None
    place, kind, number, request_id, part, branch, since = row
    return WaitingPaper(place, PaperOrder(kind, number, request_id, part), branch, since)


def settle(connection: Connection[Any], place: int) -> None:
    connection.execute("delete from tajzia.paper_waiting where place = %s", (place,))


def set_aside(connection: Connection[Any], place: int, reference: str) -> None:
    connection.execute("update tajzia.paper_waiting set reference = %s where place = %s", (reference, place))
