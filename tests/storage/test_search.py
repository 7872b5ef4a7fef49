"""Text is found however it is typed: hamza, taa marbuta, digits, diacritics, tatweel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.application.ports.queue import QueueFilter, QueueView
from desktop_app.domain.names import fold
from desktop_app.storage.words import indexed, phrases, question, words
from tests.domain.builders import NOW
from tests.workplaces import TestWorkplace


@pytest.mark.parametrize(
    "typed",
    ["إبراهيم", "ابراهيم", "أبراهيم", "إِبْراهيم", "ابـــراهيم", "القضاه ابرا", "مصطفي", "مصطفى القضاة", "ابراهيم مص"],
)
def test_a_name_is_found_however_it_is_written(workplace: TestWorkplace, typed: str) -> None:
    page = workplace.queries.queue_page(QueueFilter(QueueView.ALL_OPEN, NOW, text=typed), None, 50)
    assert page.rows
    assert {row.applicant_ar for row in page.rows} == {"إبراهيم مصطفى القضاة"}
    assert all(hit.kind in ("request", "licence") for hit in workplace.queries.search(typed, 9))
    assert any(hit.kind == "licence" for hit in workplace.queries.search(typed, 9))


@pytest.mark.parametrize("typed", ["R-2026-08-000004", "R-٢٠٢٦-٠٨-٠٠٠٠٠٤", "r-2026-08-000004", "2026-08-000004"])
def test_a_number_is_found_in_either_digits(workplace: TestWorkplace, typed: str) -> None:
    page = workplace.queries.queue_page(QueueFilter(QueueView.ALL_OPEN, NOW, text=typed), None, 50)
    assert [row.number for row in page.rows] == ["R-2026-08-000004"]
    assert [hit.title for hit in workplace.queries.search(typed, 9) if hit.kind == "request"] == ["R-2026-08-000004"]


@pytest.mark.parametrize("typed", ['"', "*", "AND", "a OR", "NEAR(", "words:", "()", "-", "'; --", "\x00", "^"])
def test_what_the_index_would_read_as_an_operator_is_only_text(workplace: TestWorkplace, typed: str) -> None:
    workplace.queries.search(typed, 5)
    workplace.queries.licence_page(typed, 8, None, 5)
    workplace.queries.message_page(typed, None, 5)
    workplace.queries.queue_page(QueueFilter(QueueView.ALL_OPEN, NOW, text=typed, branch=8), None, 5)


def test_another_branch_is_not_searched(workplace: TestWorkplace) -> None:
    assert workplace.queries.licence_page("المعرفة", 8, None, 5).rows
    assert not workplace.queries.licence_page("المعرفة", 9, None, 5).rows


@given(st.text())
def test_text_is_folded_once_and_for_all(text: str) -> None:
    assert words(words(text)) == words(text)
    assert all(phrase == words(phrase) for phrase in phrases(text))


@given(st.lists(st.text(), max_size=4))
def test_text_word_by_word_is_folded_as_a_whole(texts: list[str]) -> None:
    folded = fold(" ".join(texts))
    assert words(*texts) == " ".join("".join(c if c.isalnum() else " " for c in folded).split())


@given(st.text(min_size=1), st.integers(0, 22))
def test_a_question_never_holds_what_a_person_typed_outside_quotes(text: str, branch: int) -> None:
    asked = question(text, branch)
    assert asked == "" or (asked.count('"') % 2 == 0 and all(part.strip(" *") == "" for part in asked.split('"')[::2]))
    assert indexed(branch, text).startswith(f"B{branch}x")


def test_licences_come_in_pages_by_number(workplace: TestWorkplace) -> None:
    numbers: list[str] = []
    after: str | None = None
    while True:
        page = workplace.queries.licence_page("", None, after, 7)
        numbers += [row.number for row in page.rows]
        after = page.next
        if after is None:
            break
    assert numbers == sorted(workplace.centre.centre.licences)


def test_messages_come_newest_first_and_by_page(workplace: TestWorkplace) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        page = workplace.queries.message_page("", after, 5)
        seen += [notice.id for notice in page.rows]
        after = page.next
        if after is None:
            break
    told = sorted(workplace.centre.centre.notices, key=lambda one: (one.made_at, one.id), reverse=True)
    assert seen == [notice.id for notice in told]
    number = told[0].args.get("number")
    assert number in {notice.args.get("number") for notice in workplace.queries.message_page(str(number), None, 5).rows}


def test_a_licence_stands_among_its_kin(workplace: TestWorkplace) -> None:
    licences = workplace.centre.centre.licences
    child = next(one for one in licences.values() if one.made_by_request)
    parent = licences[child.parent_number or ""]
    kin = workplace.queries.genealogy(child.number)
    assert (kin.ancestors, kin.licence) == ((parent,), child)
    below = workplace.queries.genealogy(parent.number).descendants
    assert {(depth, one.number) for depth, one in below} == {
        (1, one.number) for one in licences.values() if one.parent_number == parent.number
    }
    row = workplace.queries.licence_page(parent.number, None, None, 5).rows[0]
    assert row.children == len(below)
    with pytest.raises(KeyError):
        workplace.queries.genealogy("L-1")
