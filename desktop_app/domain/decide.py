"""`decide(case, command, context)`: the only place where a command is decided, on either side of the wire."""

from __future__ import annotations

from desktop_app.domain.actions import row_of, why_illegal
from desktop_app.domain.commands import Command, document_of, kind_of
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.messages import message
from desktop_app.domain.turning import turns


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
    if turns(command):
        return Outcome(refusals=(message("text.turns"),))
    if _names_unproved(case, command, context):
        return Outcome(refusals=(message("document.not_sent", "document"),))
    return kind.decide(case, command, context)


def _names_unproved(case: Case, command: Command, context: Context) -> bool:
    """Whoever knows the hash of a document alone gains nothing by it. One that the request has already gives nothing
    away."""
    document = document_of(command)
    if document is None or document.digest not in context.unproved:
        return False
    return case.request is None or all(one.digest != document.digest for one in case.request.documents)
