"""Papers are asked for by the tables of the day of acceptance, or of today where that is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop_app.domain.attachments import Requirement
from desktop_app.domain.dated_rows import DatedRow, TableKind
from desktop_app.domain.documents_asked import documents_asked, rules_for
from desktop_app.domain.request import Status
from tests.domain.builders import NOW
from tests.domain.journey import journey


def test_what_was_accepted_asks_for_nothing_new() -> None:
    walked = journey(Status.LODGED)
    request = next(iter(walked.centre.requests.values()))
    vocation = request.plan.children[0].all_vocations[0]
    day = NOW.date() + timedelta(days=5)
    row = DatedRow(TableKind.CERTIFICATE, vocation, "yes", day)
    reference = replace(walked.centre.reference, changes=(row,))
    certificate = Requirement.CONSTRUCTION_CERTIFICATE
    assert certificate not in documents_asked(request, rules_for(request, reference, day - timedelta(days=1)))
    assert certificate in documents_asked(request, rules_for(request, reference, day))
    accepted = replace(request, intake=replace(request.intake, accepted_at=NOW))
    assert certificate not in documents_asked(accepted, rules_for(accepted, reference, day))
