"""Save what has been typed so far, so that any counter of the branch can go on with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.lodging import RequestContent, check_reference, with_content
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import Intake


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Nothing is checked but that the parent is known: it says which branch the draft belongs to."""

    request_id: str
    reference: str
    content: RequestContent


def decide(case: Case, command: SaveDraft, context: Context) -> Outcome:
    if case.parent is None:
        return refused(message("parent.unknown", "parent_number"))
    if case.request is None and not (findings := check_reference(command.reference, context)).clear:
        return Outcome(refusals=findings.refusals)
    version = case.request.intake.version + 1 if case.request else 1
    branch = case.parent.district
    said = with_content(command.request_id, command.reference, branch, command.content, case.request)
    request = replace(said, intake=Intake(version=version))
    return conclude(case, context, Action.SAVE_DRAFT, request)
