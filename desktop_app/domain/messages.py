"""What the rules say to people: a key and its arguments, put into words by the `texts` room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from desktop_app.domain.area import Area
from desktop_app.domain.money import Fils

Argument = str | int | Fils | Area | date | datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not yet in any language.

    `key` is a dotted name that the catalogue of domain messages knows; `about` names the field of the command
    that the sentence belongs to ("" for the whole), so that a form can show it beside what was typed.
    """

    key: str
    args: tuple[tuple[str, Argument], ...] = ()
    about: str = ""


def message(key: str, about: str = "", **args: Argument) -> Message:
    """A `Message` with its arguments in the order of their names, so that equal messages compare equal."""
    return Message(key, tuple(sorted(args.items())), about)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: `refusals` stop the command, `warnings` are shown and let it pass."""

    refusals: tuple[Message, ...] = field(default=())
    warnings: tuple[Message, ...] = field(default=())

    def __add__(self, other: Findings) -> Findings:
        return Findings(self.refusals + other.refusals, self.warnings + other.warnings)

    @property
    def clear(self) -> bool:
        return not self.refusals


class InputError(ValueError):
    """What a person typed does not have the form it must have; carries the sentence to show beside it."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.key)
        self.why = why
