"""The outbox: what waits goes out once, and nothing that may have gone out is sent again by itself."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.application.sending import Sender
from desktop_app.centre.notice_folder import NoticeFolder
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.delivery import Answer, NoticeState, Report
from desktop_app.domain.notices import Notice
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind
from tests.centre.gateways import (
    PowerCut,
    ScriptedGateway,
    always,
    outbox_of,
    sender_of,
    states,
    write_letters,
)
from tests.domain.builders import make_content
from tests.postgres_fixture import Hand, SampleCentre

NOT_OUT = pytest.mark.expects_log("a notice did not go out")


def accepted(centre: SampleCentre) -> Hand:
    """A request that was accepted: two notices wait."""
    clerk = centre.hand("clerk")
    clerk.send(Lodge("r1", "K1-000001", make_content()))
    clerk.send(Accept("r1"), base=1)
    centre.registrar.drain()
    return clerk


def in_the_feed(hand: Hand) -> list[Notice]:
    rows = [row for row in hand.link.pull(8, 0, 100).rows if row.kind is FactKind.NOTICE]
    return [decode(row.body or b"", Notice) for row in rows]


def test_what_waits_goes_out_once_in_its_order_and_the_case_shows_when(centre: SampleCentre) -> None:
    clerk = accepted(centre)
    assert {one.stands for one in in_the_feed(clerk)} == {NoticeState.WAITING}
    gateway = ScriptedGateway()
    assert sender_of(centre, gateway).send_due() == (2, False)
    assert sender_of(centre, gateway).send_due() == (0, False)
    assert [one.notice_id.split(":")[1] for one in gateway.told] == ["accepted", "approval_needed"]
    told = in_the_feed(clerk)
    assert {one.stands for one in told} == {NoticeState.SENT}
    assert {one.sent_at for one in told} == {centre.clock.now()}
    assert [one.text for one in gateway.told] == [one.text_ar for one in sorted(told, key=lambda one: one.id)]


def test_a_folder_holds_each_notice_once(centre: SampleCentre, tmp_path: Path) -> None:
    accepted(centre)
    folder = tmp_path / "notices"

    class Crashing(NoticeFolder):
        """Hands the notice over, and then the power goes."""

        def send(self, attempt: Attempt) -> Answered:
            super().send(attempt)
            raise PowerCut

    with pytest.raises(PowerCut):
        Sender(outbox_of(centre), Crashing(folder), centre.clock, lambda: 0.0).send_due()
    centre.clock.advance(minutes=3)
    again = Sender(outbox_of(centre), NoticeFolder(folder), centre.clock, lambda: 0.0)
    assert again.send_due() == (2, False)
    words = {f"{to}\n\n{text}\n" for to, text in centre.query("select recipient, words from tajzia.outbox")}
    assert {file.read_text("utf-8") for file in folder.iterdir()} == words
    assert len(list(folder.iterdir())) == 2


@NOT_OUT
def test_a_wrong_number_holds_up_nobody(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1", to="+0")
    write_letters(centre, "a:fees_due:1", "b:accepted:1")
    wrong = Answered(Answer.REFUSED, detail="400")
    gateway = ScriptedGateway(lambda one: (False, wrong) if one.to == "+0" else (True, Answered(Answer.ACCEPTED)))
    assert sender_of(centre, gateway).send_due() == (3, False)
    assert states(centre) == {"a:accepted:1": "failed", "a:fees_due:1": "sent", "b:accepted:1": "sent"}


@NOT_OUT
def test_what_was_put_off_holds_back_its_own_request_and_is_tried_again_later(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1", "a:fees_due:1", "b:accepted:1")
    gateway = ScriptedGateway(
        lambda one: (
            (False, Answered(Answer.POSTPONED))
            if one.notice_id == "a:accepted:1" and one.number < 3
            else (True, Answered(Answer.ACCEPTED))
        )
    )
    sender = sender_of(centre, gateway)
    sender.send_due()
    assert states(centre) == {"a:accepted:1": "waiting", "a:fees_due:1": "waiting", "b:accepted:1": "sent"}
    assert sender.send_due() == (0, False), "not before its time"
    centre.clock.advance(seconds=5)
    sender.send_due()
    centre.clock.advance(seconds=10)
    sender.send_due()
    assert [one.notice_id for one in gateway.told] == ["b:accepted:1", "a:accepted:1", "a:fees_due:1"]
    assert set(states(centre).values()) == {"sent"}


@NOT_OUT
def test_a_gateway_that_is_down_for_an_hour_loses_nothing_and_doubles_nothing(centre: SampleCentre) -> None:
    names = [f"{request}:accepted:1" for request in "abcdef"]
    write_letters(centre, *names)
    up = centre.clock.now().timestamp() + 3600
    down = Answered(Answer.POSTPONED, detail="refused", everybody=True)
    gateway = ScriptedGateway(
        lambda _: (True, Answered(Answer.ACCEPTED)) if centre.clock.now().timestamp() >= up else (False, down)
    )
    sender = sender_of(centre, gateway)
    for _ in range(90):
        sender.send_due()
        centre.clock.advance(minutes=1)
    assert sorted(one.notice_id for one in gateway.told) == names
    assert set(states(centre).values()) == {"sent"}
    assert len(gateway.tried) < 80, "a gateway that is down is asked once in each round"


@NOT_OUT
def test_what_is_put_off_for_three_days_is_left_to_a_person(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1")
    sender = sender_of(centre, ScriptedGateway(always(Answer.POSTPONED)))
    sender.send_due()
    centre.clock.advance(hours=73)
    sender.send_due()
    assert states(centre) == {"a:accepted:1": "failed"}


@NOT_OUT
@pytest.mark.parametrize("reaches", [True, False])
def test_what_may_have_gone_out_is_never_sent_again_by_itself(centre: SampleCentre, reaches: bool) -> None:
    clerk = accepted(centre)
    gateway = ScriptedGateway(always(Answer.UNKNOWN, reaches=reaches))
    sender = sender_of(centre, gateway)
    for _ in range(5):
        sender.send_due()
        centre.clock.advance(days=1)
    assert len(gateway.tried) == 2
    assert {one.stands for one in in_the_feed(clerk)} == {NoticeState.UNKNOWN}


@pytest.mark.expects_log("a notice met a bug")
@NOT_OUT
def test_a_bug_on_the_way_is_as_good_as_no_answer(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1")
    gateway = ScriptedGateway(lambda _: (True, ValueError("a bug")))
    assert sender_of(centre, gateway).send_due() == (1, True)
    assert states(centre) == {"a:accepted:1": "unknown"}


def test_a_sender_that_died_on_the_way_leaves_it_to_the_report_or_to_a_person(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1", "b:accepted:1")
    dying = ScriptedGateway(lambda _: (True, PowerCut()))
    with pytest.raises(PowerCut):
        sender_of(centre, dying).send_due()
    living = ScriptedGateway()
    sender = sender_of(centre, living)
    sender.send_due()
    assert states(centre) == {"a:accepted:1": "sending", "b:accepted:1": "sent"}, "its time is not over yet"
    centre.clock.advance(minutes=3)
    sender.send_due()
    assert states(centre)["a:accepted:1"] == "unknown"
    assert [one.notice_id for one in living.tried] == ["b:accepted:1"]


@NOT_OUT
@pytest.mark.parametrize(
    ("report", "state"),
    [(Report.DELIVERED, "delivered"), (Report.UNDERWAY, "sent"), (Report.FAILED, "failed")],
)
def test_a_report_decides_what_nobody_could_tell(centre: SampleCentre, report: Report, state: str) -> None:
    write_letters(centre, "a:accepted:1")
    gateway = ScriptedGateway(always(Answer.UNKNOWN))
    sender_of(centre, gateway).send_due()
    outbox = outbox_of(centre)
    assert outbox.report("scripted", gateway.tried[0].token, "", report, centre.clock.now())
    assert states(centre) == {"a:accepted:1": state}


def test_a_report_that_comes_before_the_answer_counts(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1")
    outbox = outbox_of(centre)

    def answer(attempt: Attempt) -> tuple[bool, Answered]:
        assert outbox.report("scripted", attempt.token, "", Report.DELIVERED, centre.clock.now())
        return True, Answered(Answer.ACCEPTED)

    sender_of(centre, ScriptedGateway(answer)).send_due()
    assert states(centre) == {"a:accepted:1": "delivered"}
    assert outbox.report("scripted", "0" * 32, "", Report.FAILED, centre.clock.now()) is False


def test_a_report_by_the_gateways_own_id(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1")
    sender_of(centre, ScriptedGateway(lambda _: (True, Answered(Answer.ACCEPTED, "m-17")))).send_due()
    outbox = outbox_of(centre)
    assert outbox.report("another", "", "m-17", Report.FAILED, centre.clock.now()), "kept: it may be known yet"
    assert states(centre) == {"a:accepted:1": "sent"}
    assert outbox.report("scripted", "", "m-17", Report.DELIVERED, centre.clock.now())
    assert states(centre) == {"a:accepted:1": "delivered"}


def settle(centre: SampleCentre, wish: str, why: str = "he called") -> bool:
    ((done,),) = centre.query("select tajzia.settle_notice('a:accepted:1', %s, %s)", wish, why)
    return bool(done)


@NOT_OUT
def test_a_person_has_it_sent_once_more_or_takes_it_as_sent(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1")
    gateway = ScriptedGateway(always(Answer.UNKNOWN))
    sender = sender_of(centre, gateway)
    assert not settle(centre, "waiting"), "it waits already"
    sender.send_due()
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        settle(centre, "waiting", " ")
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        settle(centre, "delivered")
    assert settle(centre, "waiting")
    sender.send_due()
    assert len(gateway.tried) == 2
    assert settle(centre, "sent", "he read it to me")
    sender.send_due()
    assert len(gateway.tried) == 2
    assert states(centre) == {"a:accepted:1": "sent"}
    decided = centre.query("select by_login, before, after, why from tajzia.outbox_decision order by at")
    assert decided == [
        ("postgres", "unknown", "waiting", "he called"),
        ("postgres", "unknown", "sent", "he read it to me"),
    ]


@NOT_OUT
def test_an_old_attempts_report_takes_back_the_next_try_or_leaves_it(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1")
    gateway = ScriptedGateway(always(Answer.UNKNOWN))
    sender = sender_of(centre, gateway)
    sender.send_due()
    settle(centre, "waiting")
    outbox, old = outbox_of(centre), gateway.tried[0].token
    outbox.report("scripted", old, "", Report.UNDERWAY, centre.clock.now())
    assert sender.send_due() == (0, False), "the first did go out"
    outbox.report("scripted", old, "", Report.FAILED, centre.clock.now())
    settle(centre, "waiting")
    sender.send_due()
    outbox.report("scripted", old, "", Report.FAILED, centre.clock.now())
    assert states(centre) == {"a:accepted:1": "unknown"}, "what failed is not the last attempt"


def test_two_senders_share_the_work(centre: SampleCentre) -> None:
    names = [f"{number:02}:accepted:1" for number in range(20)]
    write_letters(centre, *names)
    gateway = ScriptedGateway()
    other = sender_of(centre, gateway)

    def answer(attempt: Attempt) -> tuple[bool, Answered]:
        if attempt.notice_id == names[0]:
            assert other.send_due() == (19, False)  # while the first is under way
        return True, Answered(Answer.ACCEPTED)

    gateway.plan = answer
    assert sender_of(centre, gateway).send_due() == (1, False)
    assert sorted(one.notice_id for one in gateway.tried) == names
