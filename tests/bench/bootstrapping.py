"""A workstation that is new takes over 100,000 licences of a real centre, until they can be searched; beside it the
same rows, made beforehand, by one plain `executemany` into a store with the same indexes, the full-text one too."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from time import perf_counter
from typing import Any

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.provisional import decide_again
from desktop_app.centre.feed import put_facts
from desktop_app.demo.postgres import EmbeddedPostgres
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.gateway.link import PostgresLink
from desktop_app.storage.projection import licence_row
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.engine import Engine
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.bench.row import Row, side_by_side
from tests.domain import builders
from tests.postgres_fixture import SampleCentre, make_centre
from tests.store_key import STORE_KEY
from tests.workplaces import NAMES, TRADES, parent_licence

LICENCES = 100_000
ROUNDS = 3
_LOADED_AT_ONCE = 10_000


class NotSearchableError(AssertionError):
    """What was written cannot be found: there is nothing to compare."""


def licence_bodies(licences: int) -> Iterator[tuple[str, bytes]]:
    """Number and body of each. Names are put together of the parts of the sample's; every identity is another."""
    parts = [name.split() for name in NAMES]
    firsts, middles, lasts = ([words[at] for words in parts] for at in (0, 1, -1))
    for at in range(licences):
        name = f"{firsts[at % 10]} {middles[at // 10 % 10]} {middles[at // 100 % 10]} {lasts[at // 1000 % 10]}"
        holder = Person(name, Identity(IdentityKind.NATIONAL_NUMBER, f"98{at:08d}"))
        trade = f"{TRADES[at % len(TRADES)]} {lasts[at // 7 % 10]} {at % 997}"
        licence = replace(parent_licence(at), holder=holder, trade_name=trade, district=8)
        yield licence.number, encode(licence)


@contextmanager
def filled_centre(folder: Path, licences: int) -> Iterator[SampleCentre]:
    """A centre whose branch 8 holds so many licences."""
    with EmbeddedPostgres(folder / "postgres", durable=False) as server:
        centre = make_centre(server)
        facts = (LoadedFact(FactKind.LICENCE, number, 8, body) for number, body in licence_bodies(licences))
        with centre.admin() as admin:
            while some := tuple(islice(facts, _LOADED_AT_ONCE)):
                with admin.transaction():
                    put_facts(admin, some)
        with centre.admin() as admin:
            admin.execute("analyze tajzia.fact")
        try:
            yield centre
        finally:
            centre.close()


def bootstrap(licences: int = LICENCES, rounds: int = ROUNDS) -> Row:
    """Goal: at least half the speed. Ours asks the centre over TLS, checks and decodes, makes the rows and stores them
    in transactions of a chunk, each durable with its cursor; the peer has its rows and one transaction."""
    with tempfile.TemporaryDirectory(prefix="tajzia-bench-") as name:
        folder, numbers = Path(name), count()
        rows = [licence_row(body) for _, body in licence_bodies(licences)]
        with filled_centre(folder, licences) as centre:
            fresh = partial(_fresh, folder, numbers)
            ours, peer = side_by_side(
                lambda: licences / _ours(fresh, centre.connect("clerk", "K1"), licences),
                lambda: licences / _plain(fresh, rows),
                rounds,
            )
    return Row(
        name=f"bootstrap of {licences:,} licences",
        ours=ours,
        peer=peer,
        peer_name="executemany of the same rows into the same store and indexes",
        unit="/s",
        goal=0.5,
        more_is_better=True,
    )


def _fresh(folder: Path, numbers: Iterator[int]) -> Path:
    return folder / f"store-{next(numbers)}.db"


def _ours(fresh: Callable[[], Path], link: PostgresLink, licences: int) -> float:
    file = fresh()
    store = Store.open(file, STORE_KEY)
    try:
        engine: Engine[ReplicaWrites] = Engine(store, decide_again, lambda: builders.NOW)
        began = perf_counter()
        engine.round(link)
        took = perf_counter() - began
        _must_be_found(store, licences)
    finally:
        link.close()
        store.close()
        _remove(file)
    return took


def _plain(fresh: Callable[[], Path], rows: list[dict[str, Any]]) -> float:
    """The schema is the store's; what keeps more than indexes (the sums of what is held) is taken away."""
    file = fresh()
    store = Store.open(file, STORE_KEY)
    columns = ", ".join(rows[0])
    statement = f"INSERT INTO licence ({columns}) VALUES ({', '.join('?' * len(rows[0]))})"
    values = [tuple(row.values()) for row in rows]
    try:
        with store.writing() as writes:
            triggers = writes.driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (trigger,) in triggers:
                if "_search_" not in trigger:
                    writes.driver.execute(f"DROP TRIGGER {trigger}")
        began = perf_counter()
        with store.writing() as writes:
            writes.driver.executemany(statement, values)
        took = perf_counter() - began
        _must_be_found(store, len(rows))
    finally:
        store.close()
        _remove(file)
    return took


def _must_be_found(store: Store, licences: int) -> None:
    """The last of all, by number and by its holder's identity."""
    last = licences - 1
    wanted = parent_licence(last).number
    for text in (wanted, f"98{last:08d}"):
        found = [row.number for row in StoreQueries(store).licence_page(text, None, None, 5).rows]
        if found != [wanted]:
            raise NotSearchableError(f"{text}: {found}")


def _remove(file: Path) -> None:
    for one in file.parent.glob(f"{file.name}*"):
        one.unlink()
