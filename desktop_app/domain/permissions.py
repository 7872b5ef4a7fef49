"""Who may see a request at all. (What they may do with it stands in the actions table.)"""

from __future__ import annotations

from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import ApprovalState, CivilDefenceState

_WORK_ON_CASES = frozenset({Role.CLERK, Role.INSPECTOR, Role.SUPERVISOR, Role.AUDITOR, Role.REGISTRAR})


def may_see(actor: Actor, request: Request) -> bool:
    """Staff see the requests of their branches; an outside body's officer only what awaits that body; an
    administrator, who does no case work, none."""
    if not actor.serves(request.branch):
        return False
    if actor.role is Role.BODY_OFFICER:
        return _awaits(actor, request)
    return actor.role in _WORK_ON_CASES


def _awaits(officer: Actor, request: Request) -> bool:
    match status_of(request):
        case Status.AWAITING_APPROVALS:
            approval = request.find_approval(officer.body)
            return approval is not None and approval.state is ApprovalState.REQUESTED
        case Status.AWAITING_CIVIL_DEFENCE:
            asked = request.civil_defence.state is CivilDefenceState.REQUESTED
            return asked and officer.speaks_for(CIVIL_DEFENCE_BODY)
        case _:
            return False
