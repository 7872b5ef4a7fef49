"""What the centre says stands: everything one person may see, pulled through the feed as any workstation does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from desktop_app.domain.actor import Actor
from desktop_app.domain.deadlines import find_last_day
from desktop_app.domain.history import Event
from desktop_app.domain.licence import Licence
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Due, DuesAccount
from desktop_app.sync.centre_link import CentreLink
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind, StoredPaper

T = TypeVar("T")
_PAGE = 1000
_APPLICANTS_TURN = frozenset({Status.RETURNED, Status.RECTIFICATION, Status.AWAITING_PAYMENT})


class CentreFacts:
    """The bodies of all facts as they stand at last, by kind and id."""

    def __init__(self, link: CentreLink) -> None:
        self._bodies: dict[tuple[FactKind, str], bytes] = {}
        for branch in link.scope().branches:
            reached, more = 0, True
            while more:
                page = link.pull(branch, reached, _PAGE)
                for row in page.rows:
                    if row.body is None:
                        self._bodies.pop((row.kind, row.id), None)
                    else:
                        self._bodies[row.kind, row.id] = row.body
                reached, more = page.reached, page.more

    def request_on(self, parent_number: str) -> Request:
        """The newest request on this parent. Raises LookupError when there is none."""
        found = [one for one in self._all(FactKind.REQUEST, Request) if one.plan.parent_number == parent_number]
        if not found:
            raise LookupError(f"the centre knows no request on {parent_number}")
        return max(found, key=lambda one: one.id)

    def lapsed(self, branch: int, today: date) -> Request:
        """A request of the branch whose applicant let the time pass. Raises LookupError if there is none."""
        reference = self.reference()
        for one in self._all(FactKind.REQUEST, Request):
            last = find_last_day(one, reference)
            if one.branch == branch and status_of(one) in _APPLICANTS_TURN and last is not None and last < today:
                return one
        raise LookupError(f"no request of branch {branch} has run out of time")

    def licence(self, number: str) -> Licence:
        return decode(self._bodies[FactKind.LICENCE, number], Licence)

    def reference(self) -> Reference:
        return decode(self._bodies[FactKind.REFERENCE, "current"], Reference)

    def staff_name(self, login: str) -> str:
        return decode(self._bodies[FactKind.STAFF, login], Actor).name_ar

    def dues_of(self, identity_key: str) -> tuple[Due, ...]:
        """What this person owes the municipality."""
        body = self._bodies.get((FactKind.DUES, identity_key))
        return decode(body, DuesAccount).dues if body is not None else ()

    def history(self, request_id: str) -> list[Event]:
        """In the order in which it was decided."""
        events = [one for one in self._all(FactKind.EVENT, Event) if one.request_id == request_id]
        return sorted(events, key=lambda one: (one.at, one.made_at))

    def notices(self, request_id: str) -> list[Notice]:
        """In the order in which they were made."""
        told = [one for one in self._all(FactKind.NOTICE, Notice) if one.request_id == request_id]
        return sorted(told, key=lambda one: one.made_at)

    def papers(self, request_id: str) -> list[StoredPaper]:
        """The newest paper of each licence and receipt of the request."""
        drawn = [one for one in self._all(FactKind.PAPER, StoredPaper) if one.request_id == request_id]
        newest = {one.number: one for one in sorted(drawn, key=lambda one: one.drawn_at)}
        return list(newest.values())

    def _all(self, kind: FactKind, wanted: type[T]) -> Iterator[T]:
        return (decode(body, wanted) for (of, _), body in self._bodies.items() if of is kind)
