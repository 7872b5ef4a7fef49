"""Commands per second through the registrar: signature, full rules, numbers, notices, history and feed, on a server
that survives power cuts. Beside it the same number of rows by one `executemany`, and one durable PUT per document
into pouchdb-server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import psycopg

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.demo.postgres import EmbeddedPostgres
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.bench.pouchdb import PouchServer
from tests.bench.row import Row, side_by_side
from tests.domain import builders
from tests.postgres_fixture import SampleCentre, make_centre

COMMANDS = 1_000
"""In one round: half are requests lodged, half are their acceptance, each on a parent licence of its own."""
ROUNDS = 3
_BATCH = 100
_COLUMNS = "parent_number, made_by, is_open, booked_day, awaits, device, role"
_PEER = f"insert into peer (kind, id, branch, sequence, body, {_COLUMNS}) values ({', '.join(['%s'] * 12)})"


class NotAllAcceptedError(AssertionError):
    """Some command was refused or put aside: what was measured is not the work."""


class RegistrarBench:
    """A durable centre that gets rounds of commands. Figures are commands per second."""

    def __init__(self, centre: SampleCentre, commands: int) -> None:
        self.centre = centre
        self.commands = commands
        self._hand = centre.hand("clerk")
        self._round = 0
        self._rows = 0
        self._peer_rows = 0
        with centre.admin() as connection:
            connection.execute("create table peer (like tajzia.fact including all)")

    def submit(self) -> None:
        """Puts a round into the inbox."""
        self._round += 1
        names = [f"{self._round}-{at:05}" for at in range(self.commands // 2)]
        parents = [replace(builders.make_licence(), number=f"L-2024-08-{self._round}{name[-5:]}") for name in names]
        with self.centre.admin() as connection, connection.transaction():
            put_facts(
                connection, [LoadedFact(FactKind.LICENCE, one.number, one.district, encode(one)) for one in parents]
            )
        signed = []
        for name, parent in zip(names, parents, strict=True):
            content = builders.make_content(builders.make_plan(parent=parent.number))
            commands: tuple[Command, ...] = (Lodge(f"r{name}", f"K1-{name}", content), Accept(f"r{name}"))
            for base, command in enumerate(commands):
                signed.append(self._hand.signed(self._hand.envelope(command, base)))
        for start in range(0, len(signed), _BATCH):
            self._hand.link.submit(signed[start : start + _BATCH])

    def decide(self) -> float:
        """A round through the registrar."""
        self.submit()
        self.centre.store.close()
        before = self._written()
        began = perf_counter()
        decided = self.centre.registrar.drain()
        took = perf_counter() - began
        self.centre.store.close()  # its session counts what it wrote when it ends
        self._rows = self._written() - before
        accepted = self.centre.query(
            "select count(*) from tajzia.fact where kind = 'outcome' and body::json ->> 'accepted' = 'true'"
        )[0][0]
        if decided != self.commands or accepted != self._round * self.commands:
            raise NotAllAcceptedError(f"{accepted} accepted of {self._round * self.commands}")
        return self.commands / took

    def plain(self) -> float:
        """As many rows as a round wrote, by one `executemany` in one transaction: facts like those the round made,
        into a table with the same indexes. A round goes before."""
        facts = self.centre.query(
            f"select kind, branch, body, {_COLUMNS} from tajzia.fact where branch = 8 and kind <> 'licence'"
            " order by sequence desc limit %s",
            self._rows,
        )
        start = self._peer_rows
        self._peer_rows += self._rows
        given = []
        for at in range(start, self._peer_rows):
            kind, branch, *rest = facts[at % len(facts)]
            given.append((kind, f"d{at}", branch, at, *rest))
        with self.centre.admin() as connection:
            began = perf_counter()
            with connection.transaction():
                connection.cursor().executemany(_PEER, given)
            return self.commands / (perf_counter() - began)

    def rows_of_a_command(self) -> float:
        """Written for one command, on average of the last round."""
        return self._rows / self.commands

    def document(self) -> str:
        """What a command says, for a peer that stores documents."""
        return str(self.centre.query("select convert_from(payload, 'UTF8') from tajzia.inbox limit 1")[0][0])

    def _written(self) -> int:
        rows = self.centre.query(
            "select sum(n_tup_ins + n_tup_upd) from pg_stat_user_tables where schemaname = 'tajzia'"
        )
        return int(rows[0][0])


@contextmanager
def durable_bench(commands: int) -> Iterator[RegistrarBench]:
    """On a server whose every commit is on the disk."""
    with tempfile.TemporaryDirectory(prefix="tajzia-bench-") as folder, EmbeddedPostgres(Path(folder) / "pg") as server:
        centre = make_centre(server)
        try:
            yield RegistrarBench(centre, commands)
        finally:
            centre.close()


def against_executemany(commands: int = COMMANDS, rounds: int = ROUNDS) -> Row:
    """Goal: 0.15 of what plain rows take."""
    with durable_bench(commands) as bench:
        bench.decide()
        ours, peer = side_by_side(bench.decide, bench.plain, rounds)
        rows = bench.rows_of_a_command()
    return Row(
        name="commands through the registrar, executemany",
        ours=ours,
        peer=peer,
        peer_name=f"psycopg {psycopg.__version__} executemany of as many rows ({rows:.1f} a command)",
        unit="commands/s",
        goal=0.15,
        more_is_better=True,
    )


def against_pouchdb(commands: int = COMMANDS, rounds: int = ROUNDS) -> Row:
    """Goal: ten times the documents that pouchdb-server takes."""
    with durable_bench(commands) as bench, PouchServer() as pouch:
        bench.decide()
        document = bench.document()
        ours, peer = side_by_side(bench.decide, lambda: pouch.put_all(document, commands // 2), rounds)
    return Row(
        name="commands through the registrar, pouchdb-server",
        ours=ours,
        peer=peer,
        peer_name=f"pouchdb-server {pouch.version}, one durable PUT a document",
        unit="commands/s",
        goal=10.0,
        more_is_better=True,
    )
