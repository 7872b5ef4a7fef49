"""Reference data that the rules read: vocations, outside bodies, districts, inspectors, fee schedules, holidays.

It arrives as data from the centre. `verified` is False wherever the municipality has not confirmed it; screens and
papers then say that it is sample data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain.attachments import Requirement
from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.dated_rows import DatedRow
from desktop_app.domain.districts import District, district_of
from desktop_app.domain.fees.schedule import FeeSchedule
from desktop_app.domain.notice_templates import NoticeTemplate

__all__ = [
    "Checklist",
    "ChecklistItem",
    "District",
    "OutsideBody",
    "Reference",
    "TimeWindow",
    "Vocation",
]


@dataclass(frozen=True, slots=True)
class Vocation:
    """A vocation (مهنة) and what practising it on a site requires.

    `group` and `fee_class` choose the fee line; `bodies` are codes of the outside bodies that must approve;
    `checklist` names the inspection checklist of its group.
    """

    code: str
    name_ar: str
    name_en: str
    group: str
    fee_class: str
    needs_construction_certificate: bool = False
    needs_civil_defence: bool = False
    bodies: tuple[str, ...] = ()
    checklist: str = "general"
    waste_category: str = "1"


@dataclass(frozen=True, slots=True)
class OutsideBody:
    """An outside body (جهة خارجية) whose approval some vocations need."""

    code: str
    name_ar: str
    name_en: str


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One question of a visit; `blocking` items that fail make the visit non-compliant."""

    code: str
    text_ar: str
    text_en: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Checklist:
    """The questions for one group of vocations."""

    code: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """A part of a working day in which visits are booked, local hours as "08:00"."""

    code: str
    begins: str
    ends: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything the rules look up. Periods are in working days: `rectification_days`; `reminder_days`, after which an
    unanswered letter is reminded of; `extension_days`, by how many a supervisor may put off the end of a rectification
    at a time. `verified` speaks for all; `templates` are the words of notices that an administrator wrote; without a
    scan of each of `scans_required` that a request refers to it is not accepted (of identity papers: without one at
    all). `changes` are the rows that administrators wrote into the tables, in the order of writing: what is in force
    on a day `dated_tables` says."""

    vocations: tuple[Vocation, ...] = ()
    bodies: tuple[OutsideBody, ...] = ()
    districts: tuple[District, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    windows: tuple[TimeWindow, ...] = ()
    schedules: tuple[FeeSchedule, ...] = ()
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    rectification_days: int = 5
    completion_days: int = 10
    payment_days: int = 30
    verified: bool = False
    templates: tuple[NoticeTemplate, ...] = ()
    scans_required: tuple[Requirement, ...] = ()
    reminder_days: int = 3
    extension_days: int = 10
    changes: tuple[DatedRow, ...] = ()

    def find_vocation(self, code: str) -> Vocation | None:
        return next((vocation for vocation in self.vocations if vocation.code == code), None)

    def get_vocation(self, code: str) -> Vocation:
        """Raises KeyError for a code that no table knows: data and rules then disagree, which is a bug."""
        found = self.find_vocation(code)
        if found is None:
            raise KeyError(code)
        return found

    def find_body(self, code: str) -> OutsideBody | None:
        return next((body for body in self.bodies if body.code == code), None)

    def find_district(self, number: int) -> District | None:
        return district_of(self.districts, number)

    def find_window(self, code: str) -> TimeWindow | None:
        return next((window for window in self.windows if window.code == code), None)

    def find_checklist(self, code: str) -> Checklist | None:
        return next((checklist for checklist in self.checklists if checklist.code == code), None)

    def find_schedule(self, on: date) -> FeeSchedule | None:
        """The schedule in force on a filing date, if one was."""
        return next((schedule for schedule in self.schedules if schedule.in_force(on)), None)

    def bodies_for(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The outside bodies whose approval these vocations need, each once, in the order of the table."""
        wanted = {body for code in codes if (v := self.find_vocation(code)) for body in v.bodies}
        return tuple(body.code for body in self.bodies if body.code in wanted)

    def needs_construction_certificate(self, codes: tuple[str, ...]) -> bool:
        return any(v.needs_construction_certificate for code in codes if (v := self.find_vocation(code)))

    def needs_civil_defence(self, codes: tuple[str, ...]) -> bool:
        return any(v.needs_civil_defence for code in codes if (v := self.find_vocation(code)))
