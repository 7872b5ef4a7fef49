"""What typed words are worth before anybody sends them: what is wrong, how they read, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.message_parts import Alphabet, parts_of
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.notice_templates import OFFERED, NoticeTemplate, check_template
from desktop_app.domain.reference import Reference
from desktop_app.texts import N_, describe, isolate, ntr, tr
from desktop_app.texts.notices import filled_template, shipped_template

PLACES = {
    "number": N_("Number of the request"),
    "body": N_("Outside body"),
    "day": N_("Day of the visit"),
    "begins": N_("Begins at"),
    "ends": N_("Ends at"),
    "rectify": N_("What is to be put right"),
    "until": N_("Until which day"),
    "total": N_("Fees due"),
    "licences": N_("Numbers of the licences"),
}
"""What each place of a template stands for."""


@dataclass(frozen=True, slots=True)
class JudgedWords:
    """`preview` and `cost` are empty while something is wrong: what cannot be sent has no parts."""

    findings: tuple[str, ...]
    preview: str
    cost: str


def judge(kind: NoticeKind, language: NoticeLanguage, words: str, reference: Reference) -> JudgedWords:
    """Empty words are the program's own."""
    if wrong := check_template(NoticeTemplate(kind, language, words)):
        return JudgedWords(tuple(describe(one) for one in wrong), "", "")
    preview = filled_template(kind, language, OFFERED[kind], reference, words)
    return JudgedWords((), preview, _cost(preview))


def own_words(kind: NoticeKind, language: NoticeLanguage) -> str:
    """Those that travel with the program."""
    return shipped_template(kind, language)


def cost_parts(kind: NoticeKind, language: NoticeLanguage, words: str, reference: Reference) -> int:
    """How many parts the telephone network charges for the example."""
    return parts_of(filled_template(kind, language, OFFERED[kind], reference, words)).count


def place_title(place: str) -> str:
    """Its meaning, with its name as it stands in the words."""
    return f"{tr(PLACES[place])}  {isolate('{' + place + '}')}"


def _cost(preview: str) -> str:
    parts = parts_of(preview)
    each = tr("70 characters in one message, 67 in each of several")
    if parts.alphabet is Alphabet.GSM_7:
        each = tr("160 characters in one message, 153 in each of several")
    counted = ntr("{n} part", "{n} parts", parts.count)
    return tr("{parts}, {places} characters, room for {left} more ({each})",
              parts=counted, places=parts.places, left=parts.left, each=each)  # fmt: skip
