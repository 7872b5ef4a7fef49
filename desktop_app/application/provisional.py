"""What a command does on this workstation: the one place here that asks the domain to decide.

A fresh command, one that is only rehearsed and one that is decided anew on top of the centre's news all go through
`decide_here`; the word is provisional until the centre's own decision comes by.
"""

from __future__ import annotations

from desktop_app.application.casework import load_case
from desktop_app.application.ports.facts import Facts
from desktop_app.domain.commands import Command
from desktop_app.domain.decide import decide
from desktop_app.domain.deciding import Context, NoNumbers, Outcome, refused
from desktop_app.domain.messages import message
from desktop_app.sync.replica import PendingCommand
from desktop_app.wire.envelope import command_of, open_payload


def decide_here(facts: Facts, command: Command, context: Context) -> Outcome:
    """What `command` changes as the replica stands, or why it changes nothing."""
    return decide(load_case(facts, command), command, context)


def decide_again(facts: Facts, pending: PendingCommand) -> Outcome:
    """The same decision as when the command was given, on top of what stands now.

    Time and base version are the command's own, so the same replica always gives the same answer.
    """
    envelope = open_payload(pending.signed.payload)
    actor = facts.find_staff(envelope.author)
    if actor is None:
        return refused(message("action.not_your_role", action=envelope.kind))
    context = Context(
        command_id=envelope.command_id,
        actor=actor,
        device=envelope.device,
        now=envelope.made_at,
        made_at=envelope.made_at,
        base=envelope.base,
        reference=facts.reference(),
        numbers=NoNumbers(),
    )
    return decide_here(facts, command_of(envelope), context)
