"""Notices by a real Kannel: what its SMSC receives, what it reports, and what a Kannel in trouble does to them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.application.sending import Sender
from desktop_app.centre.gateway_settings import GatewaySettings, read_gateway
from desktop_app.centre.http_gateway import HttpGateway
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.delivery import Answer, NoticeState, Report
from desktop_app.domain.message_parts import parts_of
from desktop_app.domain.notices import Notice
from desktop_app.tour.kannel import SECONDS, Kannel
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind
from tests.centre.gateways import outbox_of, states, write_letters
from tests.centre.reported import Reported
from tests.domain.builders import make_content
from tests.postgres_fixture import SampleCentre

NOT_OUT = pytest.mark.expects_log("a notice did not go out")


def settings_for(kannel: Kannel, folder: Path) -> GatewaySettings:
    return read_gateway(kannel.settings_in(folder))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    """One that stands all the time; what ends it has its own."""
    with Kannel(tmp_path_factory.mktemp("kannel")) as kannel:
        yield kannel


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Kannel]:
    with Kannel(tmp_path / "kannel") as kannel:
        yield kannel


def sender_over(centre: SampleCentre, settings: GatewaySettings) -> Sender:
    return Sender(outbox_of(centre), HttpGateway(settings), centre.clock, lambda: 1.0)


def test_the_card_s_notices_arrive_as_they_were_written_and_are_reported(
    centre: SampleCentre, running: Kannel, tmp_path: Path
) -> None:
    clerk = centre.hand("clerk")
    clerk.send(Lodge("r1", "K1-000001", make_content()))
    clerk.send(Accept("r1"), base=1)
    centre.registrar.drain()
    settings = settings_for(running, tmp_path)
    reported = Reported(centre, settings)
    assert sender_over(centre, settings).send_due() == (2, False)
    words = [text for (text,) in centre.query("select words from tajzia.outbox order by place")]
    assert len({parts_of(one).alphabet for one in words}) == 1
    for text in words:
        parts = running.received(parts_of(text).count)
        assert "".join(part.text for part in parts) == text
        assert {(part.sender, part.to) for part in parts} == {("GAM", "+962791234567")}
    reported.wait_for(Report.DELIVERED, 2)
    assert set(states(centre).values()) == {"delivered"}


def test_the_registrar_sends_by_it_and_takes_its_reports(centre: SampleCentre, running: Kannel, tmp_path: Path) -> None:
    """As it is at a real centre: one process that decides, sends, and hears what became of it."""
    settings = running.settings_in(tmp_path)
    command = [sys.executable, "-W", "error", "-m", "desktop_app", "centre", "serve", "--gateway", str(settings)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
    assert process.stdin is not None
    assert process.stdout is not None
    clerk = centre.hand("clerk")
    try:
        process.stdin.write(f"{centre.registrar_conninfo}\n".encode())
        process.stdin.flush()
        assert process.stdout.readline() == b"ready\n"
        clerk.send(Lodge("r1", "K1-000001", make_content()))
        clerk.send(Accept("r1"), base=1)
        notices: list[Notice] = []
        while [one.stands for one in notices] != [NoticeState.DELIVERED] * 2:
            assert clerk.link.wait_for_news(SECONDS)
            rows = clerk.link.pull(8, 0, 100).rows
            notices = [decode(row.body or b"", Notice) for row in rows if row.kind is FactKind.NOTICE]
    finally:
        process.terminate()
        assert process.wait(SECONDS) == 0
        process.stdin.close()
        process.stdout.close()
    for one in sorted(notices, key=lambda one: one.id):
        parts = running.received(parts_of(one.text_ar).count)
        assert "".join(part.text for part in parts) == one.text_ar
    said = (tmp_path / "log").read_text("utf-8")
    secret = (tmp_path / "reports.secret").read_text("utf-8")
    for hidden in (running.password, secret, "962791234567", "0791234567", "أمانة"):
        assert hidden not in said


def test_a_long_text_arrives_in_the_parts_that_were_counted(
    centre: SampleCentre, running: Kannel, tmp_path: Path
) -> None:
    text = "استكمال المتطلبات: طفاية حريق، مخرج طوارئ، شهادة فحص. " * 5
    write_letters(centre, "a:accepted:1", words=text)
    sender_over(centre, settings_for(running, tmp_path)).send_due()
    expected = parts_of(text).count
    parts = running.received(expected)
    assert expected > 3
    assert [part.header[-1] for part in parts] == list(range(1, expected + 1)), "in their order"
    assert {part.header[-2] for part in parts} == {expected}, "each says of how many it is"
    assert all(len(part.content) <= 67 * 2 for part in parts)
    assert "".join(part.text for part in parts) == text


def test_english_goes_out_in_the_shorter_alphabet(centre: SampleCentre, running: Kannel, tmp_path: Path) -> None:
    text = "Amman Municipality: request R-2026-08-000001 was approved. The fees due are 125.500 JD. " + "x" * 60
    assert parts_of(text).count == 1
    write_letters(centre, "a:accepted:1", words=text)
    sender_over(centre, settings_for(running, tmp_path)).send_due()
    (part,) = running.received()
    assert (part.kind, part.content.decode("ascii")) == ("text", text)


@NOT_OUT
def test_a_number_that_is_none_is_left_to_a_person_and_the_rest_goes_out(
    centre: SampleCentre, running: Kannel, tmp_path: Path
) -> None:
    write_letters(centre, "a:accepted:1", to="")
    write_letters(centre, "b:accepted:1", words="وصلت")
    sender_over(centre, settings_for(running, tmp_path)).send_due()
    assert states(centre) == {"a:accepted:1": "failed", "b:accepted:1": "sent"}
    assert running.received()[0].text == "وصلت"


@NOT_OUT
def test_a_password_that_is_not_taken_loses_nothing(centre: SampleCentre, running: Kannel, tmp_path: Path) -> None:
    write_letters(centre, "a:accepted:1", words="انتظرت", to="+962791234561")
    settings = settings_for(running, tmp_path)
    (tmp_path / "smsbox.password").write_text("not this one\n")
    mistaken = read_gateway(tmp_path / "kannel.toml")
    assert sender_over(centre, mistaken).send_due() == (1, True)
    assert states(centre) == {"a:accepted:1": "waiting"}
    centre.clock.advance(minutes=2)
    sender_over(centre, settings).send_due()
    assert running.received()[0].text == "انتظرت"


@NOT_OUT
def test_a_kannel_that_is_down_for_an_hour_loses_nothing_and_doubles_nothing(
    centre: SampleCentre, own: Kannel, tmp_path: Path
) -> None:
    settings = settings_for(own, tmp_path)
    sender = sender_over(centre, settings)
    texts = [f"إشعار رقم {number}" for number in range(5)]
    own.end()
    for number, text in enumerate(texts):
        write_letters(centre, f"{number}:accepted:1", words=text)
    for _ in range(30):
        assert sender.send_due()[1]
        centre.clock.advance(minutes=2)
    own.end_smsc()
    own.start()
    while "waiting" in states(centre).values():
        sender.send_due()
        centre.clock.advance(minutes=1)
    write_letters(centre, "last:accepted:1", words="آخر")
    sender.send_due()
    assert sorted(part.text for part in own.nothing_more_after("آخر")) == texts


def test_a_kannel_without_a_network_queues_and_sends_once_after_a_restart(
    centre: SampleCentre, own: Kannel, tmp_path: Path
) -> None:
    """What it answers then ("queued") is its word: a client that tries again has its notice told twice."""
    settings = settings_for(own, tmp_path)
    sender = sender_over(centre, settings)
    own.end_smsc()
    write_letters(centre, "a:accepted:1", words="في الانتظار")
    sender.send_due()
    for _ in range(5):
        centre.clock.advance(hours=1)
        sender.send_due()
    own.end()
    own.start()
    write_letters(centre, "b:accepted:1", words="آخر")
    sender.send_due()
    first, last = sorted(own.received(2), key=lambda one: one.text != "في الانتظار")
    assert (first.text, last.text) == ("في الانتظار", "آخر")
    assert set(states(centre).values()) <= {"sent", "delivered"}


@NOT_OUT
def test_a_kannel_that_breaks_off_leaves_it_to_its_report(centre: SampleCentre, own: Kannel, tmp_path: Path) -> None:
    """The answer is lost on the way back: Kannel has the notice, and its report says so."""
    settings = settings_for(own, tmp_path)
    reported = Reported(centre, settings)

    class Losing(HttpGateway):
        def send(self, attempt: Attempt) -> Answered:
            super().send(attempt)
            return Answered(Answer.UNKNOWN, detail="the line broke")

    own.end_smsc()  # so that the report comes after the answer was lost
    write_letters(centre, "a:accepted:1", words="مرة واحدة")
    sender = Sender(outbox_of(centre), Losing(settings), centre.clock, lambda: 1.0)
    sender.send_due()
    for _ in range(3):
        centre.clock.advance(days=1)
        sender.send_due()
    assert states(centre) == {"a:accepted:1": "unknown"}
    own.start_smsc()
    assert own.received()[0].text == "مرة واحدة"
    reported.wait_for(Report.DELIVERED)
    assert states(centre) == {"a:accepted:1": "delivered"}


@NOT_OUT
def test_a_kannel_that_is_killed_is_asked_again_and_tells_each_once(
    centre: SampleCentre, own: Kannel, tmp_path: Path
) -> None:
    """Killed at once, not ended: what it had accepted it sent, what it had not waits for its return."""
    sender = sender_over(centre, settings_for(own, tmp_path))
    write_letters(centre, "a:accepted:1", words="قبل")
    sender.send_due()
    assert own.received()[0].text == "قبل"
    own.end(at_once=True)
    write_letters(centre, "b:accepted:1", words="بعد")
    sender.send_due()
    own.end_smsc()
    own.start()
    centre.clock.advance(minutes=2)
    sender.send_due()
    write_letters(centre, "c:accepted:1", words="آخر")
    sender.send_due()
    assert "بعد" in [part.text for part in own.nothing_more_after("آخر")]
    tries = dict(centre.query("select notice_id, attempts from tajzia.outbox"))
    assert tries == {"a:accepted:1": 1, "b:accepted:1": 2, "c:accepted:1": 1}


@NOT_OUT
def test_a_kannel_that_is_too_slow_is_not_asked_twice(centre: SampleCentre, own: Kannel, tmp_path: Path) -> None:
    """Held up whole, as a machine without memory is: our patience ends, and its report decides."""
    settings = settings_for(own, tmp_path)
    reported = Reported(centre, settings)
    own.hold_up("bearerbox")
    write_letters(centre, "a:accepted:1", words="مرة واحدة")
    sender = sender_over(centre, replace(settings, timeout_seconds=0.5))
    sender.send_due()
    assert states(centre) == {"a:accepted:1": "unknown"}
    own.let_go("bearerbox")
    assert own.received()[0].text == "مرة واحدة"
    reported.wait_for(Report.DELIVERED)
    centre.clock.advance(days=1)
    assert sender.send_due() == (0, False)
    assert states(centre) == {"a:accepted:1": "delivered"}
