"""Reports by the gateway's own id that come before its answer, or without one, decide; and nobody guesses."""

from __future__ import annotations

import pytest

from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.domain.delivery import Answer, Report
from tests.centre.gateways import PowerCut, ScriptedGateway, always, outbox_of, sender_of, states, write_letters
from tests.postgres_fixture import SampleCentre

NOT_OUT = pytest.mark.expects_log("a notice did not go out")
TO, NOTICE = "+962791234567", "a:accepted:1"


def report(centre: SampleCentre, message_id: str, said: Report = Report.DELIVERED, number: str = "") -> bool:
    return outbox_of(centre).report("scripted", "", message_id, said, centre.clock.now(), number)


def kept(centre: SampleCentre) -> list[str]:
    return [one for (one,) in centre.query("select message_id from tajzia.outbox_report order by message_id")]


@pytest.mark.parametrize("said", [Report.DELIVERED, Report.FAILED])
def test_a_report_that_is_quicker_than_the_answer_with_its_id_decides(centre: SampleCentre, said: Report) -> None:
    write_letters(centre, NOTICE)

    def quick(_: Attempt) -> tuple[bool, Answered]:
        assert report(centre, "m-1", said)
        assert states(centre) == {NOTICE: "sending"}
        return True, Answered(Answer.ACCEPTED, "m-1")

    sender_of(centre, ScriptedGateway(quick)).send_due()
    assert states(centre) == {NOTICE: said.value}
    assert kept(centre) == []


@NOT_OUT
@pytest.mark.parametrize("number", [TO, "962791234567", "00962791234567"])
def test_a_report_decides_where_the_answer_was_lost(centre: SampleCentre, number: str) -> None:
    write_letters(centre, NOTICE)
    sender_of(centre, ScriptedGateway(always(Answer.UNKNOWN, reaches=True))).send_due()
    assert report(centre, "m-1", Report.UNDERWAY, number)
    assert states(centre) == {NOTICE: "sent"}
    assert report(centre, "m-1", Report.DELIVERED)
    assert states(centre) == {NOTICE: "delivered"}
    assert kept(centre) == []


@NOT_OUT
def test_a_report_that_came_while_the_answer_was_being_lost_decides(centre: SampleCentre) -> None:
    write_letters(centre, NOTICE)

    def lost(_: Attempt) -> tuple[bool, Answered]:
        assert report(centre, "m-1", number=TO)
        return True, Answered(Answer.UNKNOWN)

    sender_of(centre, ScriptedGateway(lost)).send_due()
    assert states(centre) == {NOTICE: "delivered"}


def test_a_report_decides_where_the_sender_died(centre: SampleCentre) -> None:
    write_letters(centre, NOTICE)

    def dies(_: Attempt) -> tuple[bool, BaseException]:
        assert report(centre, "m-1", number=TO)
        return True, PowerCut()

    gateway = ScriptedGateway(dies)
    with pytest.raises(PowerCut):
        sender_of(centre, gateway).send_due()
    centre.clock.advance(minutes=3)
    sender_of(centre, gateway).send_due()
    assert states(centre) == {NOTICE: "delivered"}
    assert len(gateway.told) == 1


@NOT_OUT
def test_of_two_that_it_may_be_on_a_report_decides_none(centre: SampleCentre) -> None:
    """Two notices to one number whose answers were lost: a person decides, or each report by what the other left."""
    write_letters(centre, NOTICE, "b:accepted:1")
    sender_of(centre, ScriptedGateway(always(Answer.UNKNOWN, reaches=True))).send_due()
    report(centre, "m-1", number=TO)
    assert set(states(centre).values()) == {"unknown"}
    assert kept(centre) == ["m-1"]


@NOT_OUT
def test_a_number_tells_nothing_of_another_applicants_notice(centre: SampleCentre) -> None:
    write_letters(centre, NOTICE)
    sender_of(centre, ScriptedGateway(always(Answer.UNKNOWN))).send_due()
    report(centre, "m-1", number="+962790000000")
    report(centre, "m-2")
    report(centre, "m-3", number="not a number")
    assert states(centre) == {NOTICE: "unknown"}


@NOT_OUT
def test_a_report_of_before_is_on_no_later_attempt(centre: SampleCentre) -> None:
    report(centre, "m-1", number=TO)
    centre.clock.advance(minutes=1)
    write_letters(centre, NOTICE)
    sender_of(centre, ScriptedGateway(always(Answer.UNKNOWN))).send_due()
    assert states(centre) == {NOTICE: "unknown"}


def test_the_last_word_of_an_id_is_kept_and_for_a_week_at_most(centre: SampleCentre) -> None:
    report(centre, "m-1", Report.DELIVERED)
    report(centre, "m-1", Report.UNDERWAY)
    assert centre.query("select report from tajzia.outbox_report") == [("delivered",)]
    centre.clock.advance(days=8)
    report(centre, "m-2")
    assert kept(centre) == ["m-2"]


def test_an_id_that_is_none_is_kept_from_nobody(centre: SampleCentre) -> None:
    assert not report(centre, "")
    assert not report(centre, "x" * 201)
    assert kept(centre) == []
