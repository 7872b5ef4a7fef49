"""What a transaction adds to the audit chains, worked out in memory before the feeds are locked.

Every change of a fact belongs to an act: a decided command, or a load. Each act makes an entry in every branch in
which it changed something (several, where it changed very much), and each entry tells of every fact what it was
before and is after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop_app.application.ports.loading import Act
from desktop_app.wire.audit import MOST_MARKS, Cause, Entry, Mark, Record, make_entry, told_id
from desktop_app.wire.digests import NOTHING, Holding, digest_hex, fact_digest, with_change
from desktop_app.wire.facts import FactKind

Key = tuple[FactKind, str]


@dataclass(frozen=True, slots=True)
class Stood:
    """How a fact stood before the transaction: its branch, and its digest unless it was deleted."""

    branch: int
    digest: int | None


@dataclass(slots=True)
class Addition:
    """What one branch's chain gets, and by how much what it holds of each kind changes."""

    drafts: list[tuple[Cause, list[Mark]]] = field(default_factory=list)
    changes: dict[FactKind, Holding] = field(default_factory=lambda: defaultdict(lambda: NOTHING))

    def entries(self, branch: int, position: int, head: bytes) -> list[Entry]:
        """As they follow upon entry `position` with this hash."""
        made: list[Entry] = []
        for cause, marks in self.drafts:
            position += 1
            record = Record(branch=branch, position=position, cause=cause, facts=tuple(marks))
            made.append(make_entry(head, record))
            head = made[-1].hash
        return made

    def mark(self, cause: Cause, mark: Mark, *, fresh: bool) -> int:
        """Tells of one more fact, in an entry of its own where it is `fresh`; returns which entry that is."""
        if fresh or not self.drafts or len(self.drafts[-1][1]) >= MOST_MARKS:
            self.drafts.append((cause, []))
        self.drafts[-1][1].append(mark)
        return len(self.drafts)


@dataclass(slots=True)
class Additions:
    """Of all branches. `digests` and `places` are of each fact as it stands last: its digest, and which of its
    branch's new entries (from 1) tells of it."""

    by_branch: dict[int, Addition]
    digests: dict[Key, int | None]
    places: dict[Key, int]


def additions(acts: Iterable[Act], stood: Mapping[Key, Stood]) -> Additions:
    """`stood` holds every fact of these acts that is known already."""
    made = Additions(defaultdict(Addition), {}, {})
    now = dict(stood)
    for act in acts:
        told = {(fact.kind, fact.id): fact for fact in act.facts}
        home = _home(act)
        touched: set[int] = set()
        for key, fact in told.items():
            before = now.get(key)
            after = fact_digest(fact.kind, fact.id, fact.body) if fact.body is not None else None
            if before is not None and before.branch != fact.branch:
                _change(made, act, home, touched, before.branch, key, before.digest, None)
                before = None
            made.places[key] = _change(
                made, act, home, touched, fact.branch, key, before.digest if before else None, after
            )
            made.digests[key] = after
            now[key] = Stood(fact.branch, after)
    return made


def _change(
    made: Additions,
    act: Act,
    home: int | None,
    touched: set[int],
    branch: int,
    key: Key,
    before: int | None,
    after: int | None,
) -> int:
    kind, identity = key
    addition = made.by_branch[branch]
    addition.changes[kind] = with_change(addition.changes[kind], before, after)
    cause = act.cause if home in (None, branch) else act.cause.elsewhere()
    mark = Mark(kind.value, told_id(kind, identity), _hex(after), _hex(before))
    fresh = branch not in touched
    touched.add(branch)
    return addition.mark(cause, mark, fresh=fresh)


def _home(act: Act) -> int | None:
    """The branch that a command's outcome is told in; None for what is no command."""
    return next((fact.branch for fact in act.facts if fact.kind is FactKind.OUTCOME), None)


def _hex(digest: int | None) -> str:
    return "" if digest is None else digest_hex(digest)
