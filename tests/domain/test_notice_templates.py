"""The words of notices as an administrator may change them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.notice_templates import (
    LONGEST_TEMPLATE,
    NEEDED,
    OFFERED,
    NoticeTemplate,
    check_template,
    find_template,
)
from desktop_app.domain.request import Status
from desktop_app.texts.domain_messages import describe
from desktop_app.texts.notices import filled_template, notice_text, shipped_template
from tests.domain.builders import make_reference
from tests.domain.journey import journey

BOTH = list(NoticeLanguage)


def template(words: str, kind: NoticeKind = NoticeKind.FEES_DUE) -> NoticeTemplate:
    return NoticeTemplate(kind, NoticeLanguage.ARABIC, words)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", list(NoticeKind))
def test_the_words_that_travel_with_the_program_can_be_sent(kind: NoticeKind, language: NoticeLanguage) -> None:
    words = shipped_template(kind, language)
    assert check_template(NoticeTemplate(kind, language, words)) == ()
    filled = filled_template(kind, language, OFFERED[kind], make_reference())
    assert filled == filled_template(kind, language, OFFERED[kind], make_reference(), words)
    assert "{" not in filled
    assert "R-2026-08-000123" in filled
    arabic = any("\u0621" <= sign <= "\u064a" for sign in words)
    assert arabic is (language is NoticeLanguage.ARABIC)


def test_every_notice_that_is_made_offers_what_the_templates_may_name() -> None:
    made = {one.kind: one for one in journey(Status.DELIVERED).centre.notices}
    assert len(made) > 3
    for kind, notice in made.items():
        assert {name for name, _ in notice.args} == set(OFFERED[kind])
    assert all(NEEDED[kind] <= set(OFFERED[kind]) for kind in NoticeKind)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("{number} {total}", ""),
        ("", ""),
        ("{number} {total} {body}", "template.unknown_place"),
        ("{number}", "template.missing_place"),
        ("{number} {total} {", "template.braces"),
        ("{number} {total.__class__}", "template.braces"),
        ("{number} {total!r}", "template.braces"),
        ("{number} {total:>1000000}", "template.braces"),
        ("{number} {total} {0}", "template.braces"),
        ("{number} {total} {}", "template.braces"),
        ("{number} {total} \x07", "template.signs"),
        ("{number} {total}" + "x" * LONGEST_TEMPLATE, "template.long"),
    ],
)
def test_what_is_checked(words: str, wrong: str) -> None:
    found = check_template(template(words))
    assert [one.key for one in found] == ([wrong] if wrong else [])
    assert all(describe(one) for one in found)


def test_an_administrator_s_words_are_sent_and_bad_ones_never() -> None:
    centre = journey(Status.TO_SCHEDULE).centre
    told = next(one for one in centre.notices if one.kind is NoticeKind.ACCEPTED)
    reference = make_reference()
    own = template("قبلنا {number}. شكرا", NoticeKind.ACCEPTED)
    bad = template("{nothing}", NoticeKind.ACCEPTED)
    said = notice_text(told, replace(reference, templates=(own,)))
    assert said.startswith("قبلنا R-")
    assert notice_text(told, replace(reference, templates=(bad,))) == notice_text(told, reference)
    assert find_template((bad, own), NoticeKind.ACCEPTED, NoticeLanguage.ENGLISH) is None
    english = notice_text(replace(told, language=NoticeLanguage.ENGLISH), replace(reference, templates=(own,)))
    assert english.startswith("Amman Municipality")


def test_an_applicant_is_told_in_the_language_that_was_noted() -> None:
    centre = journey(Status.TO_SCHEDULE).centre
    assert {one.language for one in centre.notices} == {NoticeLanguage.ARABIC}
