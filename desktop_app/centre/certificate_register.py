"""Which certificates the centre has drawn, and which of them hold no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import Connection

from desktop_app.application.certificate_publishing import SignedLists
from desktop_app.centre.store import PostgresStore
from desktop_app.domain.certificate_check import DrawnCertificate, RevocationList, ended_certificates, whole_second
from desktop_app.domain.copies import licence_of_paper
from desktop_app.domain.licence import Licence
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import StoredPaper

_DRAWN = "select body from tajzia.fact where kind = 'paper' and body::json ->> 'kind' in ('certificate', 'copy')"
_LICENCES = "select id, body from tajzia.fact where kind = 'licence' and id = any(%s) and body is not null"
_CHILDREN = "select made_by, id from tajzia.fact where kind = 'licence' and made_by = any(%s) order by id"


def read_revocations(connection: Connection[Any], now: datetime) -> RevocationList:
    """What holds no more; `now` (UTC) is the list's date. To be called in a transaction.

    Certificates that were drawn without a code are named as well, which harms nobody.
    """
    papers = [decode(body, StoredPaper) for (body,) in connection.execute(_DRAWN).fetchall()]
    drawn = [
        DrawnCertificate(licence_of_paper(one.number), one.request_id, one.drawn_at, one.kind == "copy")
        for one in papers
    ]
    numbers = sorted({one.number for one in drawn})
    licences = {number: decode(body, Licence) for number, body in connection.execute(_LICENCES, (numbers,)).fetchall()}
    requests = sorted({request for one in licences.values() for request in one.amended_by_requests})
    children: dict[str, list[str]] = {}
    for request, number in connection.execute(_CHILDREN, (requests,)).fetchall():
        children.setdefault(request, []).append(number)
    return RevocationList(whole_second(now), ended_certificates(drawn, licences, children))


class PostgresListShelf:
    """`application.certificate_publishing.ListShelf` over the registrar's connection."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def revocations(self, now: datetime) -> RevocationList:
        with self._store.statements() as connection:
            return read_revocations(connection, now)

    def keep_lists(self, lists: SignedLists, at: datetime) -> None:
        with self._store.statements() as connection:
            connection.execute(
                "insert into tajzia.certificate_list as l (list_key, keys, revocations, signed_at)"
                " values (%s, %s, %s, %s) on conflict (only_one) do update set list_key = excluded.list_key,"
                " keys = excluded.keys, revocations = excluded.revocations, signed_at = excluded.signed_at",
                (lists.list_key, lists.keys, lists.revocations, at),
            )
