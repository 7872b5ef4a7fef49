"""A whole workplace over a real store in a folder of its own, for tests of screens and use-cases.

`make_workplace(tmp_path)` is a clerk's workstation in Zahran (8), with no centre to be reached, on which lie two
requests in every status and their licences. Close the store with `workplace.close()`.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

from desktop_app.application.command_desk import ReplicaDesk
from desktop_app.application.provisional import decide_again
from desktop_app.application.sealed_keys import Cost, make_key
from desktop_app.application.workplace import Session, Workplace
from desktop_app.documents.office_renderer import ReportlabOffice
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.area import Area
from desktop_app.domain.licence import Licence, Sign
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.domain.request import Status
from desktop_app.storage.drafts import StoreDrafts
from desktop_app.storage.papers import StorePapers
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from desktop_app.storage.verifying import StoreProofs
from desktop_app.sync.centre_link import CentreLink, CentreUnreachableError
from desktop_app.sync.engine import Engine
from desktop_app.sync.runner import SyncRunner
from tests.domain import builders
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeCentre, FakeLink, FixedClock

CHEAP = Cost(memory=64, passes=1, lanes=1)
"""Opening a key is not to take time in tests."""

STAFF: tuple[Actor, ...] = (
    replace(builders.clerk(), name_ar="ليلى حدّاد"),
    replace(builders.clerk("assessor"), name_ar="سامر عودة"),
    replace(builders.cashier(), name_ar="رنا الزعبي"),
    replace(builders.inspector(), name_ar="خالد العجارمة"),
    replace(builders.inspector("inspector-2"), name_ar="هبة النعيمات"),
    replace(builders.supervisor(), name_ar="نادر الخطيب"),
    replace(builders.officer("health"), name_ar="د. منى قعوار"),
    replace(builders.officer("environment"), name_ar="م. فادي حنا"),
    replace(builders.auditor(), name_ar="عمر الروسان"),
    replace(builders.administrator(), name_ar="دانا شاهين"),
)
NAMES = (
    "أحمد خليل الحسن", "سلمى ناصر العبد", "إبراهيم مصطفى القضاة", "آمنة يوسف الرواشدة", "مؤيد عيسى الطراونة",
    "هدى فؤاد المجالي", "رائد جميل أبو غزالة", "نسرين عبد الله الشوابكة", "لؤي حاتم بني هاني", "عائشة محمود الفايز",
)  # fmt: skip
TRADES = ("أسواق الحسن", "صيدلية الشفاء", "مكتبة المعرفة", "بقالة الرينبو", "محلات النور")
LOGIN_OF = {
    Role.CLERK: "clerk",
    Role.INSPECTOR: "inspector",
    Role.SUPERVISOR: "supervisor",
    Role.BODY_OFFICER: "officer-health",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TestWorkplace(Workplace):
    """A workplace together with what stands behind it."""

    __test__ = False

    store: Store
    centre: FakeCentre
    runner: SyncRunner
    fixed_clock: FixedClock
    link: FakeLink

    def close(self) -> None:
        self.store.close()


def parent_licence(at: int) -> Licence:
    """The `at`-th sample parent: numbers, names and trades differ."""
    return replace(
        builders.make_licence(f"L-2024-08-{at + 1:06d}", area=20_000 + 1_000 * (at % 7)),
        trade_name=TRADES[at % len(TRADES)],
        holder=_person(at),
        signs=(Sign("S1", TRADES[at % len(TRADES)], Area(350), True), Sign("S2", "لوحة جانبية", Area(120), False)),
    )


def content_for(at: int) -> RequestContent:
    """What is asked of the `at`-th sample parent: a pharmacy and a café are split off."""
    content = builders.make_content(builders.make_plan(parent=parent_licence(at).number))
    return replace(content, applicant=replace(content.applicant, person=_person(at)))


def _person(at: int) -> Person:
    name = NAMES[at % len(NAMES)]
    return Person(name, Identity(IdentityKind.NATIONAL_NUMBER, f"98{at:08d}"))


def sample_centre(each: int = 2, spare_licences: int = 10, statuses: Sequence[Status] = tuple(Status)) -> FakeCentre:
    """A centre with `each` requests in every one of `statuses`, each on its own parent, and licences without any."""
    count = each * len(statuses)
    centre = Centre(*(parent_licence(at) for at in range(count + spare_licences)))
    centre.staff = tuple(one for one in STAFF if one.role is Role.INSPECTOR)
    for at in range(count):
        status = statuses[at % len(statuses)]
        centre.now = builders.NOW - timedelta(hours=19 * (at % 9))
        begun = centre.now
        walked: Journey = journey(status, centre, content_for(at), f"r{at + 1:03d}")
        assert walked.status is status
        centre.now = begun
    centre.now = builders.NOW
    return FakeCentre(centre, STAFF)


def make_workplace(
    tmp_path: Path,
    role: Role = Role.CLERK,
    *,
    cashier: bool = False,
    login: str = "",
    device: str = "K1",
    centre: FakeCentre | None = None,
    online: bool = False,
) -> TestWorkplace:
    """A workplace of someone of `role` (or of `login`, one of `STAFF`) whose store lies in `tmp_path`.

    It has pulled all that `centre` (by default `sample_centre()`) knows. With `online` the centre stays within reach:
    `sync.run_once()` delivers, has it decided and brings the outcome; otherwise every contact fails.
    """
    actor = next(one for one in STAFF if one.id == (login or ("cashier" if cashier else LOGIN_OF[role])))
    clock = FixedClock(builders.NOW)
    file = tmp_path / f"{device}.db"
    if centre is None:
        filled, usual = _filled_once()
        shutil.copyfile(filled, file)
        centre = usual.backup()
    store = Store.open(file, STORE_KEY)
    engine = Engine(store, decide_again, clock.now)
    _, signer = make_key("", "", CHEAP)
    link = FakeLink(centre, actor.id, device, decides_at_once=True)
    link.register_key(signer.public)
    engine.round(link)

    def connect() -> CentreLink:
        if not online:
            raise CentreUnreachableError("no centre in this test")
        return link

    runner = SyncRunner(engine, connect, store.tally, clock.now, Random(1), _raise)
    session = Session(actor, device, min(actor.branches, default=8), online=online)
    return TestWorkplace(
        session=session,
        queries=StoreQueries(store),
        commands=ReplicaDesk(store, session, signer, clock, runner.given),
        drafts=StoreDrafts(store),
        papers=StorePapers(store),
        office=ReportlabOffice(),
        proofs=StoreProofs(store),
        sync=runner,
        clock=clock,
        store=store,
        centre=centre,
        runner=runner,
        fixed_clock=clock,
        link=link,
    )


@cache
def _filled_once() -> tuple[Path, FakeCentre]:
    """A closed store that holds all of `sample_centre()`, made once for all tests of the process and then copied."""
    folder = Path(tempfile.mkdtemp(prefix="tajzia-tests-"))
    atexit.register(shutil.rmtree, folder)
    centre, file = sample_centre(), folder / "filled.db"
    store = Store.open(file, STORE_KEY)
    Engine(store, decide_again, lambda: builders.NOW).round(FakeLink(centre, "clerk", "K1"))
    store.close()
    return file, centre


def _raise(error: Exception) -> None:
    raise error
