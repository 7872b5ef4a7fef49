"""Letters that go out to outside bodies and come back: number, date and reason, checked."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.messages import Findings, message


def check_letter(number: str, dated: date, today: date, about: str) -> Findings:
    """A letter needs a number and a date that is not in the future. `about` is the field's prefix."""
    refusals = []
    if not number.strip():
        refusals.append(message("letter.number_missing", f"{about}_number"))
    if dated > today:
        refusals.append(message("letter.date_in_future", f"{about}_date", date=dated))
    return Findings(tuple(refusals))


def check_reason(reason: str) -> Findings:
    """A refusal says why."""
    return Findings(() if reason.strip() else (message("reason.missing", "reason"),))
