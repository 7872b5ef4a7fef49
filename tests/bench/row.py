"""One line of the benchmarks: ours and a peer's figure, measured side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`ratio` is ours / peer. Where more is better the goal is a least ratio, else a largest; `absolute` says that the
    goal is of our own figure, in its unit."""

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    goal: float
    more_is_better: bool = False
    absolute: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def met(self) -> bool:
        judged = self.ours if self.absolute else self.ratio
        return judged >= self.goal if self.more_is_better else judged <= self.goal

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "ours": round(self.ours, 4),
            "peer": round(self.peer, 4),
            "peer_name": self.peer_name,
            "unit": self.unit,
            "ratio": round(self.ratio, 3),
            "goal": self.goal,
            "met": self.met,
        }


def side_by_side(ours: Callable[[], float], peer: Callable[[], float], rounds: int) -> tuple[float, float]:
    """The medians of `rounds` measurements of each, taken in turns, so that what slows the machine slows both.

    One round of each goes before and is not counted: it fills the caches.
    """
    ours(), peer()
    mine: list[float] = []
    theirs: list[float] = []
    for at in range(rounds):
        # Whoever is second finds a warmer machine; so it is each one's turn to be.
        for measured, into in ((ours, mine), (peer, theirs))[:: 1 if at % 2 == 0 else -1]:
            into.append(measured())
    return median(mine), median(theirs)
