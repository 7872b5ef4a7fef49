"""What intake reads off the UI thread: what a visit begins with, and what is known about what is typed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.workplace import Workplace
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.dated_tables import rules_on
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.dues import owed_by
from desktop_app.domain.duplicates import Duplicate, look_alike_keys, possible_duplicates
from desktop_app.domain.licence import Licence
from desktop_app.domain.lodging import RequestContent, with_content
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import Due

FORM = "intake"
"""The form's name among the drafts."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the replica holds about what is typed, and what the rules say of it. `request` is the one that exists, or
    would, with what is typed in it."""

    reference: Reference
    parent: Licence | None
    duplicates: tuple[Duplicate, ...]
    dues: tuple[Due, ...]
    outcome: Outcome
    content: RequestContent
    request: Request


@dataclass(frozen=True, slots=True)
class Opened:
    """What a visit to the screen begins with."""

    reference: Reference
    request: Request | None
    draft: FormDraft | None
    unfinished: tuple[FormDraft, ...]


def load_opened(place: Workplace, key: str) -> Opened:
    """`key` is a request's id, a kept text's key ("new:…"), or "". Raises KeyError for a request that is not here."""
    request = None
    if key and not key.startswith("new:"):
        request = place.queries.get_request(key).request
    draft = place.drafts.find(FORM, key) if key else None
    return Opened(_rules_today(place), request, draft, place.drafts.all_of(FORM))


def look(place: Workplace, command: Lodge, before: Request | None) -> Looked:
    """Rehearses lodging and looks up all that the form shows beside the fields."""
    content = command.content
    number = content.plan.parent_number
    account = place.queries.find_dues(content.applicant.person.identity.key)
    alike = place.queries.look_alikes(look_alike_keys(content))
    return Looked(
        _rules_today(place),
        place.queries.find_licence(number) if number else None,
        possible_duplicates(content, alike, command.request_id),
        owed_by(content.applicant, account),
        place.commands.rehearse(command),
        content,
        with_content(command.request_id, command.reference, before.branch if before else 0, content, before),
    )


def _rules_today(place: Workplace) -> Reference:
    """What vocations need of what is lodged today."""
    return rules_on(place.queries.reference(), place.clock.now().astimezone(AMMAN).date())
