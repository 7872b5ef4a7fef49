"""What the rules say to people: a key and its arguments, put into words by the `texts` room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import final

from desktop_app.domain.area import Area
from desktop_app.domain.money import Fils

Argument = str | int | Fils | Area | date | datetime


@final
class Arguments:
    """Named arguments of a message or a notice, in the order of their names; iterates as (name, value) pairs."""

    __slots__ = ("_pairs",)

    def __init__(self, pairs: tuple[tuple[str, Argument], ...] = ()) -> None:
        self._pairs = tuple(sorted(pairs))

    def __iter__(self) -> Iterator[tuple[str, Argument]]:
        return iter(self._pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Arguments) and self._pairs == other._pairs

    def __hash__(self) -> int:
        return hash(self._pairs)

    def __repr__(self) -> str:
        return f"Arguments({dict(self._pairs)!r})"

    def get(self, name: str) -> Argument:
        """The value of an argument; raises KeyError for one that was not given."""
        return dict(self._pairs)[name]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not yet in any language.

    `key` is a dotted name that the catalogue of domain messages knows; `about` names the field of the command
    that the sentence belongs to ("" for the whole), so that a form can show it beside what was typed.
    """

    key: str
    args: Arguments = field(default_factory=Arguments)
    about: str = ""


def message(key: str, about: str = "", **args: Argument) -> Message:
    """A `Message` with its arguments in the order of their names, so that equal messages compare equal."""
    return Message(key, Arguments(tuple(args.items())), about)


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
