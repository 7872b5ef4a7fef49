"""What has been answered of a visit so far: plain values that survive as a draft and become the command."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.reference import ChecklistItem
from desktop_app.domain.split import ChildUnit
from desktop_app.domain.tracks import Finding, MeasuredUnit, Visit
from desktop_app.texts.typed import read_area


@dataclass(slots=True)
class Answer:
    """One item's answer as typed: `met` is None while it is open."""

    met: bool | None = None
    rectify: str = ""
    note: str = ""


@dataclass(slots=True)
class VisitRecord:
    """The whole record. `measured` are typed areas by unit, in square metres."""

    answers: dict[str, Answer] = field(default_factory=dict)
    measured: dict[str, str] = field(default_factory=dict)
    note: str = ""

    def answer(self, item: str) -> Answer:
        return self.answers.setdefault(item, Answer())

    @property
    def answered(self) -> int:
        return sum(1 for one in self.answers.values() if one.met is not None)

    def unmet(self, items: tuple[ChecklistItem, ...]) -> tuple[ChecklistItem, ...]:
        """The items answered as not met."""
        return tuple(item for item in items if self.answer(item.code).met is False)

    def command(self, request_id: str) -> RecordInspection:
        """The command that says this. Compliant when nothing is unmet: the rules check the rest.

        Raises InputError, about "measured.<unit>", for an area that cannot be read.
        """
        findings = tuple(
            Finding(code, one.met, one.note.strip(), one.rectify.strip())
            for code, one in self.answers.items()
            if one.met is not None
        )
        return RecordInspection(
            request_id=request_id,
            compliant=all(finding.met for finding in findings),
            findings=findings,
            measured=tuple(
                MeasuredUnit(unit, read_area(typed, f"measured.{unit}"))
                for unit, typed in self.measured.items()
                if typed.strip()
            ),
            note=self.note,
        )

    def fields(self) -> dict[str, str]:
        """As a draft keeps it."""
        kept = {f"measured.{unit}": typed for unit, typed in self.measured.items()}
        for code, one in self.answers.items():
            if one.met is not None:
                kept[f"met.{code}"] = "yes" if one.met else "no"
            kept[f"rectify.{code}"], kept[f"note.{code}"] = one.rectify, one.note
        return {**{name: text for name, text in kept.items() if text}, "note": self.note}


def record_from(fields: dict[str, str], items: tuple[ChecklistItem, ...], units: tuple[ChildUnit, ...]) -> VisitRecord:
    """The record that a draft kept, for the items and units of the visit; what it does not know stays open."""
    record = VisitRecord(note=fields.get("note", ""))
    for item in items:
        met = fields.get(f"met.{item.code}")
        record.answers[item.code] = Answer(
            None if met is None else met == "yes",
            fields.get(f"rectify.{item.code}", ""),
            fields.get(f"note.{item.code}", ""),
        )
    for unit in units:
        record.measured[unit.key] = fields.get(f"measured.{unit.key}", "")
    return record


def earlier_findings(visits: tuple[Visit, ...]) -> dict[str, str]:
    """What the visit before found unmet, by item: the next visit begins with it."""
    before = visits[-2].findings if len(visits) > 1 else ()
    return {finding.item: finding.rectify for finding in before if not finding.met}
