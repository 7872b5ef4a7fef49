"""The desks that a request may wait for. `waiting.py` says which."""

from __future__ import annotations

from enum import StrEnum


class Desk(StrEnum):
    """Where the next step is made."""

    COUNTER = "counter"
    INSPECTION = "inspection"
    SUPERVISOR = "supervisor"
    CASHIER = "cashier"
    APPLICANT = "applicant"
    OUTSIDE_BODY = "outside_body"
    CIVIL_DEFENCE = "civil_defence"
    CENTRE = "centre"
    NOBODY = "nobody"
