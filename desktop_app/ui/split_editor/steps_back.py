"""Undo and redo as an immutable history of states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")

DEEPEST = 200


@dataclass(frozen=True, slots=True)
class StepsBack(Generic[T]):
    """The present between its past and its future. Steps with the same `tag` in a row are one step: a drag, a
    word being typed."""

    present: T
    past: tuple[T, ...] = ()
    future: tuple[T, ...] = ()
    tag: str = ""

    def step(self, to: T, tag: str = "") -> StepsBack[T]:
        """Go on to another state; what was undone before is forgotten. No change is no step."""
        if to == self.present:
            return self
        if tag and tag == self.tag:
            return replace(self, present=to, future=())
        return StepsBack(to, (*self.past[-DEEPEST + 1 :], self.present), (), tag)

    def settled(self) -> StepsBack[T]:
        """The next step is a step of its own, whatever its tag."""
        return replace(self, tag="")

    def back(self) -> StepsBack[T]:
        if not self.past:
            return self
        return StepsBack(self.past[-1], self.past[:-1], (self.present, *self.future))

    def forward(self) -> StepsBack[T]:
        if not self.future:
            return self
        return StepsBack(self.future[0], (*self.past, self.present), self.future[1:])
