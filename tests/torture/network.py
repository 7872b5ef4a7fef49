"""The line between a workstation and the centre: loses, repeats, cuts and reorders messages, and hands over pages of
any size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Protocol, TypeVar

from desktop_app.sync.centre_link import CentreUnreachableError, Scope
from desktop_app.wire.audit import Entry, SignedHead
from desktop_app.wire.digests import Holding
from desktop_app.wire.envelope import Signed
from desktop_app.wire.facts import FactKind, FactRow, FeedPage
from desktop_app.wire.holdings import CentreHolding
from desktop_app.wire.snapshot import SnapshotPage, SnapshotStart

T = TypeVar("T")


class Far(Protocol):
    """What lies at the other end."""

    def scope(self) -> Scope: ...
    def pull(self, branch: int, after: int, limit: int) -> FeedPage: ...
    def submit(self, batch: Sequence[Signed]) -> int: ...
    def begin_snapshot(self, branch: int) -> SnapshotStart: ...
    def snapshot(self, branch: int, after: int, at: int, limit: int) -> SnapshotPage: ...
    def tell_clock(self, at: datetime) -> None: ...
    def audit_heads(self) -> Sequence[SignedHead]: ...
    def audit_page(self, branch: int, after: int, limit: int) -> Sequence[Entry]: ...
    def holdings(self) -> Sequence[CentreHolding]: ...
    def holding_buckets(self, branch: int, kind: FactKind) -> Mapping[int, Holding]: ...
    def bucket(self, branch: int, kind: FactKind, bucket: int) -> Sequence[FactRow]: ...
    def fetch_paper(self, digest: str) -> bytes | None: ...
    def register_key(self, public_key: bytes) -> None: ...


@dataclass(slots=True)
class Weather:
    """How bad the line is: the chance of each fault at each call. `late` takes a submission that arrives after the
    sender has given it up; `meanwhile` is called between calls, and `told` with the name of each fault."""

    chance: Random
    bad: float
    late: Callable[[Callable[[], object]], None]
    meanwhile: Callable[[], None]
    told: Callable[[str], None]
    page: int | None = None


class Line:
    """`sync.centre_link.CentreLink` over a line in this weather."""

    def __init__(self, far: Far, weather: Weather) -> None:
        self._far = far
        self._weather = weather

    def scope(self) -> Scope:
        return self._call(self._far.scope)

    def pull(self, branch: int, after: int, limit: int) -> FeedPage:
        most = self._weather.page or limit
        return self._call(lambda: self._far.pull(branch, after, most))

    def begin_snapshot(self, branch: int) -> SnapshotStart:
        return self._call(lambda: self._far.begin_snapshot(branch))

    def snapshot(self, branch: int, after: int, at: int, limit: int) -> SnapshotPage:
        most = self._weather.page or limit
        return self._call(lambda: self._far.snapshot(branch, after, at, most))

    def tell_clock(self, at: datetime) -> None:
        self._call(lambda: self._far.tell_clock(at))

    def audit_heads(self) -> Sequence[SignedHead]:
        return self._call(self._far.audit_heads)

    def audit_page(self, branch: int, after: int, limit: int) -> Sequence[Entry]:
        return self._call(lambda: self._far.audit_page(branch, after, limit))

    def holdings(self) -> Sequence[CentreHolding]:
        return self._call(self._far.holdings)

    def holding_buckets(self, branch: int, kind: FactKind) -> Mapping[int, Holding]:
        return self._call(lambda: self._far.holding_buckets(branch, kind))

    def bucket(self, branch: int, kind: FactKind, bucket: int) -> Sequence[FactRow]:
        return self._call(lambda: self._far.bucket(branch, kind, bucket))

    def fetch_paper(self, digest: str) -> bytes | None:
        return self._call(lambda: self._far.fetch_paper(digest))

    def register_key(self, public_key: bytes) -> None:
        self._call(lambda: self._far.register_key(public_key))

    def submit(self, batch: Sequence[Signed]) -> int:
        weather, sent = self._weather, tuple(batch)
        if weather.chance.random() < weather.bad:
            if weather.chance.random() < 0.5:
                weather.told("late")
                weather.late(lambda: self._far.submit(sent))
            else:
                weather.told("cut")
                self._far.submit(sent[: weather.chance.randrange(len(sent) + 1)])
            raise CentreUnreachableError("the submission")
        return self._call(lambda: self._far.submit(sent))

    def wait_for_news(self, seconds: float) -> bool:
        return False

    def close(self) -> None:
        pass

    def _call(self, ask: Callable[[], T]) -> T:
        weather = self._weather
        weather.meanwhile()
        roll = weather.chance.random()
        if roll < weather.bad / 3:
            weather.told("lost")
            raise CentreUnreachableError("the question was lost")
        answer = ask()
        if roll < weather.bad * 2 / 3:
            weather.told("answer lost")
            raise CentreUnreachableError("the answer was lost")
        if roll < weather.bad:
            weather.told("repeated")
            return ask()
        return answer
