"""What people and the program had been told is stored, at one moment of a tape."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from tests.power.tape import (
    Begun,
    CentreStands,
    CommandAcknowledged,
    Committed,
    DraftAcknowledged,
    Mark,
    StoreBegins,
    Tape,
)


@dataclass(slots=True)
class Promise:
    """`states` are those that the store in `file` may be in: after all that was acknowledged, or with what was about
    to be committed. `centre` is the number of what stands there, once it matters."""

    file: str = ""
    states: tuple[Hashable, ...] = ()
    commands: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    drafts: dict[tuple[str, str], dict[str, str] | None] = field(default_factory=dict)
    centre: int | None = None

    def take(self, mark: Mark, tape: Tape) -> None:
        match mark:
            case StoreBegins(name, state):
                self.file, self.states = name, (tape.states[state],)
                self.commands.clear()
                self.drafts.clear()
            case Begun(state):
                self.states = (*self.states, tape.states[state])
            case Committed(state):
                self.states = (tape.states[state],)
            case CommandAcknowledged(command_id, payload, signature):
                self.commands[command_id] = (payload, signature)
            case DraftAcknowledged(form, key, fields):
                self.drafts[form, key] = dict(fields) if fields is not None else None
            case CentreStands(at):
                self.centre = at

    def copy(self) -> Promise:
        return Promise(self.file, self.states, dict(self.commands), dict(self.drafts), self.centre)
