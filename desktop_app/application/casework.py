"""Gathers the case that a command is decided on: the same on the workstation and at the centre."""

from __future__ import annotations

from datetime import date

from desktop_app.application.ports.facts import Facts
from desktop_app.domain.commands import Command
from desktop_app.domain.deciding import Case
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.request import Request


def load_case(facts: Facts, command: Command) -> Case:
    """Everything that deciding `command` may look at."""
    content = getattr(command, "content", None)
    day = getattr(command, "day", None)
    return load_case_of(
        facts,
        command.request_id,
        content=content if isinstance(content, RequestContent) else None,
        day=day if isinstance(day, date) else None,
    )


def load_case_of(
    facts: Facts, request_id: str, *, content: RequestContent | None = None, day: date | None = None
) -> Case:
    """The case of a request that exists, or of the `content` that would open it; `day` asks for its bookings."""
    request = facts.find_request(request_id)
    plan = content.plan if content else request.plan if request else None
    applicant = content.applicant if content else request.applicant if request else None
    parent = facts.find_licence(plan.parent_number) if plan else None
    rivals = facts.open_requests_on(plan.parent_number) if plan else ()
    return Case(
        request=request,
        parent=parent,
        dues=facts.find_dues(applicant.person.identity.key) if applicant else None,
        rivals=tuple(one for one in rivals if one.id != request_id),
        children=facts.licences_made_by(request_id) if request else (),
        bookings=facts.bookings_on(day) if day else (),
        inspectors=facts.inspectors(),
        missing_documents=_missing(facts, request),
    )


def _missing(facts: Facts, request: Request | None) -> tuple[str, ...]:
    if request is None or not request.documents:
        return ()
    return facts.missing_documents(tuple(one.digest for one in request.documents))
