"""Words for people, without Qt: catalogues, plurals, digits, dates, and money in words.

Documents, messages and the command line need them as much as windows do. Source strings are English.
"""

from desktop_app.texts.bidi import isolate, strip_marks
from desktop_app.texts.domain_messages import describe
from desktop_app.texts.language import Language, current, use, using
from desktop_app.texts.names import name_of
from desktop_app.texts.sentences import N_, ctr, ntr, tr

__all__ = [
    "Language",
    "N_",
    "ctr",
    "current",
    "describe",
    "isolate",
    "name_of",
    "ntr",
    "strip_marks",
    "tr",
    "use",
    "using",
]
