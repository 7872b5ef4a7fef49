"""A line of the queue as it is shown: the stored row with its words, made off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.domain.actor import PORTAL
from desktop_app.domain.desks import Desk
from desktop_app.domain.request_status import ENDED, Status
from desktop_app.texts import current, name_of, tr
from desktop_app.texts.quantities import code
from desktop_app.ui.promise import Promise, promise_until

if TYPE_CHECKING:
    from desktop_app.application.ports.queue import Ground, QueueRow

_WITHOUT_CLOCK = ENDED | {Status.ISSUED, Status.PRINTED}


@dataclass(frozen=True, slots=True)
class QueueLine:
    """All words are ready to show; `row` is what they were made of; `reason` says why it is before a supervisor."""

    row: QueueRow
    number: str
    parent: str
    district: str
    waits_for: str
    holder: str
    promise: Promise
    reason: str = ""

    @property
    def from_portal(self) -> bool:
        """Whether the municipality's website lodged it, whatever it is called by now."""
        return self.row.from_portal

    @property
    def id(self) -> str:
        return self.row.id


def line_of(row: QueueRow, ground: Ground, names: dict[str, str], now: datetime) -> QueueLine:
    """`names` gives the people's names by login."""
    promise = Promise()
    if row.status not in _WITHOUT_CLOCK:
        promise = promise_until(row.due, now, ground.calendar, paused=row.paused)
    return QueueLine(
        row=row,
        number=code(row.number),
        parent=code(row.parent_number),
        district=district_name(row.branch, ground),
        waits_for="" if row.desk is Desk.NOBODY else name_of(row.desk),
        holder=tr("The portal") if row.holder == PORTAL.id else names.get(row.holder, row.holder),
        promise=promise,
    )


def district_name(number: int, ground: Ground) -> str:
    """The district's name in the language in use; its number where the reference data does not know it."""
    district = ground.find_district(number)
    if district is None:
        return code(str(number))
    return district.name_ar if current().arabic else district.name_en
