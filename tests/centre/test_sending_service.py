"""The sender as a service: at once when something is written, through trouble of the gateway and of the database, until
it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.centre.sending_service import SendingService
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.delivery import Answer
from tests.centre.gateways import ScriptedGateway, sender_of, states, write_letters
from tests.domain.builders import make_content
from tests.postgres_fixture import SampleCentre

SECONDS = 20


@contextmanager
def at_work(centre: SampleCentre, send: Callable[[Callable[[], bool]], tuple[int, bool]]) -> Iterator[None]:
    service = SendingService(centre.registrar_conninfo, send, lambda: 0.0)
    ready = threading.Event()
    thread = threading.Thread(target=service.run, args=(ready.set,))
    thread.start()
    try:
        assert ready.wait(SECONDS)
        yield
    finally:
        service.stop()
        thread.join(SECONDS)
        assert not thread.is_alive()


class Told(ScriptedGateway):
    """Can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.news = threading.Condition()

    def send(self, attempt: Attempt) -> Answered:
        answered = super().send(attempt)
        with self.news:
            self.news.notify_all()
        return answered

    def wait_for(self, count: int) -> None:
        with self.news:
            assert self.news.wait_for(lambda: len(self.told) >= count, SECONDS)


def test_what_is_decided_goes_out_at_once(centre: SampleCentre) -> None:
    gateway = Told()
    with at_work(centre, sender_of(centre, gateway).send_due):
        clerk = centre.hand("clerk")
        clerk.send(Lodge("r1", "K1-000001", make_content()))
        clerk.send(Accept("r1"), base=1)
        centre.registrar.drain()
        gateway.wait_for(2)
    assert set(states(centre).values()) == {"sent"}


@pytest.mark.expects_log("a notice did not go out")
def test_a_gateway_in_trouble_is_asked_again_by_itself(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1", "b:accepted:1")
    gateway = Told()
    down = Answered(Answer.POSTPONED, everybody=True)
    gateway.plan = lambda one: (False, down) if len(gateway.tried) == 1 else (True, Answered(Answer.ACCEPTED))
    with at_work(centre, sender_of(centre, gateway).send_due):
        gateway.wait_for(1)
    assert [one.notice_id for one in gateway.told] == ["b:accepted:1"], "the first waits for its own next try"


@pytest.mark.expects_log("notices cannot be sent")
@pytest.mark.expects_log("the sender of notices met a bug")
def test_trouble_of_the_database_and_a_bug_are_waited_out(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1")
    gateway = Told()
    sender, troubles = sender_of(centre, gateway), [ConnectionError("gone"), ValueError("a bug")]

    def send(go_on: Callable[[], bool]) -> tuple[int, bool]:
        if troubles:
            raise troubles.pop(0)
        return sender.send_due(go_on)

    with at_work(centre, send):
        gateway.wait_for(1)
    assert states(centre) == {"a:accepted:1": "sent"}


def test_a_stop_lets_the_attempt_that_is_under_way_end_and_begins_no_other(centre: SampleCentre) -> None:
    write_letters(centre, "a:accepted:1", "b:accepted:1")
    gateway = ScriptedGateway()
    sender = sender_of(centre, gateway)
    service = SendingService(centre.registrar_conninfo, sender.send_due, lambda: 0.0)

    def stopping(_: Attempt) -> tuple[bool, Answered]:
        service.stop()
        return True, Answered(Answer.ACCEPTED)

    gateway.plan = stopping
    service.run()
    assert states(centre) == {"a:accepted:1": "sent", "b:accepted:1": "waiting"}
