"""Small true-to-life values for tests: reference data, people, a parent licence, and what an applicant gives.

Everything is Sunday 1 March 2026, ten in the morning in Amman, unless a test says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from desktop_app.domain.actor import REGISTRAR, Actor, Role
from desktop_app.domain.area import Area
from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.fees.schedule import AreaBand, FeeSchedule, LicenceRate, SignRate, WasteRate
from desktop_app.domain.licence import Licence, LicenceStatus, Parcel, Sign
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Applicant, ApplicantKind, Capacity, Identity, IdentityKind, Person
from desktop_app.domain.reference import (
    Checklist,
    ChecklistItem,
    District,
    OutsideBody,
    Reference,
    TimeWindow,
    Vocation,
)
from desktop_app.domain.request import Requirements
from desktop_app.domain.split import ChildUnit, SplitPlan
from desktop_app.domain.tracks import Due, DueKind, DuesAccount

NOW = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
TODAY = date(2026, 3, 1)
PARENT = "L-2024-08-000001"
OWNER_KEY = "national_number:9871012345"

VOCATIONS = (
    Vocation("grocery", "بقالة", "Grocery", "trade", "A"),
    Vocation("stationery", "قرطاسية", "Stationery", "trade", "B", waste_category="2"),
    Vocation("pharmacy", "صيدلية", "Pharmacy", "health", "A", bodies=("health",), checklist="health"),
    Vocation("cafe", "مقهى", "Café", "food", "A", needs_civil_defence=True, checklist="food", waste_category="3"),
    Vocation("smithy", "حدادة", "Smithy", "craft", "A", needs_construction_certificate=True, bodies=("environment",)),
)


def make_schedule(version: str = "2026-1", effective: date = date(2026, 1, 1)) -> FeeSchedule:
    """A schedule with a rate for everything in `VOCATIONS`."""
    flat = {("trade", "B"): 20_000, ("health", "A"): 60_000, ("food", "A"): 45_000, ("craft", "A"): 35_000}
    banded = (AreaBand(Area(5_000), Fils(25_000)), AreaBand(None, Fils(40_000)))
    return FeeSchedule(
        version=version,
        effective=effective,
        superseded=None,
        licence_rates=(
            LicenceRate("trade", "A", banded, "art. 5"),
            *(LicenceRate(g, c, (AreaBand(None, Fils(jd)),), "art. 6") for (g, c), jd in flat.items()),
        ),
        sign_rates=(SignRate(True, Fils(5_255), "art. 9"), SignRate(False, Fils(3_000), "art. 9")),
        waste_rates=(
            WasteRate("1", Fils(15_000), "art. 11"),
            WasteRate("2", Fils(18_000), "art. 11"),
            WasteRate("3", Fils(24_000), "art. 11"),
        ),
        penalty_windows=(),
        split_service=Fils(10_000),
        split_service_article="art. 2",
    )


def make_reference() -> Reference:
    """Five vocations, two bodies, two districts, three checklists, two windows of room for two visits each."""
    return Reference(
        vocations=VOCATIONS,
        bodies=(
            OutsideBody("health", "وزارة الصحة", "Ministry of Health"),
            OutsideBody("environment", "وزارة البيئة", "Ministry of Environment"),
        ),
        districts=(District(8, "زهران", "Zahran", 31.95, 35.9), District(9, "العبدلي", "Abdali", 31.96, 35.91)),
        checklists=(
            Checklist(
                "general",
                (
                    ChecklistItem("exits", "مخارج سالكة", "Clear exits"),
                    ChecklistItem("walls", "جدران فاصلة", "Separating walls"),
                    ChecklistItem("paint", "دهان", "Paint", blocking=False),
                ),
            ),
            Checklist("food", (ChecklistItem("hood", "شفاط", "Extractor hood"),)),
            Checklist("health", (ChecklistItem("fridge", "ثلاجة أدوية", "Medicine fridge"),)),
        ),
        windows=(TimeWindow("morning", "08:00", "11:00", 2), TimeWindow("noon", "11:00", "15:00", 2)),
        schedules=(make_schedule(),),
        calendar=WorkingCalendar(holidays=((date(2026, 3, 19), "عيد الفطر"),)),
    )


def make_person(name: str = "أحمد خليل الحسن", number: str = "9871012345") -> Person:
    return Person(name, Identity(IdentityKind.NATIONAL_NUMBER, number))


def make_applicant(capacity: Capacity = Capacity.TENANT) -> Applicant:
    return Applicant(
        ApplicantKind.CITIZEN,
        capacity,
        make_person(),
        "+962791234567",
        authority_reference="PA-77" if capacity is Capacity.AGENT else "",
    )


def make_licence(
    number: str = PARENT,
    area: int = 20_000,
    vocations: tuple[str, ...] = ("grocery", "stationery", "pharmacy"),
    signs: tuple[str, ...] = ("S1", "S2"),
) -> Licence:
    """A parent licence of 200 m² in Zahran, active and renewed for 2026, with a lit and an unlit sign."""
    return Licence(
        number=number,
        district=8,
        holder=make_person(),
        trade_name="أسواق الحسن",
        area=Area(area),
        vocations=vocations,
        signs=tuple(Sign(code, "أسواق الحسن", Area(350), lit=code == "S1") for code in signs),
        parcel=Parcel("عمان", "عمان", "33", "المدينة", "جبل عمان", "12", "457"),
        address_ar="شارع الرينبو ١٢",
        status=LicenceStatus.ACTIVE,
        renewed_for=2026,
        issued_on=date(2024, 2, 1),
        valid_until=date(2026, 12, 31),
    )


def make_child(
    key: str = "c1",
    area: int = 6_000,
    vocations: tuple[str, ...] = ("pharmacy",),
    added: tuple[str, ...] = (),
    signs: tuple[str, ...] = (),
) -> ChildUnit:
    holder = make_person("سلمى ناصر العبد", "9902054321")
    return ChildUnit(key, holder, f"محل {key}", Area(area), vocations, added, signs)


def make_plan(*children: ChildUnit, parent: str = PARENT) -> SplitPlan:
    """Without children given: a pharmacy that takes a sign (a body must approve), and a café as an added vocation
    (the Civil Defence must approve)."""
    usual = (make_child(signs=("S1",)), make_child("c2", 4_000, (), ("cafe",)))
    return SplitPlan(parent, children or usual)


def make_content(plan: SplitPlan | None = None, capacity: Capacity = Capacity.TENANT) -> RequestContent:
    return RequestContent(make_applicant(capacity), Requirements("TD-5512"), plan or make_plan())


def make_dues(*amounts: int) -> DuesAccount:
    """What the usual applicant owes, alternating between the two kinds of the card."""
    kinds = (DueKind.MUSAQQAFAT, DueKind.TAHAQQUQAT)
    return DuesAccount(
        OWNER_KEY,
        tuple(Due(f"D{i}", kinds[i % 2], Fils(amount), "عن سنة 2025") for i, amount in enumerate(amounts)),
    )


def make_actor(role: Role, login: str = "", *, branch: int = 8, cashier: bool = False, body: str = "") -> Actor:
    name = login or role.value
    return Actor(name, f"موظف {name}", role, frozenset({branch}), cashier=cashier, body=body)


def clerk(login: str = "clerk", branch: int = 8) -> Actor:
    return make_actor(Role.CLERK, login, branch=branch)


def supervisor(login: str = "supervisor", branch: int = 8) -> Actor:
    return make_actor(Role.SUPERVISOR, login, branch=branch)


def inspector(login: str = "inspector", branch: int = 8) -> Actor:
    return make_actor(Role.INSPECTOR, login, branch=branch)


def cashier(login: str = "cashier", branch: int = 8) -> Actor:
    """A clerk who may take money."""
    return make_actor(Role.CLERK, login, branch=branch, cashier=True)


def officer(body: str = "health", branch: int = 8) -> Actor:
    return make_actor(Role.BODY_OFFICER, f"officer-{body}", branch=branch, body=body)


def auditor() -> Actor:
    return replace(make_actor(Role.AUDITOR), all_branches=True)


def administrator() -> Actor:
    return replace(make_actor(Role.ADMINISTRATOR), all_branches=True)


def registrar() -> Actor:
    return REGISTRAR


def refusal_keys(outcome: Outcome) -> set[str]:
    """The keys of everything that stood against a command."""
    return {why.key for why in outcome.refusals}
