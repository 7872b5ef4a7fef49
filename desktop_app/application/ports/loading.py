"""Facts that reach the centre in bulk, not by commands: sample data and what is imported from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from desktop_app.wire.audit import Cause
from desktop_app.wire.facts import FactKind


class LoadedFact(NamedTuple):
    """One fact to store as it stands. `branch` is the feed it belongs to, `body` its canonical encoding, or None for a
    fact that is no more."""

    kind: FactKind
    id: str
    branch: int
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Act:
    """Facts that were changed together, and why: what one entry of the audit chain tells of."""

    cause: Cause
    facts: tuple[LoadedFact, ...]


class NumberSeries(StrEnum):
    """The series that the centre numbers without gaps."""

    REQUEST = "request"
    LICENCE = "licence"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class NumberCounter:
    """One counter: a series of one year and district."""

    series: NumberSeries
    year: int
    district: int


Counters = Mapping[NumberCounter, int]
"""The last serial that has been given, per counter."""


class FactLoading(Protocol):
    """One transaction of the registrar's, open until its maker ends it."""

    def find_bodies(self, kind: FactKind, ids: Iterable[str]) -> Mapping[str, bytes]:
        """The canonical bodies that stand, by id, for those that do; they are locked until the transaction ends."""

    def put(self, facts: Iterable[LoadedFact]) -> int:
        """Stores each fact, in place of the one of its kind and id, and puts it into its branch's feed. Returns how
        many; the order given is the order of the feed."""

    def raise_counters(self, counters: Counters) -> None:
        """A counter that stands below the given serial is raised to it; one that stands higher stays."""
