"""Requests from the municipality's website: lodged by its own role, decided by the same rules, told as data."""

from __future__ import annotations

from typing import cast

from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from tests.centre.wire_centre import WireCentre
from tests.channels.requests import lodging
from tests.channels.systems import Systems
from tests.domain.builders import make_content
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey

DESKS = {"clerk": "K1", "assessor": "K2", "inspector": "L1", "supervisor": "S1", "cashier": "K1"}


def counter(systems: Systems) -> WireCentre:
    """The staff at their windows, who have pulled what there is."""
    wire = WireCentre(systems.centre, DESKS)
    wire.pull()
    return wire


def test_from_the_portal_to_the_licence_with_no_clerk_at_the_payment(systems: Systems) -> None:
    taken = systems.lodge("web/1", lodging())
    assert systems.find("web/1")["state"] == "waiting"
    systems.decide()
    found = systems.find("web/1")
    assert (found["state"], found["refusals"]) == ("accepted", [])
    assert found["result"]["status"] == {"key": "lodged", "ar": "مقدَّم", "en": "Lodged"}

    wire = counter(systems)
    (request,) = wire.requests.values()
    assert request.from_portal
    assert request.intake.lodged_by == "tajzia_portal"
    walk = Journey(cast(Centre, wire), request_id=request.id)
    walk.accept()
    walk.to_payment()
    systems.decide()
    due = systems.find("web/1")["result"]["fees"]["due_fils"]
    assert due > 0
    number = systems.find("web/1")["result"]["number"]
    assert number == walk.request.number

    systems.pay("PAY-1", number, due)
    systems.decide()
    paid = systems.paid("PAY-1")
    assert paid["state"] == "accepted"
    assert paid["result"]["receipt"] == "C-2026-08-EPAY-00001"
    wire.pull()
    assert status_of(wire.requests[request.id]) is Status.ISSUED
    last = wire.events[-1]
    assert (last.action, last.by, last.device) == ("record_payment", "tajzia_epay", "EPAY")
    told = systems.find("web/1")["result"]
    assert told["status"]["key"] == "issued"
    assert told["payment"]["receipt"] == "C-2026-08-EPAY-00001"
    assert [one["number"] for one in told["licences"]] == [one["number"] for one in paid["result"]["licences"]]
    assert sorted(one["kind"] for one in told["notices"]) == sorted(notice.kind.value for notice in wire.notices)
    assert systems.lodge("web/1", lodging()) == taken


def test_an_owner_is_shown_the_dues_and_released_by_paying_them(systems: Systems) -> None:
    systems.lodge("web/2", lodging(make_content(capacity=Capacity.OWNER)))
    systems.decide()
    told = systems.find("web/2")["result"]
    assert told["status"]["key"] == "dues_outstanding"
    assert told["dues"]["total_fils"] == 200_500
    assert [one["amount_fils"] for one in told["dues"]["items"]] == [120_500, 80_000]
    assert told["dues"]["notice"][-1]["arguments"]["amount"] == {"type": "fils", "value": 200_500}
    assert told["dues"]["notice"][0]["ar"].startswith("مسقفات")
    assert "200.500" in told["dues"]["notice"][-1]["en"]

    systems.pay("PAY-2", told["reference"], 120_500, dues=True)
    systems.decide()
    short = systems.paid("PAY-2")
    assert (short["state"], short["refusals"][0]["key"]) == ("refused", "payment.amount_differs")

    systems.pay("PAY-3", told["reference"], 200_500, dues=True)
    systems.decide()
    assert systems.paid("PAY-3")["state"] == "accepted"
    told = systems.find("web/2")["result"]
    assert told["status"]["key"] == "lodged"
    assert (told["dues"]["state"], told["dues"]["total_fils"], told["dues"]["items"]) == ("settled", 0, [])
    wire = counter(systems)
    walk = Journey(cast(Centre, wire), request_id=next(iter(wire.requests)))
    walk.accept()
    assert walk.request.dues.payment_reference == "PAY-3"
