"""`decide(case, command, context)`: the only place where a command is decided, on either side of the wire."""

from __future__ import annotations

from desktop_app.domain.actions import Action, row_of, why_illegal
from desktop_app.domain.commands import Command, document_of, kind_of
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.messages import message
from desktop_app.domain.texts_within import texts_within
from desktop_app.domain.turning import text_turns
from desktop_app.domain.writing import longest_of, why_too_long, why_unwritten


def decide(case: Case, command: Command, context: Context) -> Outcome:
    """What `command` changes, or every reason why it changes nothing.

    Refuses what the actions table does not allow this actor on this case now, and what was based on another
    version of its track than the one that stands (0 before there is a request). Pure: the same arguments give the
    same outcome. Raises ValueError for the case of another request.
    """
    if case.request is not None and case.request.id != command.request_id:
        raise ValueError("the case of another request")
    kind = kind_of(command)
    refusals = why_illegal(kind.action, case, context)
    stands = case.request.version_of(row_of(kind.action).track, kind.part(command)) if case.request else 0
    if stands != context.base:
        refusals += (message("track.moved_on", base=context.base, stands=stands),)
    if refusals:
        return Outcome(refusals=refusals)
    texts = texts_within(command)
    if any(text_turns(text) for _, text in texts):
        return Outcome(refusals=(message("text.turns"),))
    if too_long := [why for name, text in texts for why in why_too_long(text, longest_of(name))]:
        return Outcome(refusals=tuple(too_long))
    if _names_unproved(case, command, context):
        return Outcome(refusals=(message("document.not_sent", "document"),))
    outcome = kind.decide(case, command, context)
    if outcome.accepted and kind.action is not Action.SAVE_DRAFT:
        # Its own rules say better which field it is. A draft is kept: it is told when it shall be lodged.
        unwritten = tuple(why for _, text in texts for why in why_unwritten(text))
        return Outcome(refusals=unwritten) if unwritten else outcome
    return outcome


def _names_unproved(case: Case, command: Command, context: Context) -> bool:
    """Whoever knows the hash of a document alone gains nothing by it. One that the request has already gives nothing
    away."""
    document = document_of(command)
    if document is None or document.digest not in context.unproved:
        return False
    return case.request is None or all(one.digest != document.digest for one in case.request.documents)
