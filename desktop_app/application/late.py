"""What is made, and imported, when it is first asked for something: it costs the first page nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


def late(make: Callable[[], T]) -> T:
    """Stands for what `make` gives, which is called at the first use, once, on whatever thread that is."""
    return cast(T, _Late(make))


class _Late:
    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._one_at_a_time = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        with self._one_at_a_time:
            if "_made" not in self.__dict__:
                self.__dict__["_made"] = self._make()
        return getattr(self.__dict__["_made"], name)
