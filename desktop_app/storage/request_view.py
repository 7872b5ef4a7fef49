"""All that the request screen shows, read in one moment; and the conflict inbox."""

from __future__ import annotations

from desktop_app.application.ports.queries import RefusedCommand, RequestView
from desktop_app.domain.history import Event
from desktop_app.domain.notices import Notice
from desktop_app.storage.command_log import SENT, WAITING
from desktop_app.storage.reading import ReplicaReads
from desktop_app.wire.codec import decode
from desktop_app.wire.envelope import open_payload
from desktop_app.wire.facts import StoredOutcome, StoredPaper

_BODIES = "SELECT body FROM {table} WHERE request_id = ? ORDER BY at, id"
_PENDING = f"SELECT count(*) FROM command WHERE request_id = ? AND state IN ('{WAITING}', '{SENT}')"
_REFUSED = """
SELECT command.id, command.request_id, command.action, command.author, command.payload, refusal.outcome
FROM command JOIN refusal ON refusal.command_id = command.id WHERE refusal.dismissed_at IS NULL {of}
ORDER BY command.sequence DESC
"""


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
        history=tuple(decode(body, Event) for body in _bodies(reads, "event", request_id)),
        notices=tuple(decode(body, Notice) for body in _bodies(reads, "notice", request_id)),
        papers=tuple(decode(body, StoredPaper) for body in _bodies(reads, "paper", request_id)),
        pending=reads.driver.execute(_PENDING, (request_id,)).fetchone()[0],
        refusals=refused_commands(reads, request_id),
    )


def refused_commands(reads: ReplicaReads, request_id: str | None = None) -> tuple[RefusedCommand, ...]:
    """What lies in the conflict inbox, the newest first; of one request, or all."""
    of, given = ("", ()) if request_id is None else ("AND refusal.request_id = ?", (request_id,))
    return tuple(_refused(*row) for row in reads.driver.execute(_REFUSED.format(of=of), given))


def _refused(
    command_id: str, request_id: str, action: str, author: str, payload: bytes, outcome_body: bytes
) -> RefusedCommand:
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


def _bodies(reads: ReplicaReads, table: str, request_id: str) -> list[bytes]:
    return [body for (body,) in reads.driver.execute(_BODIES.format(table=table), (request_id,))]
