"""A line on which nothing arrives any more, and nobody says so."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from random import Random
from types import SimpleNamespace
from typing import cast

import psycopg
import pytest
from psycopg.waiting import Ready, Wait

from desktop_app.gateway import attentive, link
from desktop_app.gateway.attentive import AttentiveConnection
from desktop_app.sync.centre_link import CentreUnreachableError
from tests.postgres_fixture import PASSWORD, SampleCentre
from tests.torture.real.proxy import FINE, FaultProxy, Way, Weather


@pytest.fixture
def proxy(centre: SampleCentre, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultProxy]:
    monkeypatch.setattr(attentive, "SILENCE", 0.5)
    monkeypatch.setattr(link, "_ASKED_AFTER", 0.0)
    opened = FaultProxy(centre.server.port, Random(1))
    yield opened
    opened.close()


@pytest.fixture
def through(centre: SampleCentre, proxy: FaultProxy) -> Iterator[link.PostgresLink]:
    """The clerk's link through the proxy."""
    opened = link.connect(replace(centre.address("K1"), port=proxy.port), "clerk", PASSWORD)
    assert opened.scope().branches
    yield opened
    opened.close()


def test_a_call_on_a_dead_line_ends(proxy: FaultProxy, through: link.PostgresLink) -> None:
    proxy.become(Weather(Way.DEAD))
    with pytest.raises(CentreUnreachableError):
        through.scope()


def test_who_listens_on_a_dead_line_finds_out_even_after_the_line_is_well_again(
    proxy: FaultProxy, through: link.PostgresLink
) -> None:
    assert not through.wait_for_news(0.01)
    proxy.become(Weather(Way.DEAD))
    proxy.become(FINE)
    with pytest.raises(CentreUnreachableError):
        through.wait_for_news(0.01)


def test_listening_in_silence_is_no_fault(through: link.PostgresLink) -> None:
    assert not through.wait_for_news(2 * attentive.SILENCE)
    assert through.scope().branches


def test_a_line_that_moves_is_not_dead_however_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(attentive, "monotonic", lambda: clock[0])
    finished: list[bool] = []
    here = cast(AttentiveConnection, SimpleNamespace(pgconn=SimpleNamespace(finish=lambda: finished.append(True))))

    def answer() -> Generator[Wait, Ready | int, str]:
        while True:
            yield Wait.R

    waiting = AttentiveConnection._not_forever(here, answer())
    next(waiting)
    for _ in range(10):
        clock[0] += attentive.SILENCE / 2
        waiting.send(Ready.NONE)
        clock[0] += attentive.SILENCE / 2
        waiting.send(Ready.R)
    clock[0] += attentive.SILENCE / 2
    waiting.send(Ready.NONE)
    clock[0] += attentive.SILENCE
    with pytest.raises(psycopg.OperationalError, match="no word"):
        waiting.send(Ready.NONE)
    assert finished == [True]
