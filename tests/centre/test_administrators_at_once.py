"""Two administrators who do the same at the same moment, against a real PostgreSQL: neither is told of a bug."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from desktop_app.gateway.administration import PostgresAdministration
from tests.domain import builders
from tests.postgres_fixture import SampleCentre

SIDES, ROUNDS = 3, 6


def _all_at_once(centre: SampleCentre, work: str) -> None:
    """Each side on a connection of its own, held back until all have come."""
    gate = threading.Barrier(SIDES)

    def side(number: int) -> None:
        administration = PostgresAdministration(centre.address("S1"), lambda: centre.connect("administrator", "S1"))
        for turn in range(ROUNDS):
            gate.wait(30)
            if work == "invite":
                administration.invite("N1", 8, 24, again=False)
            else:
                name = f"{builders.clerk().name_ar} {number} {turn}"
                administration.save_staff(replace(builders.clerk(), name_ar=name), "")

    with ThreadPoolExecutor(SIDES) as sides:
        for done in [sides.submit(side, number) for number in range(SIDES)]:
            done.result()


def test_of_codes_made_for_one_device_at_once_one_is_good(centre: SampleCentre) -> None:
    _all_at_once(centre, "invite")
    rows = centre.query("select state, count(*) from tajzia.invitation where device = 'N1' group by 1 order by 1")
    assert [tuple(row) for row in rows] == [("open", 1), ("withdrawn", SIDES * ROUNDS - 1)]


def test_of_changes_of_one_person_at_once_the_last_stands_whole(centre: SampleCentre) -> None:
    _all_at_once(centre, "save")
    looking = PostgresAdministration(centre.address("S1"), lambda: centre.connect("administrator", "S1"))
    (clerk,) = [one.actor for one in looking.staff() if one.actor.id == "clerk"]
    assert clerk.name_ar in {f"{builders.clerk().name_ar} {side} {ROUNDS - 1}" for side in range(SIDES)}
