"""The edited tables at the centre: who writes rows, what of them reaches the reference data, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import psycopg
import pytest

from desktop_app.application.ports.administration import RefusedByCentreError
from desktop_app.centre.steward import Steward
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.dated_rows import DatedRow, Period, TableKind
from desktop_app.domain.dated_tables import period_on
from desktop_app.domain.reference import Reference
from desktop_app.gateway.administration import PostgresAdministration
from desktop_app.sync.centre_link import NotAdmittedError
from desktop_app.wire.codec import decode
from tests.domain.builders import make_content
from tests.postgres_fixture import SampleCentre


@pytest.fixture
def steward(centre: SampleCentre) -> Iterator[Steward]:
    made = Steward(centre.registrar_conninfo, None, centre.clock.now)
    yield made
    made.close()


@pytest.fixture
def administration(centre: SampleCentre) -> PostgresAdministration:
    return PostgresAdministration(centre.address("S1"), lambda: centre.connect("administrator", "S1"))


def today_of(centre: SampleCentre) -> date:
    """The database's own: it looks at the day as well."""
    ((now,),) = centre.query("select clock_timestamp()")
    assert isinstance(now, datetime)
    return now.astimezone(AMMAN).date()


def published(centre: SampleCentre) -> Reference:
    ((body,),) = centre.query("select body from tajzia.fact where kind = 'reference'")
    return decode(body, Reference)


def test_what_an_administrator_writes_reaches_everybody_and_is_confirmed_once(
    centre: SampleCentre, administration: PostgresAdministration, steward: Steward
) -> None:
    today = today_of(centre)
    days_off = DatedRow(TableKind.HOLIDAY, today.isoformat(), "عطلة طارئة", today)
    longer = DatedRow(TableKind.PERIOD, Period.PAYMENT.value, "45", today)
    administration.set_dated_row(days_off, "بلاغ رئاسة الوزراء")
    administration.set_dated_row(longer, "قرار اللجنة")
    steward.work()
    reference = published(centre)
    assert reference.changes == (days_off, longer)
    assert reference.calendar.holiday_name(today) == "عطلة طارئة"
    assert period_on(reference, Period.PAYMENT, today) == 45
    assert period_on(reference, Period.PAYMENT, today - timedelta(days=1)) == reference.payment_days
    newest, first = administration.dated_rows(10)
    assert (newest.row, newest.reason, newest.by, newest.confirmed_by) == (longer, "قرار اللجنة", "administrator", "")
    assert administration.confirm_dated_row(first.place, "بلاغ ١٢ لسنة ٢٠٢٦")
    assert not administration.confirm_dated_row(first.place, "another"), "once only"
    steward.work()
    assert [row.source for row in published(centre).changes] == ["بلاغ ١٢ لسنة ٢٠٢٦", ""]
    (_, confirmed) = administration.dated_rows(10)
    assert (confirmed.confirmed_by, confirmed.confirmed_at is not None) == ("administrator", True)
    administration.set_dated_row(DatedRow(TableKind.HOLIDAY, today.isoformat(), "", today), "أُلغيت")
    steward.work()
    assert published(centre).calendar.holiday_name(today) is None


def test_the_centre_decides_by_the_row_of_the_day(
    centre: SampleCentre, administration: PostgresAdministration, steward: Steward
) -> None:
    content = make_content()
    vocation = content.plan.children[0].all_vocations[0]
    with centre.admin() as admin:  # the centre's clock in tests stands on another day than the database's
        admin.execute(
            "insert into tajzia.dated_row (kind, key, value, valid_from, reason, set_by)"
            " values ('certificate', %s, 'yes', '2020-01-01', 'x', 'administrator')",
            (vocation,),
        )
    steward.work()
    clerk = centre.hand("clerk")
    clerk.send(Lodge("r1", "K1-000001", content))
    centre.registrar.drain()
    ((body,),) = centre.query("select body from tajzia.fact where kind = 'outcome'")
    assert "requirements.construction_certificate_missing" in str(body)


@pytest.mark.parametrize(
    ("kind", "key", "value", "days"),
    [
        ("fees", "x", "1", 0),
        ("certificate", "1101", "perhaps", 0),
        ("certificate", "x; drop", "yes", 0),
        ("bodies", "1101", "health'; drop", 0),
        ("holiday", "2031-01-01", "x", 0),
        ("period", "payment_days", "0", 0),
        ("period", "lunch_days", "3", 0),
        ("period", "payment_days", "7", -1),
    ],
)
def test_what_is_of_no_table_is_refused_at_the_border(
    centre: SampleCentre, kind: str, key: str, value: str, days: int
) -> None:
    session = centre.raw("administrator")
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        session.execute(
            "select tajzia.set_dated_row(%s, %s, %s, %s, 'because')",
            (kind, key, value, today_of(centre) + timedelta(days=days)),
        )
    assert centre.query("select from tajzia.dated_row") == []


@pytest.mark.expects_log("a row of an edited table fits no table")
def test_a_row_that_no_table_knows_goes_no_further(
    centre: SampleCentre,
    administration: PostgresAdministration,
    steward: Steward,
) -> None:
    administration.set_dated_row(DatedRow(TableKind.CERTIFICATE, "nobody", "yes", today_of(centre)), "x")
    steward.work()
    assert published(centre).changes == ()


@pytest.mark.parametrize("login", ["clerk", "supervisor", "inspector", "officer_health"])
def test_nobody_but_an_administrator_reads_or_writes_rows(
    centre: SampleCentre, login: str, administration: PostgresAdministration
) -> None:
    row = DatedRow(TableKind.PERIOD, Period.PAYMENT.value, "45", today_of(centre))
    other = PostgresAdministration(centre.address("K1"), lambda: centre.connect(login, "K1"))
    administration.set_dated_row(row, "x")
    (stands,) = administration.dated_rows(10)
    for call in (
        lambda: other.set_dated_row(row, "x"),
        lambda: other.confirm_dated_row(stands.place, "x"),
        lambda: other.dated_rows(10),
    ):
        with pytest.raises(NotAdmittedError):
            call()
    assert administration.dated_rows(10) == (stands,)


def test_a_reason_is_needed(centre: SampleCentre, administration: PostgresAdministration) -> None:
    with pytest.raises(RefusedByCentreError):
        administration.set_dated_row(DatedRow(TableKind.PERIOD, "payment_days", "4", today_of(centre)), " ")
