"""English templates of the domain's messages by key."""

from __future__ import annotations

from desktop_app.texts.sentences import N_

TEMPLATES: dict[str, str] = {
    "typed.not_an_area": N_("This is not an area: write square metres, with at most two decimals, such as 120.50."),
    "typed.not_an_amount": N_("This is not an amount: write dinars, with at most three decimals, such as 12.500."),
    "typed.not_a_number": N_("This is not a whole number."),
    "typed.not_a_date": N_("This is not a date: write day/month/year, such as 22/11/2026."),
    "typed.no_such_day": N_("There is no such day in the calendar: check the day and the month."),
}
