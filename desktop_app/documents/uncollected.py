"""Drawing without the garbage collector, which finds nothing then and looks through everything."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector rests meanwhile, unless it rests anyway. A page makes some thousand objects that live until the
    file is written, so each of its rounds walks through more of them: a seventh of the time of a batch."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
