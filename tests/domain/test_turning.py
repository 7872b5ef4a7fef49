"""No text that turns the order of what stands behind it gets into a request, whoever gave it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.decide import decide
from desktop_app.domain.request import Status
from desktop_app.domain.turning import turns, without_turning
from tests.domain.builders import clerk, make_content
from tests.domain.journey import journey
from tests.domain.test_unproved_documents import SCAN

SIGNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def refusals(command: AttachDocument) -> set[str]:
    walked = journey(Status.LODGED)
    context = walked.centre.context(clerk(), walked.centre.base_of(command), final=True)
    return {one.key for one in decide(walked.case, command, context).refusals}


@pytest.mark.parametrize("sign", SIGNS)
def test_it_is_refused_however_deep_it_lies(sign: str) -> None:
    assert refusals(AttachDocument("r1", SCAN)) == set()
    assert refusals(AttachDocument("r1", replace(SCAN, name=f"سند{sign}fdp.الملكية"))) == {"text.turns"}
    content = make_content()
    named = replace(content.applicant.person, name_ar=f"{sign}أحمد")
    deep = replace(content, applicant=replace(content.applicant, person=named))
    assert turns(Lodge("r1", "K1-1", deep))
    assert without_turning(Lodge("r1", "K1-1", deep)) == Lodge(
        "r1", "K1-1", replace(content, applicant=replace(content.applicant, person=replace(named, name_ar="أحمد")))
    )


@given(st.lists(st.text(st.sampled_from(SIGNS + "ab أبت\u200e\u200f\u061c\n"), max_size=8), max_size=4))
def test_nothing_but_those_signs_is_dropped(texts: list[str]) -> None:
    given_ = (tuple(texts), replace(SCAN, name="".join(texts)))
    cleared = without_turning(given_)
    assert not turns(cleared)
    assert cleared[0] == tuple("".join(char for char in text if char not in SIGNS) for text in texts)
    assert cleared[1].name == "".join(cleared[0])
    assert turns(given_) is (cleared != given_)


def test_what_has_none_is_handed_on_as_it_is() -> None:
    command = Lodge("r1", "K1-1", make_content())
    assert without_turning(command) is command
