"""Which certificates wait to be printed, in the order of the queue."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.application.ports.queue import QueueFilter, QueueKey, QueueView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Track

MOST = 200
"""Certificates in one run: more than a counter prints in a day."""
_PAGE = 100


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """A licence without a fine sheet. `pdf` is None until it has come from the centre; `version` is that of the
    request's issue as it was read."""

    request_id: str
    request_number: str
    version: int
    number: str
    title: str
    pdf: bytes | None


def waiting_sheets(workplace: Workplace) -> tuple[WaitingSheet, ...]:
    """At most `MOST`. Reads the replica: for work off the UI thread."""
    found: list[WaitingSheet] = []
    wanted = QueueFilter(QueueView.TO_DELIVER, workplace.clock.now(), status=Status.ISSUED)
    after: QueueKey | None = None
    while len(found) < MOST:
        page = workplace.queries.queue_page(wanted, after, _PAGE)
        for row in page.rows:
            found += _of_request(workplace, row.id)
        if page.next is None:
            break
        after = page.next
    return tuple(found[:MOST])


def _of_request(workplace: Workplace, request_id: str) -> list[WaitingSheet]:
    legal = {one.action for one in workplace.commands.available(request_id) if one.legal}
    if Action.CONFIRM_PRINT not in legal:
        return []
    view = workplace.queries.get_request(request_id)
    request = view.request
    titles = {licence.number: licence.trade_name for licence in (*view.children, *filter(None, (view.parent,)))}
    fine = {sheet.licence_number for sheet in request.issue.sheets if sheet.fine and not sheet.copy}
    return [
        WaitingSheet(
            request_id,
            request.shown_number,
            request.version_of(Track.ISSUE),
            issued.number,
            titles.get(issued.number, ""),
            workplace.papers.find(issued.number),
        )
        for issued in request.issue.licences
        if issued.number not in fine
    ]
