"""The hostile client gets nowhere, the entitled get everywhere, and the registrar lives through it."""

from __future__ import annotations

import pytest

from desktop_app.demo.postgres import EmbeddedPostgres
from tests.hostile.campaign import REDUCED, WHOLE, Report, run
from tests.hostile.ledger import Ledger
from tests.hostile.scene import OUTSIDERS, Scene
from tests.hostile.side_doors import FUNCTIONS
from tests.hostile.statements import Statement, try_all
from tests.hostile.tables import NEW_ROWS, rows_of
from tests.postgres_fixture import SampleCentre, make_centre

PUT_ASIDE = pytest.mark.expects_log("a submission was put aside|a device asked for a certificate in the wrong way")


@pytest.fixture
def attacked(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """A centre on a server of its own: connections and roles of the whole server are attacked."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("hostile") / "server", durable=False) as server:
        centre = make_centre(server)
        yield centre
        centre.close()


def held_up(report: Report, at_least: int) -> None:
    assert report.ledger.succeeded == {}
    assert list(report.ledger.turned_away()) == []
    assert report.registrar_lives
    assert report.bugs == 0
    assert len(report.ledger.attempts) >= at_least


@PUT_ASIDE
def test_nothing_succeeds(attacked: SampleCentre, tmp_path) -> None:  # type: ignore[no-untyped-def]
    held_up(run(attacked, tmp_path, REDUCED), 1000)


@pytest.mark.long
@PUT_ASIDE
def test_nothing_of_all_of_it_succeeds(attacked: SampleCentre, tmp_path) -> None:  # type: ignore[no-untyped-def]
    held_up(run(attacked, tmp_path, WHOLE), 5000)


def test_every_table_and_function_is_attacked(centre: SampleCentre) -> None:
    tables = centre.query("select tablename from pg_tables where schemaname = 'tajzia'")
    functions = centre.query("select proname from pg_proc where pronamespace = 'tajzia'::regnamespace")
    assert {name for (name,) in tables} == set(NEW_ROWS)
    assert {name for (name,) in functions} == set(FUNCTIONS)


HOLES = {
    "a grant on a table": ("grant select, update on tajzia.outbox to tajzia_staff; create policy hole on tajzia.outbox"
                           " using (true)", "select words from tajzia.outbox"),
    "a write": ("grant update on tajzia.number to tajzia_staff; grant select on tajzia.number to tajzia_staff;"
                " create policy hole on tajzia.number using (true)", "update tajzia.number set last = last"),
}  # fmt: skip


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_is_found(attacked: SampleCentre, hole: str) -> None:
    """Or a campaign that looks at nothing would pass too."""
    opened, text = HOLES[hole]
    scene, ledger = Scene(attacked), Ledger()
    table = text.split("tajzia.")[1].split()[0]
    try:
        scene.admin.execute(opened.encode())
        try_all(scene, ledger, [Statement(table, "hole", text, rows_of(table))], OUTSIDERS[:1])
    finally:
        scene.close()
    assert len(ledger.succeeded) == 1


def test_a_forgotten_policy_is_found(attacked: SampleCentre) -> None:
    """Facts of another branch through `pull`, once row security is off."""
    from tests.hostile.reading import read_across

    scene, ledger = Scene(attacked), Ledger()
    try:
        scene.admin.execute("create policy hole on tajzia.fact for select to tajzia_reader using (true)")
        scene.admin.execute("create policy hole on tajzia.paper for select to tajzia_reader using (true)")
        read_across(scene, ledger)
    finally:
        scene.close()
    assert {attempt.object for attempt in ledger.succeeded} == {"function fetch_paper"}
