"""Where every schedule begins: a centre with requests in many statuses in two branches, and a store that holds it all.

Made once for each process; schedules begin with copies.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.provisional import decide_again
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.licence import Licence
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Status
from desktop_app.storage.store import Store
from desktop_app.sync.engine import Engine
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain import builders
from tests.store_key import STORE_KEY
from tests.torture.door import Door
from tests.torture.feed import LockedCounters, put_facts
from tests.torture.tables import Tables, Transaction
from tests.workplaces import content_for, parent_licence, sample_centre

EIGHT, NINE = 8, 9
DEVICES = tuple(f"K{number}" for number in range(1, 11))
EVERYBODY_SEES = "both"
"""Follows both branches: in whose name every device is drained at the end."""
STATUSES = (
    Status.DRAFT, Status.LODGED, Status.DUES_OUTSTANDING, Status.AWAITING_APPROVALS, Status.TO_SCHEDULE,
    Status.INSPECTION_SCHEDULED, Status.AWAITING_CIVIL_DEFENCE, Status.FEES_TO_ASSESS, Status.FEES_TO_APPROVE,
    Status.AWAITING_PAYMENT, Status.ISSUED,
)  # fmt: skip
_SPARE = 3


def _person(role: Role, login: str, *branches: int, cashier: bool = False, body: str = "") -> Actor:
    made = builders.make_actor(role, login, cashier=cashier, body=body)
    return replace(made, branches=frozenset(branches))


STAFF: dict[str, Actor] = {
    one.id: one
    for one in (
        _person(Role.CLERK, "clerk", EIGHT),
        _person(Role.CLERK, "clerk9", NINE),
        _person(Role.CLERK, EVERYBODY_SEES, EIGHT, NINE, cashier=True),
        _person(Role.CLERK, "assessor", EIGHT, NINE),
        _person(Role.CLERK, "cashier", EIGHT, cashier=True),
        _person(Role.INSPECTOR, "inspector", EIGHT, NINE),
        _person(Role.INSPECTOR, "inspector-2", EIGHT),
        _person(Role.SUPERVISOR, "supervisor", EIGHT, NINE),
        _person(Role.BODY_OFFICER, "officer-health", EIGHT, body="health"),
        _person(Role.ADMINISTRATOR, "administrator"),
    )
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """`contents` are what may be lodged anew; `file` is a closed store that has pulled everything for two branches,
    `empty` one that has never met the centre."""

    tables: Tables
    contents: tuple[RequestContent, ...]
    file: Path
    empty: Path


def in_memory() -> Path | None:
    """Where files are kept in memory, if the machine has such a place."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


@cache
def scratch() -> Path:
    """This process's folder: within its starter's, or else it goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix="tajzia-torture-", dir=_STARTERS[-1] if _STARTERS else in_memory()))
    if not _STARTERS:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


_STARTERS: list[Path] = []


def work_within(folder: Path) -> None:
    """From now on this process works in `folder`, which whoever started it removes: a worker of a pool ends without
    cleaning up."""
    _STARTERS.append(folder)


@cache
def beginning() -> Beginning:
    tables, contents = _centre()
    file = scratch() / "beginning.db"
    store = Store.open(file, STORE_KEY)
    door = Door(tables, EVERYBODY_SEES, DEVICES[0], tables.life, builders.NOW)
    Engine(store, decide_again, lambda: builders.NOW).round(door)
    store.close()
    empty = scratch() / "empty.db"
    Store.open(empty, STORE_KEY).close()
    return Beginning(tables, contents, file, empty)


def _centre() -> tuple[Tables, tuple[RequestContent, ...]]:
    sample = sample_centre(each=1, spare_licences=_SPARE, statuses=STATUSES)
    tables = Tables()
    tables.committed["epoch"]["name"] = "epoch-1"
    tables.committed["staff"] = dict(STAFF)
    tables.committed["device"] = dict.fromkeys(DEVICES, EIGHT)
    tables.committed["paper"] = dict(sample.papers)
    year = builders.NOW.year
    numbers = sample.centre.numbers
    tables.committed["number"] = {
        ("request", year, EIGHT): numbers.requests, ("licence", year, EIGHT): numbers.licences
    }  # fmt: skip
    tables.committed["receipt"] = {
        receipt.number: one.id for one in sample.centre.requests.values() for receipt in one.payment.receipts
    }
    tables.committed["sheet"] = {
        sheet.serial: one.id for one in sample.centre.requests.values() for sheet in one.issue.sheets
    }
    parents = [_in_nine(at) for at in range(_SPARE)]
    facts = [
        LoadedFact(row.kind, row.id, branch, row.body)
        for branch, rows in sample.feed.items()
        for row in rows.values()
        if row.kind is not FactKind.STAFF
    ]
    facts += [LoadedFact(FactKind.STAFF, one.id, EVERYWHERE, encode(one)) for one in STAFF.values()]
    facts += [LoadedFact(FactKind.LICENCE, one.number, NINE, encode(one)) for one in parents]
    owing = content_for(len(STATUSES))
    owing = replace(owing, applicant=replace(owing.applicant, capacity=Capacity.OWNER))
    account = replace(builders.make_dues(120_500, 80_000), id=owing.applicant.person.identity.key)
    facts.append(LoadedFact(FactKind.DUES, account.id, EVERYWHERE, encode(account)))
    transaction = Transaction(tables)
    put_facts(transaction, facts, LockedCounters())
    transaction.commit()
    free = [content_for(len(STATUSES) + at) for at in range(1, _SPARE)]
    return tables, (owing, *free, *(_content_on(at, one) for at, one in enumerate(parents)))


def _in_nine(at: int) -> Licence:
    return replace(parent_licence(50 + at), number=f"L-2024-09-{at + 1:06d}", district=NINE)


def _content_on(at: int, parent: Licence) -> RequestContent:
    content = content_for(50 + at)
    return replace(content, plan=replace(content.plan, parent_number=parent.number))
