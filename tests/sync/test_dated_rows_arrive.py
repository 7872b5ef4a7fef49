"""A row of an edited table that an administrator writes decides at another counter, and at the centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop_app.centre.steward import Steward
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.dated_rows import DatedRow, TableKind
from desktop_app.domain.tracks import CivilDefenceState
from desktop_app.gateway.administration import PostgresAdministration
from tests.domain.builders import make_content
from tests.postgres_fixture import SampleCentre, centre, postgres_server
from tests.sync.test_body_officer import exchange
from tests.sync.test_over_postgres import workstation
from tests.sync.workstations import Workstation

__all__ = ["centre", "postgres_server", "workstation"]

CONTENT = make_content()
VOCATIONS = sorted({code for child in CONTENT.plan.children for code in child.all_vocations})
MISSING = ["requirements.construction_certificate_missing"]


@pytest.fixture
def write(centre: SampleCentre) -> Callable[[TableKind, str], None]:
    """As the administrator's screen does; a row counts from the database's day, which is none of the test's clock."""
    administration = PostgresAdministration(centre.address("S1"), lambda: centre.connect("administrator", "S1"))
    steward = Steward(centre.registrar_conninfo, None, centre.clock.now)
    centre.at_end(steward.close)

    def written(table: TableKind, value: str) -> None:
        ((today,),) = centre.query("select (clock_timestamp() at time zone 'Asia/Amman')::date")
        for code in VOCATIONS:
            administration.set_dated_row(DatedRow(table, code, value, today), "كتاب رسمي")
        with centre.admin() as admin:
            admin.execute("update tajzia.dated_row set valid_from = %s", (centre.clock.now().date(),))
        steward.work()

    return written


def test_a_construction_certificate_is_asked_for_at_the_next_counter_as_soon_as_the_row_has_come(
    workstation: Callable[..., Workstation], centre: SampleCentre, write: Callable[[TableKind, str], None]
) -> None:
    counter, late = workstation("K1", "clerk"), workstation("K2", "clerk2")
    exchange(centre, counter, late)
    write(TableKind.CERTIFICATE, "yes")
    counter.round()
    lodging = Lodge(counter.desk.new_request_id(), counter.desk.next_reference(), CONTENT)
    assert [why.key for why in counter.desk.rehearse(lodging).refusals] == MISSING
    shown = replace(CONTENT, requirements=replace(CONTENT.requirements, construction_certificate="CC-7"))
    assert counter.desk.rehearse(replace(lodging, content=shown)).accepted

    offline = Lodge(late.desk.new_request_id(), late.desk.next_reference(), CONTENT)
    assert late.desk.give(offline).accepted, "the row has not come here yet"
    exchange(centre, late)
    (refused,) = late.queries.refused_commands()
    assert [why.key for why in refused.reasons] == MISSING, "the centre decides by it all the same"

    write(TableKind.CERTIFICATE, "no")
    counter.round()
    assert counter.desk.give(lodging).accepted


@pytest.mark.parametrize("value", ["yes", "no"])
def test_the_civil_defence_is_asked_by_the_row_that_stands(
    workstation: Callable[..., Workstation], centre: SampleCentre, write: Callable[[TableKind, str], None], value: str
) -> None:
    counter = workstation("K1", "clerk")
    write(TableKind.CIVIL_DEFENCE, value)
    counter.round()
    request_id = counter.desk.new_request_id()
    assert counter.desk.give(Lodge(request_id, counter.desk.next_reference(), CONTENT)).accepted
    assert counter.desk.give(Accept(request_id)).accepted
    exchange(centre, counter)
    state = counter.queries.get_request(request_id).request.civil_defence.state
    assert state is (CivilDefenceState.NEEDED if value == "yes" else CivilDefenceState.NOT_NEEDED)
