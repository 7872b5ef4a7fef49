"""All that the request screen shows, read in one moment; and the conflict inbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Table, func, select

from desktop_app.application.ports.queries import RefusedCommand, RequestView
from desktop_app.domain.history import Event
from desktop_app.domain.notices import Notice
from desktop_app.storage import tables
from desktop_app.storage.reading import SENT, WAITING, ReplicaReads
from desktop_app.wire.codec import decode
from desktop_app.wire.envelope import open_payload
from desktop_app.wire.facts import StoredOutcome, StoredPaper

_command, _refusal = tables.command, tables.refusal


def get_request_view(reads: ReplicaReads, request_id: str) -> RequestView:
    """Raises KeyError for a request that the replica does not hold."""
    request = reads.find_request(request_id)
    if request is None:
        raise KeyError(request_id)
    parent_number = request.plan.parent_number
    return RequestView(
        request=request,
        parent=reads.find_licence(parent_number),
        children=reads.licences_made_by(request_id),
        dues=reads.find_dues(request.applicant.person.identity.key),
        rivals=tuple(one for one in reads.open_requests_on(parent_number) if one.id != request_id),
        history=tuple(decode(body, Event) for body in _bodies(reads, tables.event, request_id)),
        notices=tuple(decode(body, Notice) for body in _bodies(reads, tables.notice, request_id)),
        papers=tuple(decode(body, StoredPaper) for body in _bodies(reads, tables.paper, request_id)),
        pending=reads.connection.scalar(
            select(func.count()).where(_command.c.request_id == request_id, _command.c.state.in_((WAITING, SENT)))
        )
        or 0,
        refusals=refused_commands(reads, request_id),
    )


def refused_commands(reads: ReplicaReads, request_id: str | None = None) -> tuple[RefusedCommand, ...]:
    """What lies in the conflict inbox, the newest first; of one request, or all."""
    found = (
        select(
            _command.c.id,
            _command.c.request_id,
            _command.c.action,
            _command.c.author,
            _command.c.payload,
            _refusal.c.outcome,
        )
        .join(_refusal, _refusal.c.command_id == _command.c.id)
        .where(_refusal.c.dismissed_at.is_(None))
        .order_by(_command.c.sequence.desc())
    )
    if request_id is not None:
        found = found.where(_refusal.c.request_id == request_id)
    return tuple(_refused(row) for row in reads.connection.execute(found))


def _refused(row: Row[*tuple[Any, ...]]) -> RefusedCommand:
    command_id, request_id, action, author, payload, outcome_body = row
    envelope = open_payload(payload)
    outcome = decode(outcome_body, StoredOutcome)
    return RefusedCommand(
        command_id=command_id,
        request_id=request_id,
        action=action,
        author=author,
        made_at=envelope.made_at,
        decided_at=outcome.decided_at,
        reasons=outcome.refusals,
        body=bytes(envelope.body),
    )


def _bodies(reads: ReplicaReads, table: Table, request_id: str) -> list[bytes]:
    wanted = select(table.c.body).where(table.c.request_id == request_id).order_by(table.c.at, table.c.id)
    return list(reads.connection.execute(wanted).scalars())
