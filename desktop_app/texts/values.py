"""One way to show each type of value inside a sentence."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import Enum

from desktop_app.domain.area import Area
from desktop_app.domain.identifiers import is_paper_number
from desktop_app.domain.money import Fils
from desktop_app.texts import clock_words, quantities
from desktop_app.texts.bidi import isolate_foreign
from desktop_app.texts.language import current


def shown(value: object) -> str:
    """The value as a reader sees it. Raises TypeError for a type nobody has decided how to show."""
    match value:
        case Enum():
            from desktop_app.texts.names import name_of

            return name_of(value)
        case str() if is_paper_number(value):
            return quantities.code(value)
        case str():
            return isolate_foreign(value, rtl=current().rtl)
        case bool():
            raise TypeError("yes and no are sentences of their own, not a value in one")
        case Fils():
            return quantities.money(value)
        case Area():
            return quantities.area(value)
        case int():
            return quantities.number(value)
        case datetime():
            return clock_words.date_and_time(value)
        case date():
            return clock_words.long_date(value)
        case time():
            return clock_words.clock_time(value)
    raise TypeError(f"no way to show a {type(value).__name__} in a sentence")
