"""What was tried, by whom, on what, how; and whether it got anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way of one role into one object. `role` carries the branch where it is not that of the attacked rows."""

    role: str
    object: str
    technique: str


@dataclass
class Ledger:
    """Every attempt once; those that got somewhere with what they got; and the calls of the entitled.

    `entitled` says of (object, technique) whether the same call by whom it is meant for had its effect.
    """

    attempts: set[Attempt] = field(default_factory=set)
    succeeded: dict[Attempt, str] = field(default_factory=dict)
    entitled: dict[tuple[str, str], bool] = field(default_factory=dict)

    def enter(self, attempt: Attempt, gained: str) -> None:
        """`gained` is "" for what got nowhere. Raises ValueError for an attempt that was counted already."""
        if attempt in self.attempts:
            raise ValueError(f"counted twice: {attempt}")
        self.attempts.add(attempt)
        if gained:
            self.succeeded[attempt] = gained

    def enter_entitled(self, thing: str, technique: str, worked: bool) -> None:
        self.entitled[thing, technique] = self.entitled.get((thing, technique), True) and worked

    def by_role(self) -> dict[str, int]:
        return dict(sorted(Counter(attempt.role for attempt in self.attempts).items()))

    def techniques(self) -> dict[str, int]:
        return dict(sorted(Counter(attempt.technique for attempt in self.attempts).items()))

    def turned_away(self) -> Iterable[tuple[str, str]]:
        """What the entitled could not do either: then a refusal proves nothing."""
        return [what for what, worked in self.entitled.items() if not worked]
