"""Possible duplicates: found by parent, deed and applicant, however these were written; shown, never refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.duplicates import (
    TELLING,
    Likeness,
    deed_key,
    likenesses,
    look_alike_keys,
    name_key,
    possible_duplicates,
)
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.domain.request import Request, Requirements, Status
from tests.domain.builders import clerk, make_applicant, make_child, make_content, make_licence, make_plan
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey

OTHER_PARENT = "L-2024-08-000002"


def _unlike() -> RequestContent:
    """Nothing in common with `make_content()`."""
    child = replace(make_child(vocations=("stationery",)), trade_name="لا شبه بينهما")
    applicant = replace(
        make_applicant(),
        person=Person("نور سامي", Identity(IdentityKind.NATIONAL_NUMBER, "9990000001")),
        mobile="+962771112223",
    )
    content = make_content(make_plan(child, parent=OTHER_PARENT))
    return replace(content, applicant=applicant, requirements=Requirements("سند-٩٩"))


def _found(content: RequestContent, *others: Request) -> list[tuple[str, tuple[Likeness, ...]]]:
    return [(one.request.id, one.alike) for one in possible_duplicates(content, others)]


def _with_name(content: RequestContent, name: str) -> RequestContent:
    return replace(
        content, applicant=replace(content.applicant, person=replace(content.applicant.person, name_ar=name))
    )


def test_nothing_in_common_is_no_duplicate() -> None:
    assert _found(_unlike(), journey(Status.LODGED).request) == []


@pytest.mark.parametrize("telling", TELLING)
def test_one_telling_thing_in_common_is_enough(telling: Likeness) -> None:
    first = journey(Status.LODGED).request
    content = _unlike()
    content = {
        Likeness.PARENT: replace(content, plan=replace(content.plan, parent_number=first.plan.parent_number)),
        Likeness.TITLE_DEED: replace(content, requirements=first.requirements),
        Likeness.IDENTITY: replace(
            content,
            applicant=replace(
                content.applicant, person=replace(content.applicant.person, identity=first.applicant.person.identity)
            ),
        ),
        Likeness.NAME: _with_name(content, first.applicant.person.name_ar),
    }[telling]
    assert _found(content, first) == [("r1", (telling,))]


def test_what_only_helps_to_judge_makes_no_duplicate_by_itself() -> None:
    first = journey(Status.LODGED).request
    content = _unlike()
    content = replace(content, applicant=replace(content.applicant, mobile=first.applicant.mobile))
    assert _found(content, first) == []
    content = replace(content, requirements=first.requirements)
    assert _found(content, first) == [("r1", (Likeness.TITLE_DEED, Likeness.MOBILE))]


def test_what_is_empty_is_like_nothing() -> None:
    nobody = Person("", Identity(IdentityKind.NATIONAL_NUMBER, ""))
    empty = replace(
        _unlike(),
        applicant=replace(make_applicant(), person=nobody, mobile=""),
        requirements=Requirements(""),
        plan=replace(_unlike().plan, parent_number="", children=()),
    )
    assert likenesses(empty, empty) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد خليل الحسن", "احمد خليل الحسن"),
        ("إبراهيم القضاة", "ابراهيم القضاه"),
        ("عبد الله الفايز", "عبدالله الفايز"),
        ("مُؤَيَّد الطراونة", "مويد الطراونه"),
        ("هـــدى المجالى", "هدي المجالي"),
    ],
)
def test_an_applicant_is_found_however_the_name_was_written(one: str, other: str) -> None:
    content = _unlike()
    first = replace(
        journey(Status.LODGED).request, applicant=_with_name(_unlike(), one).applicant, requirements=Requirements("x")
    )
    first = replace(first, applicant=replace(first.applicant, person=replace(first.applicant.person, name_ar=one)))
    assert Likeness.NAME in likenesses(_with_name(content, other), first)
    assert Likeness.NAME not in likenesses(_with_name(content, f"{other} آخر"), first)


@pytest.mark.parametrize("typed", ["TD-5512", "td 5512", "TD٥٥١٢", " TD/5512 "])
def test_a_deed_is_found_however_its_reference_was_typed(typed: str) -> None:
    assert deed_key(typed) == deed_key("TD-5512") != deed_key("TD-5513")


def test_a_draft_counts_and_what_has_ended_or_was_issued_does_not() -> None:
    content = make_content()
    for status in Status:
        expected = status.value in {
            "draft", "lodged", "dues_outstanding", "returned", "awaiting_approvals", "to_schedule",
            "inspection_scheduled", "rectification", "awaiting_civil_defence", "fees_to_assess", "fees_to_approve",
            "awaiting_payment", "to_issue",
        }  # fmt: skip
        assert bool(_found(content, journey(status).request)) is expected, status


def test_a_request_is_no_duplicate_of_itself() -> None:
    first = journey(Status.LODGED).request
    assert possible_duplicates(first, (first,), first.id) == ()


def test_the_most_alike_comes_first_and_of_two_alike_the_older() -> None:
    first = journey(Status.LODGED).request
    by_deed = replace(first, applicant=_unlike().applicant, plan=_unlike().plan)
    content = make_content()
    found = _found(content, replace(by_deed, id="a"), replace(first, id="c"), replace(first, id="b"))
    assert [identity for identity, _ in found] == ["b", "c", "a"]


def test_a_possible_duplicate_holds_nothing_up() -> None:
    centre = Centre(make_licence(), make_licence(OTHER_PARENT))
    assert centre.give(clerk(), Lodge("r1", "K1-1", make_content())).accepted
    again = replace(make_content(), plan=make_plan(parent=OTHER_PARENT))
    assert _found(again, centre.requests["r1"])
    assert centre.give(clerk(), Lodge("r2", "K1-2", again)).accepted
    assert centre.give(clerk(), Withdraw("r1", "طلب مكرر")).accepted
    assert _found(again, centre.requests["r1"]) == []


_LETTERS = st.text(alphabet="اأإآٱبتثجدرسعفقكلمنهةويىؤئءـَُِّْ ", max_size=30)
_VARIED = {"ا": "اأإآٱ", "ه": "هة", "ي": "يىئ", "و": "وؤ"}


@given(_LETTERS, st.data())
def test_names_that_differ_only_in_what_people_mix_up_have_one_key(name: str, data: st.DataObject) -> None:
    folds_to = {other: letter for letter, others in _VARIED.items() for other in others}
    rewritten = "".join(
        data.draw(st.sampled_from(_VARIED.get(folds_to.get(letter, ""), letter)))
        + data.draw(st.sampled_from(("", "", "ـ", "َ", " ")))
        for letter in name
    )
    assert name_key(rewritten) == name_key(name)
    assert name_key(name_key(name)) == name_key(name)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_mutual_and_is_found_by_the_keys(one: str, other: str) -> None:
    first = replace(_with_name(_unlike(), one), requirements=Requirements(other))
    second = replace(_with_name(make_content(), other), requirements=Requirements(one))
    assert likenesses(first, second) == likenesses(second, first)
    mine, theirs = look_alike_keys(first), look_alike_keys(second)
    shares = any(
        key and key == of
        for key, of in (
            (mine.parent_number, theirs.parent_number),
            (mine.title_deed, theirs.title_deed),
            (mine.identity, theirs.identity),
            (mine.name, theirs.name),
        )
    )
    assert shares == any(found in TELLING for found in likenesses(first, second))
