"""The words of the notices as an administrator may change them: which places a notice offers, and what is checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter

from desktop_app.domain.messages import Argument, Message, message
from desktop_app.domain.money import Fils
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage

LONGEST_TEMPLATE = 600
"""Characters of a template; what it says is longer or shorter."""


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """Words with places such as `{number}`, in place of those that travel with the program."""

    kind: NoticeKind
    language: NoticeLanguage
    words: str


_NUMBER: dict[str, Argument] = {"number": "R-2026-08-000123"}

OFFERED: dict[NoticeKind, dict[str, Argument]] = {
    NoticeKind.ACCEPTED: _NUMBER,
    NoticeKind.APPROVAL_NEEDED: _NUMBER | {"body": "health"},
    NoticeKind.BODY_REFUSED: _NUMBER | {"body": "health"},
    NoticeKind.INSPECTION_SCHEDULED: _NUMBER | {"day": date(2026, 11, 25), "begins": "08:00", "ends": "10:00"},
    NoticeKind.CONDITIONS_UNMET: _NUMBER | {"rectify": "طفاية حريق صالحة في المحل", "until": date(2026, 12, 2)},
    NoticeKind.CIVIL_DEFENCE_REFUSED: _NUMBER,
    NoticeKind.FEES_DUE: _NUMBER | {"total": Fils(125_500)},
    NoticeKind.LICENCE_ISSUED: _NUMBER | {"licences": "L-2026-08-000049، L-2026-08-000050"},
}
"""The places that each notice fills, with an example for the preview."""

NEEDED: dict[NoticeKind, frozenset[str]] = {
    kind: frozenset({"number"}) | extra
    for kind, extra in {
        NoticeKind.ACCEPTED: frozenset[str](),
        NoticeKind.APPROVAL_NEEDED: frozenset({"body"}),
        NoticeKind.BODY_REFUSED: frozenset({"body"}),
        NoticeKind.INSPECTION_SCHEDULED: frozenset({"day", "begins"}),
        NoticeKind.CONDITIONS_UNMET: frozenset({"rectify"}),
        NoticeKind.CIVIL_DEFENCE_REFUSED: frozenset[str](),
        NoticeKind.FEES_DUE: frozenset({"total"}),
        NoticeKind.LICENCE_ISSUED: frozenset({"licences"}),
    }.items()
}
"""What the card has each notice tell: a template without it would keep it from the applicant (domain.md, Notices)."""


def check_template(template: NoticeTemplate) -> tuple[Message, ...]:
    """What is wrong with a template; nothing for one that can be sent. Empty words mean the program's own."""
    words = template.words
    if not words:
        return ()
    if len(words) > LONGEST_TEMPLATE:
        return (message("template.long", most=LONGEST_TEMPLATE),)
    if any(sign < " " and sign != "\n" for sign in words) or "\x7f" in words:
        return (message("template.signs"),)
    places = _places(words)
    if places is None:
        return (message("template.braces", example="{number}"),)
    unknown = [name for name in dict.fromkeys(places) if name not in OFFERED[template.kind]]
    missing = sorted(NEEDED[template.kind] - set(places))
    return (
        *(message("template.unknown_place", place=name) for name in unknown),
        *(message("template.missing_place", place=name) for name in missing),
    )


def find_template(
    templates: Iterable[NoticeTemplate], kind: NoticeKind, language: NoticeLanguage
) -> NoticeTemplate | None:
    """The one that counts, where an administrator wrote one that can be sent."""
    return next(
        (
            one
            for one in templates
            if one.kind is kind and one.language is language and one.words and not check_template(one)
        ),
        None,
    )


def _places(words: str) -> list[str] | None:
    """The names in braces; None where the braces say anything else than a plain name."""
    try:
        found = [(name, form, turned) for _, name, form, turned in Formatter().parse(words) if name is not None]
    except ValueError:
        return None
    if any(form or turned or not name.isidentifier() for name, form, turned in found):
        return None
    return [name for name, _, _ in found]


@dataclass(frozen=True, slots=True)
class TemplateChange:
    """One line of a template's history; empty words are the program's own."""

    kind: NoticeKind
    language: NoticeLanguage
    before: str
    after: str
    by: str
    at: datetime


def template_changes(rows: Iterable[tuple[str, str, str, str, str, datetime]]) -> tuple[TemplateChange, ...]:
    """Rows of (kind, language, before, after, by, at); kinds that this version does not know are left out."""
    kinds = {kind.value for kind in NoticeKind}
    return tuple(
        TemplateChange(NoticeKind(kind), NoticeLanguage(language), before, after, by, at)
        for kind, language, before, after, by, at in rows
        if kind in kinds
    )
