"""docs/portal.md: its schemas are the types', its examples are valid, and what the centre answers is what they say."""

from __future__ import annotations

import json
import re
from typing import Any, cast

import jsonschema
import pytest

from desktop_app.domain.people import Capacity
from desktop_app.wire.channels import SCHEMAS
from tests.channels.requests import lodging
from tests.channels.schemas import FOLDER, check, written
from tests.channels.systems import Systems
from tests.channels.test_portal import counter
from tests.domain.builders import make_content
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey

_EXAMPLE = re.compile(r"```json ([a-z_.]+)\n(.*?)```", re.DOTALL)
PAGE = (FOLDER.parent / "portal.md").read_text("utf-8")
EXAMPLES = [(name, json.loads(text)) for name, text in _EXAMPLE.findall(PAGE)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_file_is_what_the_centre_reads_by(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text("utf-8") == written(name), "python -m tests.channels.schemas"
    jsonschema.Draft202012Validator.check_schema(json.loads(written(name)))


def test_no_schema_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(SCHEMAS)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_examples_of_the_page_are_valid(name: str, example: Any) -> None:
    check(name, example)


def test_there_is_an_example_of_each() -> None:
    assert {name for name, _ in EXAMPLES} == set(SCHEMAS)


def test_the_example_of_a_request_is_lodged(systems: Systems) -> None:
    (example,) = [one for name, one in EXAMPLES if name == "lodge.request"]
    systems.lodge("web/1", example)
    systems.decide()
    assert systems.find("web/1")["refusals"] == []


@pytest.mark.parametrize("change", [{"version": 2}, {"mine": 1}, {"parent_number": 7}])
def test_the_schema_refuses_what_the_centre_refuses(change: dict[str, Any]) -> None:
    check("lodge.request", lodging())
    with pytest.raises(jsonschema.ValidationError):
        check("lodge.request", lodging(**change))


def test_real_answers_are_what_the_schemas_say(systems: Systems) -> None:
    said = lodging(make_content(capacity=Capacity.OWNER))
    check("lodge.request", said)
    check("lodge.answer", systems.lodge("web/1", said))
    check("find.answer", systems.find("web/1"))
    systems.lodge("web/2", lodging(parent_number="L-1999-08-000001"))
    systems.decide()
    found = systems.find("web/1")
    check("find.answer", found)
    refused = systems.find("web/2")
    check("find.answer", refused)
    assert refused["state"] == "refused"
    due = {"version": 1, "owner": {"kind": "passport", "number": "A12345"}, "kind": "musaqqafat", "amount_fils": 1}
    check("dues.put.due", due)
    check("dues.put.answer", systems.put_due("D9", due))
    check("record_payment.answer", systems.pay("P-1", found["result"]["reference"], 200_500, dues=True))
    systems.decide()
    check("dues.find.answer", systems.due("D9"))
    check("epay.find.answer", systems.paid("P-1"))
    wire = counter(systems)
    walk = Journey(cast(Centre, wire), request_id=next(iter(wire.requests)))
    walk.accept()
    walk.to_payment()
    systems.decide()
    bill = systems.find("web/1")["result"]
    check("find.answer", systems.find("web/1"))
    systems.pay("P-2", bill["number"], bill["fees"]["due_fils"])
    systems.pay("P-3", bill["number"], 1)
    systems.decide()
    for reference in ("P-2", "P-3"):
        check("epay.find.answer", systems.paid(reference))
    check("find.answer", systems.find("web/1"))
    assert len(systems.paid("P-2")["result"]["licences"]) == 3
