"""Facts in bulk: in the feed like all others, and the numbers go on after them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.application.ports.centre import CentreTroubleError
from desktop_app.application.ports.loading import LoadedFact, NumberCounter, NumberSeries
from desktop_app.centre.loading import PostgresLoading, loading
from desktop_app.domain.area import Area
from desktop_app.domain.request import Status
from desktop_app.wire.codec import MalformedError, encode
from desktop_app.wire.facts import FactKind
from tests.centre.wire_centre import WireCentre
from tests.domain.builders import make_licence
from tests.domain.journey import journey
from tests.postgres_fixture import SampleCentre


def licence(serial: int, district: int = 8) -> LoadedFact:
    made = replace(make_licence(f"L-2020-{district:02d}-{serial:06d}"), district=district)
    return LoadedFact(FactKind.LICENCE, made.number, district, encode(made))


def test_many_facts_are_in_their_feeds_in_the_order_given(centre: SampleCentre) -> None:
    facts = [licence(serial, 8 + serial % 2) for serial in range(1, 1001)]
    with loading(centre.registrar_conninfo) as work:
        assert work.put(facts) == 1000
    for login, branch in (("clerk", 8), ("clerk9", 9)):
        rows = centre.connect(login, "K1").pull(branch, 0, 2000).rows
        ours = [row for row in rows if row.id.startswith("L-2020")]
        assert [(row.id, row.body) for row in ours] == [(one.id, one.body) for one in facts if one.branch == branch]


def test_what_is_loaded_again_stands_once(centre: SampleCentre) -> None:
    for _ in range(2):
        with loading(centre.registrar_conninfo) as work:
            work.put([licence(1)])
    rows = centre.connect("clerk", "K1").pull(8, 0, 100).rows
    assert [row.id for row in rows].count("L-2020-08-000001") == 1


def test_what_stands_is_found(centre: SampleCentre) -> None:
    with loading(centre.registrar_conninfo) as work:
        work.put([licence(1), licence(2)])
        found = work.find_bodies(FactKind.LICENCE, ["L-2020-08-000002", "L-9999-08-000001"])
    assert found == {"L-2020-08-000002": licence(2).body}


def fail(work: PostgresLoading) -> None:
    work.put([licence(1)])
    raise KeyError("a bad row")


def test_an_error_undoes_all_of_it(centre: SampleCentre) -> None:
    before = centre.query("select branch, last from tajzia.feed_counter order by 1")

    def load() -> None:
        with loading(centre.registrar_conninfo) as work:
            fail(work)

    with pytest.raises(KeyError):
        load()
    assert centre.query("select branch, last from tajzia.feed_counter order by 1") == before


def test_a_body_of_another_kind_is_not_stored(centre: SampleCentre) -> None:
    def load() -> None:
        with loading(centre.registrar_conninfo) as work:
            work.put([LoadedFact(FactKind.REQUEST, "r1", 8, encode(make_licence()))])

    with pytest.raises(MalformedError):
        load()


def test_a_centre_that_is_down_is_trouble(centre: SampleCentre) -> None:
    def load() -> None:
        with loading("host=/nowhere"):
            pass

    with pytest.raises(CentreTroubleError):
        load()


def test_numbers_go_on_after_what_was_loaded(centre: SampleCentre) -> None:
    with loading(centre.registrar_conninfo) as work:
        work.raise_counters(
            {
                NumberCounter(NumberSeries.LICENCE, 2026, 8): 700,
                NumberCounter(NumberSeries.REQUEST, 2026, 8): 40,
            }
        )
    wire = WireCentre(centre)
    walked = journey(Status.ISSUED, wire)  # type: ignore[arg-type]
    assert walked.request.number == "R-2026-08-000041"
    assert [one.number for one in walked.request.issue.licences][:2] == ["L-2026-08-000701", "L-2026-08-000702"]


def test_an_imported_parent_is_split_like_any(centre: SampleCentre) -> None:
    with loading(centre.registrar_conninfo) as work:
        work.put([licence(5)])
    from tests.domain.builders import make_content, make_plan

    plan = make_plan(parent="L-2020-08-000005")
    wire = WireCentre(centre)
    walked = journey(Status.ISSUED, wire, make_content(plan))  # type: ignore[arg-type]
    assert wire.licences["L-2020-08-000005"].area == Area(10_000)
    assert walked.request.issue.licences[-1].number == "L-2020-08-000005"
