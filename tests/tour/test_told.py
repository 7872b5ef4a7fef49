"""What the fake SMSC says is put together from its parts and held against the facts; each difference is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.delivery import NoticeState
from desktop_app.domain.messages import Arguments
from desktop_app.domain.notices import Notice, NoticeKind
from desktop_app.tour.command import end_of_path
from desktop_app.tour.fake_smsc import Message, messages_of, part_of
from desktop_app.tour.paths import PATHS
from desktop_app.tour.told import Told, as_received

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
TO = "+962791234567"


def line(text: str, *, reference: int = 0, of: int = 1, number: int = 1) -> bytes:
    """As the fake SMSC writes a part, percent by percent."""
    content = "".join(f"%{byte:02X}" for byte in text.encode("utf-16-be"))
    head = f"udh %05%00%03%{reference:02X}%{of:02X}%{number:02X} ucs-2" if of > 1 else "ucs-2"
    return f"GAM {TO} {head} {content}".encode()


def told(kind: NoticeKind, text: str, minute: int, state: NoticeState = NoticeState.DELIVERED) -> Notice:
    at = NOW + timedelta(minutes=minute)
    return Notice(f"r1:{kind.value}:1", "r1", 8, kind, TO, Arguments(), at, text, at, state)


FACTS = (
    told(NoticeKind.ACCEPTED, "قُبل", 0),
    told(NoticeKind.APPROVAL_NEEDED, "موافقة", 0),
    told(NoticeKind.FEES_DUE, "رسوم", 5),
)
RECEIVED = tuple(Message(TO, one.text_ar, 1) for one in FACTS)


def test_a_message_is_whole_once_its_last_part_is_there_whatever_the_order() -> None:
    lines = [
        line("أول ", reference=7, of=2, number=1),
        line("وحده"),
        line("ثان ", reference=8, of=2, number=2),
        line("ثان", reference=7, of=2, number=2),
        line("أول ", reference=8, of=2, number=1),
    ]
    assert messages_of(part_of(one) for one in lines) == [
        Message(TO, "وحده", 1),
        Message(TO, "أول ثان", 2),
        Message(TO, "أول ثان ", 2),
    ]


def test_a_message_that_came_twice_is_listed_twice() -> None:
    parts = [part_of(line(text, reference=7, of=2, number=at)) for at, text in ((1, "ا"), (2, "ب"))]
    assert messages_of([*parts, *parts]) == [Message(TO, "اب", 2)] * 2
    assert messages_of([parts[0], parts[0], parts[1]]) == [Message(TO, "اب", 2)]


def test_what_was_received_is_listed_in_its_order_with_the_kind_that_the_facts_know() -> None:
    listed, wrong = as_received(FACTS, RECEIVED)
    assert wrong == []
    assert [(one["order"], one["kind"], one["to"], one["text_ar"]) for one in listed] == [
        (1, "accepted", TO, "قُبل"),
        (2, "approval_needed", TO, "موافقة"),
        (3, "fees_due", TO, "رسوم"),
    ]


@pytest.mark.parametrize(
    ("facts", "received", "why"),
    [
        (FACTS, RECEIVED[:2], "never received"),
        (FACTS, (*RECEIVED, RECEIVED[0]), "twice"),
        (FACTS[:2], RECEIVED, "in no fact"),
        (FACTS, (RECEIVED[1], RECEIVED[0], RECEIVED[2]), "another order"),
        (FACTS, (replace(RECEIVED[0], text="رُفض"), *RECEIVED[1:]), "in no fact"),
        (FACTS, (replace(RECEIVED[0], to="+962790000000"), *RECEIVED[1:]), "in no fact"),
        ((*FACTS[:2], replace(FACTS[2], state=NoticeState.UNKNOWN)), RECEIVED, "is unknown"),
    ],
)
def test_each_difference_to_the_facts_is_named(facts: Sequence[Notice], received: Sequence[Message], why: str) -> None:
    assert any(why in one for one in as_received(facts, received)[1])


@pytest.mark.parametrize(("pictures", "wrong", "status"), [(6, [], 0), (5, [], 1), (6, ["one was never received"], 1)])
def test_a_path_ends_well_with_its_pictures_and_no_difference(
    pictures: int, wrong: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert end_of_path(PATHS["withdrawn"], pictures, wrong) == status
    assert all(one in capsys.readouterr().err for one in wrong)


def test_without_kannel_the_account_says_that_the_notices_went_into_files() -> None:
    listed, wrong = Told(says_so=True).account(FACTS)
    assert (listed["notices_through"], wrong) == ("files", [])
    assert [one["text_ar"] for one in listed["notices"]] == ["قُبل", "موافقة", "رسوم"]
    assert set(Told().account(FACTS)[0]) == {"notices"}
