"""How long it takes until what a clerk gives at one workstation stands at another: both with the shipped store, sync
threads and TLS, the registrar in a process of its own, every commit durable."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

import psycopg

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.cli.centre_serve import READY
from desktop_app.demo.postgres import EmbeddedPostgres
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.sync.status import SyncState, SyncStatus
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.bench.row import Row
from tests.domain import builders
from tests.postgres_fixture import SampleCentre, make_centre
from tests.sync.workstations import Workstation

COMMANDS = 60
GOAL_MS = 50.0
_WAIT_SECONDS = 20.0


class NotArrivedError(AssertionError):
    """What was given never came to the other workstation: there is nothing to measure."""


def from_one_to_another(commands: int = COMMANDS) -> Row:
    """Goal: 50 ms in the middle. The peer is one row by plain PostgreSQL over connections that stay open: INSERT with
    NOTIFY here, LISTEN and SELECT there."""
    with tempfile.TemporaryDirectory(prefix="tajzia-bench-") as name, EmbeddedPostgres(Path(name) / "pg") as server:
        centre = make_centre(server)
        try:
            parents = _parents(centre, commands)
            with _registrar(centre, Path(name)), _pair(centre, Path(name)) as (here, there):
                ours = median([_once(here, there, parent) for parent in parents][2:])
            peer = _plain(centre, commands)
        finally:
            centre.close()
    return Row(
        name="workstation to workstation through the centre",
        ours=ours,
        peer=peer,
        peer_name="INSERT, NOTIFY, SELECT of plain PostgreSQL on open connections; the goal is in ms",
        unit="ms",
        goal=GOAL_MS,
        absolute=True,
    )


def _parents(centre: SampleCentre, count: int) -> list[str]:
    licences = [replace(builders.make_licence(), number=f"L-2024-08-{at:06}") for at in range(100, 100 + count)]
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, [LoadedFact(FactKind.LICENCE, one.number, one.district, encode(one)) for one in licences])
    return [one.number for one in licences]


@contextmanager
def _registrar(centre: SampleCentre, folder: Path) -> Iterator[None]:
    given = [sys.executable, "-m", "desktop_app", "centre", "serve", "--notices", str(folder / "notices")]
    with subprocess.Popen(given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(centre.registrar_conninfo + "\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != READY:
            raise NotArrivedError("the registrar does not start")
        try:
            yield
        finally:
            process.terminate()


@contextmanager
def _pair(centre: SampleCentre, folder: Path) -> Iterator[tuple[Workstation, Workstation]]:
    here = Workstation(folder / "here.db", centre, "K1", "clerk")
    there = Workstation(folder / "there.db", centre, "K2", "clerk2")
    for one in (here, there):
        one.sync.run_once()
        one.sync.start()
    try:
        yield here, there
    finally:
        for one in (here, there):
            one.sync.stop()
            one.store.close()


def _once(here: Workstation, there: Workstation, parent: str) -> float:
    """Milliseconds from the clerk's word to the other's store."""
    arrived = threading.Event()
    request_id = here.desk.new_request_id()

    def look(status: SyncStatus) -> None:
        if status.state is SyncState.SYNCED and there.queries.open_requests_on(parent):
            arrived.set()

    leave = there.sync.listen(look)
    content = builders.make_content(builders.make_plan(parent=parent))
    began = perf_counter()
    outcome = here.desk.give(Lodge(request_id, here.desk.next_reference(), content))
    here.sync.given()
    came = arrived.wait(_WAIT_SECONDS)
    took = (perf_counter() - began) * 1000
    leave()
    if not outcome.accepted or not came:
        raise NotArrivedError(f"{outcome.refusals}")
    return took


def _plain(centre: SampleCentre, count: int) -> float:
    with (
        centre.admin() as admin,
        psycopg.connect(centre.admin_conninfo, autocommit=True) as one,
        psycopg.connect(centre.admin_conninfo, autocommit=True) as other,
    ):
        admin.execute("create table bench_row (id bigserial primary key, body text)")
        other.execute("listen bench")
        body = encode(builders.make_content()).decode()
        took = []
        for _ in range(count):
            began = perf_counter()
            with one.transaction():
                one.execute("insert into bench_row (body) values (%s)", (body,))
                one.execute("notify bench")
            next(iter(other.notifies(timeout=_WAIT_SECONDS, stop_after=1)))
            other.execute("select body from bench_row order by id desc limit 1").fetchone()
            took.append((perf_counter() - began) * 1000)
    return median(took)
