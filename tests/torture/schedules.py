"""Runs schedules, by their seeds, on as many processes as asked for, and adds up what came of them."""

from __future__ import annotations

import ctypes
import gc
import logging
import multiprocessing
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import structlog

from tests.torture.beginning import beginning, in_memory, work_within
from tests.torture.healing import drain, heal
from tests.torture.planted import PLANTED
from tests.torture.planted_deeper import DEEPER
from tests.torture.remembering import remember
from tests.torture.verdict import Verdict, judge, narrow
from tests.torture.world import SHIPPED, World

BUGS = PLANTED | DEEPER
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
"""As <malloc.h> numbers them."""
_KEPT_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one schedule. `crash` is the traceback of an exception that nobody foresaw."""

    seed: int
    steps: int
    faults: int
    verdict: Verdict
    tale: tuple[str, ...] = ()
    crash: str = ""

    @property
    def well(self) -> bool:
        return self.verdict.well and not self.crash


def run_schedule(seed: int, planted: str = "", *, tell: bool = False) -> Result:
    """One schedule. `planted` names a bug of `BUGS`; with `tell` the whole tale comes with the result."""
    world = World(seed, BUGS[planted] if planted else SHIPPED)
    verdict, crash = Verdict(), ""
    try:
        world.run()
        heal(world)
        drain(world)
        verdict = judge(world)
        if verdict.well:
            verdict = replace(verdict, diverged=tuple(narrow(world)))
    except Exception:  # noqa: BLE001 - a schedule that breaks is a finding, with its seed
        import traceback

        crash = traceback.format_exc()
    finally:
        world.close()
    tale = tuple(world.tale.lines) if tell else ()
    return Result(seed, world.tale.steps, world.tale.faults, verdict, tale, crash)


def run_all(seeds: Iterable[int], planted: str = "", processes: int = 2) -> Iterator[Result]:
    """In the order of the seeds."""
    with (
        tempfile.TemporaryDirectory(prefix="tajzia-torture-", dir=in_memory()) as folder,
        multiprocessing.get_context("spawn").Pool(processes, _prepare, (Path(folder),)) as pool,
    ):
        yield from pool.imap(_Run(planted), seeds, chunksize=4)


@dataclass(frozen=True, slots=True)
class _Run:
    planted: str

    def __call__(self, seed: int) -> Result:
        _begin_once()
        result = run_schedule(seed, self.planted)
        # A world is one large circle: it goes here, whole, and what is kept is not walked through meanwhile.
        gc.collect(0)
        return result


@cache
def _begin_once() -> None:
    """What every schedule begins with is never looked through again. (Not when a worker starts: the pool would start
    one after the other for ever, were it to fail.)"""
    beginning()
    gc.collect()
    gc.freeze()
    gc.disable()


def _prepare(folder: Path) -> None:
    """In each worker. What the registrar puts aside is judged, not read."""
    _keep_memory()
    work_within(folder)
    remember()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def _keep_memory() -> None:
    """What one schedule frees the next asks for again: glibc need not give it back to the system in between."""
    if hasattr(libc := ctypes.CDLL(None), "mallopt"):
        for option in (_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD):
            libc.mallopt(option, _KEPT_BYTES)
