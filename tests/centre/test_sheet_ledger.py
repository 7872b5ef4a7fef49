"""The ledger of blank sheets, as an auditor asks for it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from desktop_app.domain.actor import Actor
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Spoilt
from desktop_app.wire.codec import encode
from tests.centre.test_notices_command_line import tajzia
from tests.domain.builders import NOW, clerk
from tests.domain.journey import Journey, journey
from tests.postgres_fixture import SampleCentre


def kept(centre: SampleCentre, walked: Journey) -> None:
    """What the registrar would have written."""
    request = walked.request
    with centre.admin() as admin:
        admin.execute(
            "insert into tajzia.fact (kind, id, branch, body, sequence) values ('request', %s, %s, %s, 900)",
            (request.id, request.branch, encode(request).decode()),
        )
        for sheet in request.issue.sheets:
            admin.execute("insert into tajzia.sheet (serial, request_id) values (%s, %s)", (sheet.serial, request.id))


def word(walked: Journey, by: Actor, at: int, serial: str, spoilt: Spoilt | None = None) -> None:
    number = walked.request.issue.licences[at].number
    walked.do(by, ConfirmPrint(walked.id, number, serial, fine=spoilt is None, spoilt=spoilt))


@pytest.fixture
def printed(centre: SampleCentre) -> Journey:
    walked = journey(Status.ISSUED)
    word(walked, clerk(), 0, "S0001", Spoilt.SMUDGED)
    word(walked, clerk(), 0, "S0002")
    word(walked, clerk(), 1, "S0005")
    kept(centre, walked)
    return walked


def test_every_sheet_is_listed_with_what_became_of_it_and_what_is_missing_is_named(
    centre: SampleCentre, printed: Journey
) -> None:
    first, second = (one.number for one in printed.request.issue.licences[:2])
    told = tajzia("sheets", "--dsn", centre.admin_conninfo, status=3)
    assert [line.split()[:5] for line in told.splitlines()[1:4]] == [
        ["S0001", first, printed.request.shown_number, str(printed.request.branch), "spoilt"],
        ["S0002", first, printed.request.shown_number, str(printed.request.branch), "fine"],
        ["S0005", second, printed.request.shown_number, str(printed.request.branch), "fine"],
    ]
    assert "smudged" in told
    assert "2 fine, 1 spoilt" in told
    assert "nobody has recorded S0003 to S0004 (2)" in told


def test_it_is_asked_for_a_branch_and_a_day_and_by_programs(centre: SampleCentre, printed: Journey) -> None:
    dsn = ("--dsn", centre.admin_conninfo, "--json")
    today, branch = NOW.astimezone(AMMAN).date(), printed.request.branch

    def serials(*asked: object) -> list[str]:
        (said, *_) = tajzia("sheets", *dsn, *asked, status=3).splitlines()
        return [one["serial"] for one in json.loads(said)["sheets"]]

    assert serials() == serials("--branch", branch) == serials("--day", today) == ["S0001", "S0002", "S0005"]
    assert serials("--branch", branch + 1) == serials("--day", date(2020, 1, 1)) == []


def test_nothing_is_missing_where_none_is(centre: SampleCentre) -> None:
    assert "0 fine, 0 spoilt" in tajzia("sheets", "--dsn", centre.admin_conninfo)
