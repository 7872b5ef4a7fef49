"""The registrar as a service: at once when something comes, once at a time, stopped cleanly, started again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from desktop_app.centre.service import RegistrarService, SeatTakenError
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.request import Status
from tests.centre.wire_centre import WireCentre
from tests.domain.builders import make_content
from tests.domain.journey import Journey, journey
from tests.postgres_fixture import Hand, SampleCentre

LODGE = Lodge("r1", "K1-000001", make_content())


@contextmanager
def serving(centre: SampleCentre) -> Iterator[RegistrarService]:
    service = RegistrarService(centre.registrar_conninfo, centre.registrar.drain)
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        assert service.wait_until_ready(10)
        yield service
    finally:
        service.stop()
        thread.join(10)
        assert not thread.is_alive()
        service.close()


def await_outcome(hand: Hand, command_id: str) -> None:
    while command_id not in {row.id for row in hand.link.pull(8, 0, 1000).rows}:
        assert hand.link.wait_for_news(10), "no news within ten seconds"


def test_what_is_submitted_is_decided_without_being_asked_for(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk")
    with serving(centre):
        await_outcome(clerk, clerk.send(LODGE))
        await_outcome(clerk, clerk.send(Accept("r1"), base=1))


def test_what_came_while_nobody_served_is_decided_at_the_start(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk")
    sent = clerk.send(LODGE)
    with serving(centre):
        await_outcome(clerk, sent)


def test_one_registrar_at_a_time(centre: SampleCentre) -> None:
    with serving(centre):
        second = RegistrarService(centre.registrar_conninfo, centre.registrar.drain)
        with pytest.raises(SeatTakenError):
            second.run()
        second.close()


@pytest.mark.expects_log("the centre cannot be worked on")
def test_trouble_is_waited_out(centre: SampleCentre) -> None:
    tries: list[int] = []
    done = threading.Event()

    def work() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise OSError(28, "No space left on device")
        done.set()

    service = RegistrarService(centre.registrar_conninfo, work)
    thread = threading.Thread(target=service.run)
    thread.start()
    assert done.wait(10)
    service.stop()
    thread.join(10)
    service.close()
    assert len(tries) == 3


@pytest.mark.expects_log("the centre cannot be worked on")
def test_a_registrar_that_lost_its_session_goes_on(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk")
    with serving(centre):
        centre.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tajzia_registrar'")
        await_outcome(clerk, clerk.send(LODGE))


def test_a_session_that_sits_in_a_transaction_is_ended(centre: SampleCentre) -> None:
    idle, working = centre.raw("clerk"), centre.raw("clerk2")
    idle.execute("set idle_in_transaction_session_timeout = 0")
    idle.execute("begin")
    working.execute("select 1")
    with psycopg.connect(centre.registrar_conninfo) as registrar:
        assert registrar.execute("select tajzia.end_idle_transactions(20)").fetchone() == (0,)
        assert registrar.execute("select tajzia.end_idle_transactions(0)").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        idle.execute("select 1")
    assert working.execute("select 1").fetchone() == (1,)


def test_a_registrar_that_is_begun_anew_in_the_middle_ends_the_journey(centre: SampleCentre) -> None:
    """Another process's registrar, with nothing in its memory, takes over at every step."""

    class Restarting(WireCentre):
        def decide(self) -> None:
            from desktop_app.application.registrar import Registrar
            from desktop_app.centre.store import PostgresStore
            from desktop_app.texts.notices import notice_text
            from tests.postgres_fixture import PlainPapers

            store = PostgresStore(self.centre.registrar_conninfo)
            Registrar(store, self.centre.clock, notice_text, PlainPapers()).drain()
            store.close()

    walked: Journey = journey(Status.DELIVERED, Restarting(centre))  # type: ignore[arg-type]
    assert walked.status is Status.DELIVERED
    assert walked.request.number == "R-2026-08-000001"
