"""Requests that look alike are found by their keys, each from one index, however many requests there are."""

from __future__ import annotations

from dataclasses import astuple, fields, replace
from pathlib import Path

import pytest

from desktop_app.domain.duplicates import LookAlikeKeys, deed_key, look_alike_keys, name_key
from desktop_app.domain.request import ENDED
from desktop_app.domain.status import status_of
from desktop_app.storage import reading
from tests.workplaces import NAMES, TestWorkplace, make_workplace

NOTHING = LookAlikeKeys("", "", "", "")


@pytest.fixture
def place(tmp_path: Path) -> TestWorkplace:
    return make_workplace(tmp_path)


def test_each_key_finds_the_open_requests_that_share_it_and_nothing_else(place: TestWorkplace) -> None:
    requests = tuple(place.centre.centre.requests.values())
    counting = [one for one in requests if status_of(one) not in ENDED]
    sought = look_alike_keys(counting[0])
    for at, field in enumerate(fields(LookAlikeKeys)):
        key = getattr(sought, field.name)
        expected = {one.id for one in counting if astuple(look_alike_keys(one))[at] == key}
        found = {one.id for one in place.queries.look_alikes(replace(NOTHING, **{field.name: key}))}
        assert found == set(sorted(expected)[-20:]), field.name
        assert found
    assert place.queries.look_alikes(NOTHING) == ()
    written_otherwise = name_key(NAMES[0].replace("أ", "ا").replace(" ", "  "))
    assert place.queries.look_alikes(replace(NOTHING, name=written_otherwise))
    assert place.queries.look_alikes(replace(NOTHING, title_deed=deed_key("no such deed"))) == ()
    place.close()


@pytest.mark.parametrize(
    ("column", "index"),
    [
        ("parent_number", "request_on_parent"),
        ("deed_key", "request_of_deed"),
        ("identity_key", "request_of_identity"),
        ("name_key", "request_of_name"),
    ],
)
def test_no_key_is_sought_by_a_walk_through_all_requests(place: TestWorkplace, column: str, index: str) -> None:
    with place.store.reading() as reads:
        plan = reads.driver.execute(f"EXPLAIN QUERY PLAN {reading._ALIKE.format(column=column)}", ("x",)).fetchall()
    assert any(f"USING INDEX {index} ({column}=?" in str(step) for step in plan), plan
    place.close()
