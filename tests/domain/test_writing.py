"""What no paper can show, and what is long beyond reason, is refused when it is given, at its field if it has one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.handover import MOST_INK
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.messages import message
from desktop_app.domain.request import Status
from desktop_app.domain.texts_within import texts_within
from desktop_app.domain.writing import (
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_TEXT,
    find_unwritable,
    longest_of,
    why_unwritten,
)
from tests.domain.builders import clerk, make_child, make_content, make_plan
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey


def refusals_of(content: RequestContent) -> set[tuple[str, str]]:
    refused = Centre().give(clerk(), Lodge("r1", "K1-1", content)).refusals
    return {(one.key, one.about) for one in refused}


def named(content: RequestContent, name_ar: str = "", name_en: str = "") -> RequestContent:
    person = content.applicant.person
    person = replace(person, name_ar=name_ar or person.name_ar, name_en=name_en or person.name_en)
    return replace(content, applicant=replace(content.applicant, person=person))


@pytest.mark.parametrize(
    "text", ["أحمد", "Société Générale №7", "مطعم «ليالي» – 24/7", "ﷺ", "ﻣﺤﻤﺪ", "ڤيلا پاشا", "e\u0301"]
)
def test_what_people_write_stands_on_paper(text: str) -> None:
    assert find_unwritable(text) == ""
    assert why_unwritten(text) == ()


@pytest.mark.parametrize(
    ("text", "sign"), [("مطعم 北京", "北"), ("بقالة 🙂", "🙂"), ("Αθήνα", "Α"), ("﷽", "﷽"), ("a\u030c", "ǎ")]
)
def test_what_no_paper_shows_is_named(text: str, sign: str) -> None:
    (why,) = why_unwritten(text, "here")
    assert why.about == "here"
    assert dict(why.args)["sign"] == find_unwritable(text) == sign


def test_of_a_long_text_so_much_is_told_as_finds_the_place() -> None:
    (why,) = why_unwritten("أ" * 500 + "北" + "ب" * 500)
    assert dict(why.args)["text"] == "أ" * 20 + "北" + "ب" * 20


@pytest.mark.parametrize(
    ("content", "about"),
    [
        (named(make_content(), name_ar="أحمد 🙂"), "applicant.name_ar"),
        (named(make_content(), name_en="Ahmad 🙂"), "applicant.name_ar"),
        (make_content(make_plan(replace(make_child(), trade_name="🙂"))), "children.c1.trade_name"),
        (
            make_content(make_plan(replace(make_child(), holder=replace(make_child().holder, name_ar="北京")))),
            "children.c1.holder",
        ),
        (
            make_content(make_plan(replace(make_child(), holder=replace(make_child().holder, name_en="北京")))),
            "children.c1.holder",
        ),
        (
            replace(make_content(), requirements=replace(make_content().requirements, title_deed="№北")),
            "requirements.title_deed",
        ),
        (
            replace(make_content(), requirements=replace(make_content().requirements, construction_certificate="北")),
            "requirements.construction_certificate",
        ),
        (
            replace(make_content(), applicant=replace(make_content().applicant, authority_reference="北")),
            "applicant.authority_reference",
        ),
        (
            replace(make_content(), applicant=replace(make_content().applicant, signatory_ar="北")),
            "applicant.signatory_ar",
        ),
    ],
)
def test_it_is_told_beside_its_field_before_anything_is_lodged(content: RequestContent, about: str) -> None:
    assert refusals_of(content) == {("text.unwritable", about)}


def test_a_draft_is_kept_with_it() -> None:
    centre = Centre()
    assert centre.give(clerk(), SaveDraft("r1", "K1-1", named(make_content(), name_ar="أحمد 🙂"))).accepted


def test_every_other_text_is_looked_at_too() -> None:
    walked = journey(Status.LODGED)
    before = walked.request
    told = walked.centre.give(clerk(), ReturnForCompletion("r1", "السند ناقص 🙂")).refusals
    assert told == (message("text.unwritable", sign="🙂", text="السند ناقص 🙂"),)
    assert walked.request is before


def test_no_text_is_without_end() -> None:
    walked = journey(Status.LODGED)
    long = walked.centre.give(clerk(), ReturnForCompletion("r1", "ن" * (LONGEST_TEXT + 1)))
    assert [(one.key, dict(one.args)) for one in long.refusals] == [
        ("text.too_long", {"longest": LONGEST_TEXT, "length": LONGEST_TEXT + 1})
    ]
    assert walked.centre.give(clerk(), ReturnForCompletion("r1", "ن" * LONGEST_TEXT)).accepted
    centre = Centre()
    too_long = named(make_content(), name_ar="ن" * (LONGEST_NAME + 1))
    assert {one.key for one in centre.give(clerk(), SaveDraft("r1", "K1-1", too_long)).refusals} == {"text.too_long"}
    assert centre.give(clerk(), Lodge("r1", "K1-1", named(make_content(), name_ar="ن" * LONGEST_NAME))).accepted


def test_each_kind_of_text_has_its_bound() -> None:
    assert (longest_of("name_ar"), longest_of("title_deed"), longest_of("reason"), longest_of("ink")) == (
        LONGEST_NAME, LONGEST_NUMBER, LONGEST_TEXT, MOST_INK,
    )  # fmt: skip


@given(st.recursive(st.text(max_size=3), lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=8))
def test_every_text_within_is_found(value: object) -> None:
    def flat(one: object) -> list[str]:
        return [one] if isinstance(one, str) else [text for each in one for text in flat(each)]  # type: ignore[attr-defined]

    assert sorted(text for _, text in texts_within(value)) == sorted(flat(value))
