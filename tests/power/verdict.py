"""What a store is found to be when the power is back, by the shipped program's own means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.application.ports.queue import QueueFilter, QueueView
from desktop_app.application.provisional import decide_again
from desktop_app.storage.drafts import StoreDrafts
from desktop_app.storage.holdings import changed_total, key_of
from desktop_app.storage.opening import Driver, open_reader
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from desktop_app.sync.engine import Engine
from desktop_app.wire.facts import EVERYWHERE
from tests.domain.builders import NOW
from tests.power.promise import Promise
from tests.power.recorded_store import state_of
from tests.power.session import BRANCHES, DESK, DEVICE, EVERYBODY_SEES
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeCentre, FakeLink
from tests.sync.stations import said, visible

_COUNTS = "SELECT branch, status, held FROM queue_count WHERE held <> 0 ORDER BY 1, 2"
_COUNTED = "SELECT branch, status, count(*) FROM request GROUP BY 1, 2 ORDER BY 1, 2"
_SEARCHED = ("licence", "request", "notice")


@dataclass(slots=True)
class Verdict:
    """What is wrong. `lost` was acknowledged and is not there; `torn` is there by half, or not as it should be."""

    lost: list[str] = field(default_factory=list)
    unopenable: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        return not (self.lost or self.unopenable or self.torn)

    def told(self) -> list[str]:
        kinds = (("lost", self.lost), ("unopenable", self.unopenable), ("torn", self.torn))
        return [f"{kind}: {one}" for kind, ones in kinds for one in ones]


def judge(folder: Path, promise: Promise, centre: FakeCentre | None) -> Verdict:
    """Opens what a cut left in `folder`, and goes on working with it: a round with the centre as it stood."""
    verdict, file = Verdict(), folder / promise.file
    try:
        store = Store.open(file, STORE_KEY)
    except Exception as why:  # noqa: BLE001 - whatever it is, nobody can work
        verdict.unopenable.append(repr(why))
        verdict.lost += promise.commands
        return verdict
    try:
        verdict.lost += _lost(store, promise)
        verdict.torn += _torn(store, promise)
        if centre is not None and promise.file == DESK:
            verdict.torn += _goes_on(store, promise, centre)
    except Exception as why:  # noqa: BLE001 - it opened, and cannot be read or written
        verdict.torn.append(repr(why))
    finally:
        store.close()
    verdict.torn += _sealed(file)
    return verdict


def _lost(store: Store, promise: Promise) -> Iterator[str]:
    with store.glancing() as driver:
        held = {name: rest for name, *rest in driver.execute("SELECT id, payload, signature FROM command")}
        as_promised = state_of(driver) in promise.states
    yield from (name for name, given in promise.commands.items() if held.get(name) != list(given))
    drafts = StoreDrafts(store)
    for (form, key), fields in promise.drafts.items():
        found = drafts.find(form, key)
        # What was being typed anew when the power went may stand in its place: then all is as it was to become.
        if (found.fields if found else None) != fields and not as_promised:
            yield f"draft {form} {key}"


def _torn(store: Store, promise: Promise) -> Iterator[str]:
    with store.glancing() as driver:
        if state_of(driver) not in promise.states:
            yield "it is neither as it was acknowledged nor as it was about to become"
        yield from _whole(driver)
    store.tally(), store.cursors(), store.snapshots(), store.waiting(100), store.missing_papers(10)
    StoreQueries(store).queue_page(QueueFilter(QueueView.ALL_OPEN, NOW), None, 50)


def _whole(driver: Driver) -> Iterator[str]:
    for check in ("integrity_check", "foreign_key_check"):
        yield from (f"{check}: {row}" for row in driver.execute(f"PRAGMA {check}").fetchall() if row != ("ok",))
    if driver.execute(_COUNTS).fetchall() != driver.execute(_COUNTED).fetchall():
        yield "the queue counts what does not stand in it"
    for branch, kind, held, total in driver.execute("SELECT branch, kind, held, total FROM holding").fetchall():
        counted, summed = 0, bytes(32)
        for name, body in driver.execute(f"SELECT {key_of(kind)}, body FROM {kind} WHERE branch = ?", (branch,)):
            counted, summed = counted + 1, changed_total(summed, kind, name, None, body)
        if (held, bytes(total)) != (counted, summed):
            yield f"the sums of {kind} in {branch} are not those of its facts"


def _goes_on(store: Store, promise: Promise, centre: FakeCentre) -> Iterator[str]:
    """A round brings both sides together: a cursor that stood further on than its facts would keep them apart."""
    centre.decide_all()
    link = FakeLink(centre, EVERYBODY_SEES, DEVICE, BRANCHES, decides_at_once=True)
    done = Engine(store, decide_again, lambda: centre.centre.now).round(link)
    tally = store.tally()
    if tally.waiting + tally.sent:
        yield "what is pending does not drain"
    if undelivered := promise.commands.keys() - centre.outcomes.keys():
        yield f"never came to the centre: {sorted(undelivered)}"
    here, there = visible(store), said(centre, (EVERYWHERE, *BRANCHES))
    if here != there:
        apart = sorted(key for key in here.keys() | there.keys() if here.get(key) != there.get(key))
        yield f"other than the centre's: {apart[:5]}"
    if done.cared is not None and done.cared.compared.differences:
        yield f"had to be mended: {done.cared.compared.differences[:3]}"
    with store.writing() as writes:
        for table in _SEARCHED:
            writes.driver.execute(f"INSERT INTO {table}_search ({table}_search, rank) VALUES ('integrity-check', 1)")


def _sealed(file: Path) -> Iterator[str]:
    """Every page of the file is whole, now that the WAL has been worked into it."""
    with closing(open_reader(file, STORE_KEY)) as connection:
        yield from (str(row) for (row,) in connection.execute("PRAGMA cipher_integrity_check").fetchall())
