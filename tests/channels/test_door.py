"""The door of the channels: each reference once, each login its own, nothing too large, and nothing lost."""

from __future__ import annotations

import threading
from typing import Any, cast

import psycopg
import pytest
from psycopg.types.json import Jsonb

from desktop_app.centre.channel_logins import (
    ChannelRefusedError,
    add_channel,
    disable_channel,
    list_held,
    take_up_again,
)
from desktop_app.domain.people import Capacity
from tests.channels.requests import lodging
from tests.channels.systems import PASSWORD, Systems
from tests.channels.test_portal import counter
from tests.domain.builders import make_content
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey


def test_the_same_again_is_one_request_and_another_content_is_refused(systems: Systems) -> None:
    taken = systems.lodge("web/1", lodging())
    assert systems.lodge("web/1", dict(reversed(lodging().items()))) == taken
    systems.decide()
    assert systems.lodge("web/1", lodging()) == taken
    with pytest.raises(psycopg.Error) as refused:
        systems.lodge("web/1", lodging(requirements={"title_deed": "TD-1"}))
    assert refused.value.sqlstate == "TJ010"
    systems.decide()
    assert len(counter(systems).requests) == 1


def test_one_reference_by_many_at_once_is_taken_once(systems: Systems) -> None:
    sessions = [systems.connect("portal") for _ in range(4)]
    answers: list[object] = []

    def lodge(at: int) -> None:
        row = sessions[at].execute("select portal.lodge('web/1', %s)", (Jsonb(lodging()),)).fetchone()
        answers.append(row)

    threads = [threading.Thread(target=lodge, args=(at,)) for at in range(len(sessions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(answers) == len(sessions)
    assert all(answer == answers[0] for answer in answers)
    assert systems.desk.drain() == 1


def test_a_payment_counts_once(systems: Systems) -> None:
    systems.lodge("web/1", lodging())
    systems.decide()
    wire = counter(systems)
    walk = Journey(cast(Centre, wire), request_id=next(iter(wire.requests)))
    walk.accept()
    walk.to_payment()
    bill = walk.request.fees.calculation
    assert bill is not None
    number = str(walk.request.number)
    systems.pay("PAY-1", number, int(bill.total) - 1)
    systems.pay("PAY-2", number, int(bill.total))
    systems.pay("PAY-2", number, int(bill.total))
    systems.pay("PAY-3", number, int(bill.total))
    systems.pay("PAY-4", "R-2026-08-000777", 1)
    systems.decide()
    keys = [[why["key"] for why in systems.paid(one)["refusals"]] for one in ("PAY-1", "PAY-2", "PAY-3", "PAY-4")]
    assert keys == [["payment.amount_differs"], [], ["action.not_in_status"], ["channel.no_such_request"]]
    wrong = systems.paid("PAY-1")["refusals"][0]
    assert wrong["arguments"]["due"] == {"type": "fils", "value": int(bill.total)}
    assert "المبلغ" in wrong["ar"]
    assert systems.paid("PAY-5") is None
    wire.pull()
    (receipt,) = wire.requests[walk.id].payment.receipts
    assert (receipt.number, receipt.reference) == ("C-2026-08-EPAY-00001", "PAY-2")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"version": 2}, "$.version"),
        ({"children": [{"key": "c1"}]}, "$.children[0]"),
        ({"mine": 1}, "$"),
        ({"parent_number": "L" * 65}, "$.parent_number"),
        ({"applicant": []}, "$.applicant"),
        ({"parent_number": "L-1\u202e2"}, "$.parent_number"),
        ({"parent_number": "L-1\n2"}, "$.parent_number"),
    ],
)
def test_what_has_not_the_form_is_refused_as_data(systems: Systems, change: dict[str, Any], where: str) -> None:
    systems.lodge("web/1", lodging(**change))
    systems.decide()
    found = systems.find("web/1")
    assert found["state"] == "refused"
    (why,) = found["refusals"]
    assert (why["key"], why["arguments"]["where"]["value"]) == ("channel.malformed", where)
    assert counter(systems).requests == {}


def test_the_rules_refuse_beside_the_field(systems: Systems) -> None:
    said = lodging()
    said["applicant"]["mobile"] = "0791234567"
    systems.lodge("web/1", said)
    systems.decide()
    (why,) = systems.find("web/1")["refusals"]
    assert (why["key"], why["field"]) == ("applicant.mobile_form", "applicant.mobile")


def test_what_came_back_for_completion_is_lodged_again_under_a_new_reference(systems: Systems) -> None:
    from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
    from tests.domain.builders import clerk

    systems.lodge("web/1", lodging())
    systems.decide()
    wire = counter(systems)
    (name,) = wire.requests
    Journey(cast(Centre, wire), request_id=name).do(clerk(), ReturnForCompletion(name, "سند غير واضح"))
    systems.decide()
    told = systems.find("web/1")["result"]
    assert (told["status"]["key"], told["reason"]) == ("returned", "سند غير واضح")
    systems.lodge("web/2", lodging(completes="web/1", requirements={"title_deed": "TD-9"}))
    systems.lodge("web/3", lodging(completes="web/none"))
    systems.decide()
    assert systems.find("web/2")["result"] == systems.find("web/1")["result"]
    assert systems.find("web/2")["result"]["status"]["key"] == "lodged"
    assert systems.find("web/3")["refusals"][0]["field"] == "completes"
    wire.pull()
    assert wire.requests[name].requirements.title_deed == "TD-9"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("select portal.lodge('web/1', to_jsonb(array[1]))", "22023"),
        ("select portal.lodge('web 1', '{}')", "22023"),
        ("select portal.lodge(null, '{}')", "22023"),
        ("select portal.lodge('web/1', null)", "22023"),
        ("select portal.lodge('web/1', jsonb_build_object('x', repeat(md5('y'), 9000)))", "22023"),
        ("select portal.lodge('web/1', '{\"a\"')", "22P02"),
    ],
)
def test_what_cannot_be_a_message_is_not_taken(systems: Systems, text: str, state: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        systems.session("portal").execute(text.encode())
    assert refused.value.sqlstate == state
    assert systems.centre.query("select count(*) from tajzia.channel_message") == [(0,)]


def test_too_many_in_a_minute_are_asked_to_wait(systems: Systems) -> None:
    with pytest.raises(psycopg.Error) as refused:
        systems.session("portal").execute(
            "select portal.lodge('web/' || n, jsonb_build_object('n', n)) from generate_series(1, 1300) n"
        )
    assert refused.value.sqlstate == "53400"


def test_what_one_system_lets_wait_is_held_against_no_other(systems: Systems) -> None:
    with systems.centre.admin() as admin:
        admin.execute(
            "insert into tajzia.channel_message"
            " (channel, kind, reference, fingerprint, payload, submitted_by, submitted_at)"
            " select 'portal', 'lodge', 'old/' || n, '', '', %s, now() - interval '1 hour'"
            " from generate_series(1, 20000) n",
            (systems.login_of("portal"),),
        )
    with pytest.raises(psycopg.Error) as refused:
        systems.lodge("web/1", lodging())
    assert refused.value.sqlstate == "53400"
    assert systems.put_due("D-1", {"version": 1})["reference"] == "D-1"


def test_another_channels_certificate_opens_nothing(systems: Systems) -> None:
    stranger = systems.connect("epay", certificate_of="portal")
    with pytest.raises(psycopg.Error) as refused:
        stranger.execute("select epay.find('x')")
    assert refused.value.sqlstate == "TJ001"
    with pytest.raises(psycopg.OperationalError):
        systems.connect("portal", password="guessed at")


def test_a_channel_that_is_disabled_is_out(systems: Systems) -> None:
    session = systems.session("portal")
    with systems.centre.admin() as admin:
        assert disable_channel(admin, systems.logins["portal"])
        assert not disable_channel(admin, systems.logins["portal"])
    with pytest.raises(psycopg.OperationalError):
        session.execute("select portal.find('x')")
    with pytest.raises(psycopg.OperationalError):
        systems.connect("portal")


def test_nobody_elses_login_becomes_a_channel(systems: Systems) -> None:
    with systems.centre.admin() as admin:
        for login in ("clerk", "postgres", "tajzia_registrar", "Web"):
            with pytest.raises(ChannelRefusedError):
                add_channel(admin, systems.centre.server.authority, "portal", login, 30, PASSWORD)


@pytest.mark.expects_log("a channel's message could not be decided")
def test_a_bug_puts_one_message_aside_and_the_others_go_on(systems: Systems, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.domain.commands import lodge

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    systems.lodge("web/1", lodging())
    systems.put_due("D-77", {"version": 1, "owner": {"kind": "passport", "number": "A12345"}, "kind": "musaqqafat",
                             "amount_fils": 5})  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr(lodge, "check_lodging", broken)
        systems.decide()
    assert systems.find("web/1")["state"] == "held"
    assert systems.due("D-77")["state"] == "accepted"
    with systems.centre.admin() as admin:
        (held,) = list_held(admin)
        assert take_up_again(admin, held.trouble)
    systems.decide()
    assert systems.find("web/1")["state"] == "accepted"


def test_dues_are_written_by_their_own_reference(systems: Systems) -> None:
    owner = {"kind": "national_number", "number": "٩٨٧١٠١٢٣٤٥"}
    due = {"version": 1, "owner": owner, "kind": "tahaqquqat", "amount_fils": 7_500, "about_ar": "رسوم ٢٠٢٤"}
    systems.lodge("web/1", lodging(make_content(capacity=Capacity.OWNER)))
    systems.decide()
    systems.put_due("D7", due)
    systems.put_due("D8", {**due, "amount_fils": -1})
    systems.put_due("D9", {**due, "owner": {"kind": "national_number", "number": "12"}})
    systems.decide()
    assert systems.due("D7")["state"] == "accepted"
    assert systems.due("D8")["refusals"][0]["key"] == "channel.malformed"
    assert systems.due("D9")["refusals"][0]["key"] == "identity.national_number_form"
    assert systems.find("web/1")["result"]["dues"]["total_fils"] == 208_000
    entries = systems.centre.query("select count(*) from tajzia.audit")
    systems.put_due("D7", due)
    systems.decide()
    assert systems.centre.query("select count(*) from tajzia.audit") == entries
    systems.put_due("D7", {**due, "owner": {"kind": "passport", "number": "A12345"}})
    systems.put_due("D0", {**due, "amount_fils": 0})
    systems.decide()
    shown = systems.find("web/1")["result"]["dues"]
    assert [one["reference"] for one in shown["items"]] == ["D1"]
