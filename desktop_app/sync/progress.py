"""How far a workstation is that takes over what the centre holds: told by the engine, shown by whoever asks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """`done` of `total` records lie here. The total is what stood when the snapshots were begun."""

    done: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 1.0


Told = Callable[[], None]


class ProgressBoard:
    """What is under way, if anything. Safe to use from any thread; listeners are called in the engine's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stands: Bootstrap | None = None
        self._listeners: tuple[Told, ...] = ()

    def find(self) -> Bootstrap | None:
        """None when nothing is being taken over."""
        with self._lock:
            return self._stands

    def show(self, stands: Bootstrap | None) -> None:
        with self._lock:
            changed, self._stands = self._stands != stands, stands
        for told in self._listeners if changed else ():
            told()

    def listen(self, told: Told) -> Callable[[], None]:
        """`told` is called after every change; the returned function ends it."""
        with self._lock:
            self._listeners = (*self._listeners, told)

        def end() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not told)

        return end
