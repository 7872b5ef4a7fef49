"""The lines of the service card, each under a short key and in our own words: what it promises whom.

`test_card_line_<key>` of `test_card_lines.py` is its test; `tests/mutations/line_mutations.py` says how it is broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of the card, as it is laid out."""

    BENEFICIARIES = "beneficiaries"
    REQUIREMENTS = "requirements"
    PROCEDURE = "procedure"
    CHANNELS = "channels"
    FEES = "fees"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Line:
    """`entry` counts the entries of the card's part; an entry that says two things is two lines."""

    key: str
    part: Part
    entry: int
    says: str


LINES = (
    Line("for_citizens", Part.BENEFICIARIES, 1, "individuals: citizens, by their national number"),
    Line("for_residents", Part.BENEFICIARIES, 1, "individuals: residents, by residency number or passport"),
    Line("for_business", Part.BENEFICIARIES, 2, "business: an establishment, for which somebody signs"),
    Line("for_government", Part.BENEFICIARIES, 3, "government: a public body, by its letter"),
    Line("licence_is_active", Part.REQUIREMENTS, 1, "the number of the licence to split, which is active"),
    Line("licence_is_renewed", Part.REQUIREMENTS, 1, "and renewed"),
    Line("title_deed", Part.REQUIREMENTS, 2, "the reference of the premises' title deed"),
    Line(
        "construction_certificate",
        Part.REQUIREMENTS,
        3,
        "the reference of the construction certificate, for vocations that need one at the site",
    ),
    Line("on_the_website", Part.PROCEDURE, 1, "on the municipality's website"),
    Line("as_an_electronic_service", Part.PROCEDURE, 2, "among its electronic services"),
    Line("in_the_licences_system", Part.PROCEDURE, 3, "in the system of vocational licences"),
    Line("signed_in", Part.PROCEDURE, 4, "signed in, with the service that adds and changes vocations"),
    Line("filled_in", Part.PROCEDURE, 5, "the screen of the request is filled in"),
    Line("dues_of_an_owner", Part.PROCEDURE, 6, "an owner is shown the amounts due, to be paid electronically"),
    Line("told_of_acceptance", Part.PROCEDURE, 7, "notice: accepted, with the request's number"),
    Line("told_of_outside_approval", Part.PROCEDURE, 8, "notice: which outside approval is needed"),
    Line("told_of_an_outside_refusal", Part.PROCEDURE, 9, "notice: an outside body does not approve"),
    Line("told_of_the_visit", Part.PROCEDURE, 10, "notice: when the inspection is"),
    Line("told_to_rectify", Part.PROCEDURE, 11, "notice: what the inspection found to be put right"),
    Line("told_of_the_civil_defences_refusal", Part.PROCEDURE, 12, "notice: the Civil Defence does not approve"),
    Line("told_of_the_fees", Part.PROCEDURE, 13, "notice: approved, with the fees required"),
    Line("told_of_the_licence", Part.PROCEDURE, 14, "notice: paid, and the licence is issued"),
    Line("through_the_website", Part.CHANNELS, 1, "the website, from lodging to payment"),
    Line("fees_of_the_service", Part.FEES, 1, "the fees, which the card leaves open and a schedule says"),
    Line("three_working_days", Part.DURATION, 1, "three working days"),
)
ENTRIES = {
    Part.BENEFICIARIES: 3,
    Part.REQUIREMENTS: 3,
    Part.PROCEDURE: 14,
    Part.CHANNELS: 1,
    Part.FEES: 1,
    Part.DURATION: 1,
}
"""How many entries each part of the card has."""
