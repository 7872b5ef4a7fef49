"""A centre in memory with the registrar's meaning: inbox, feed per branch, final numbers, signatures, epochs.

`FakeLink` is one person's connection to it on one device; it can be cut at any call.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop_app.domain.actor import Actor
from desktop_app.domain.booking import booking_of
from desktop_app.domain.decide import decide
from desktop_app.domain.deciding import Context, Outcome, PaperOrder, refused
from desktop_app.domain.messages import message
from desktop_app.domain.request import Request
from desktop_app.sync.centre_link import CentreUnreachableError, Scope, TamperingError
from desktop_app.wire.audit import Entry, SignedHead
from desktop_app.wire.codec import encode
from desktop_app.wire.digests import Holding
from desktop_app.wire.envelope import Envelope, Signed, command_of, open_payload
from desktop_app.wire.facts import EVERYWHERE, FactKind, FactRow, FeedPage, StoredOutcome, StoredPaper
from desktop_app.wire.holdings import CentreHolding
from desktop_app.wire.snapshot import SnapshotPage, SnapshotStart
from tests.domain.centre_in_memory import Centre
from tests.sync import compared


class FakeCentre:
    """`centre` holds what stands; its facts are published as a feed. Decides only when `decide_all` is called."""

    def __init__(self, centre: Centre, staff: Sequence[Actor]) -> None:
        self.centre = centre
        self.staff = {one.id: one for one in staff}
        self.epoch = "epoch-1"
        self.inbox: dict[str, Signed] = {}
        self.undecided: list[str] = []
        self.keys: dict[tuple[str, str], list[bytes]] = {}
        self.feed: dict[int, dict[tuple[FactKind, str], FactRow]] = {}
        self.counters: dict[int, int] = {}
        self.papers: dict[str, bytes] = {}
        self.outcomes: dict[str, StoredOutcome] = {}
        self.chains: dict[int, list[Entry]] = {}
        self.heads: tuple[SignedHead, ...] = ()
        self._told_events = 0
        self._told_notices = 0
        self._told_papers = 0
        self.publish(FactKind.REFERENCE, "current", EVERYWHERE, encode(centre.reference))
        for one in staff:
            self.publish(FactKind.STAFF, one.id, EVERYWHERE, encode(one))
        for account in centre.dues.values():
            self.publish(FactKind.DUES, account.id, EVERYWHERE, encode(account))
        for licence in centre.licences.values():
            self.publish(FactKind.LICENCE, licence.number, licence.district, encode(licence))
        for request in centre.requests.values():
            self.publish(FactKind.REQUEST, request.id, request.branch, encode(request))
            self._publish_booking(request)
        self.publish_news()

    def publish(self, kind: FactKind, key: str, branch: int, body: bytes | None) -> None:
        self.counters[branch] = sequence = self.counters.get(branch, 0) + 1
        rows = self.feed.setdefault(branch, {})
        rows.pop((kind, key), None)
        rows[kind, key] = FactRow(kind, key, branch, sequence, body)

    def _publish_booking(self, request: Request) -> None:
        booking = booking_of(request)
        told = self.feed[EVERYWHERE].get((FactKind.BOOKING, request.id))
        body = encode(booking) if booking else None
        if body != (told.body if told else None):
            self.publish(FactKind.BOOKING, request.id, EVERYWHERE, body)

    def publish_news(self) -> None:
        """Events, notices and papers that the centre wrote since the last time."""
        centre = self.centre
        for event in centre.events[self._told_events :]:
            self.publish(FactKind.EVENT, event.id, event.branch, encode(event))
        for notice in centre.notices[self._told_notices :]:
            self.publish(FactKind.NOTICE, notice.id, notice.branch, encode(notice))
        for order in centre.orders[self._told_papers :]:
            self._draw(order)
        self._told_events, self._told_notices = len(centre.events), len(centre.notices)
        self._told_papers = len(centre.orders)

    def _draw(self, order: PaperOrder) -> None:
        data = f"%PDF {order.kind} {order.number}".encode()
        if order.part:  # whoever writes to several bodies may give their letters one number
            data += f" {order.request_id} {order.part}".encode()
        digest = hashlib.sha256(data).hexdigest()
        self.papers[digest] = data
        request = self.centre.requests[order.request_id]
        paper = StoredPaper(
            digest, order.kind, order.number, request.id, request.branch, len(data), self.centre.now, order.part
        )
        self.publish(FactKind.PAPER, digest, request.branch, encode(paper))

    def submit(self, batch: Sequence[Signed]) -> int:
        for signed in batch:
            envelope = open_payload(signed.payload)
            held = self.inbox.get(envelope.command_id)
            if held is not None and held.fingerprint != signed.fingerprint:
                raise TamperingError("another payload under the same id")
            if not self._signed_by_author(envelope, signed):
                raise TamperingError("the signature does not fit")
            if held is None:
                self.inbox[envelope.command_id] = signed
                self.undecided.append(envelope.command_id)
        return len(batch)

    def _signed_by_author(self, envelope: Envelope, signed: Signed) -> bool:
        for key in self.keys.get((envelope.author, envelope.device), []):
            try:
                Ed25519PublicKey.from_public_bytes(key).verify(signed.signature, signed.payload)
            except InvalidSignature:
                continue
            return True
        return False

    def decide_all(self) -> None:
        """The registrar takes what lies in the inbox, in the order it came."""
        waiting, self.undecided = self.undecided, []
        for command_id in waiting:
            self._decide(self.inbox[command_id])

    def _decide(self, signed: Signed) -> None:
        envelope = open_payload(signed.payload)
        command = command_of(envelope)
        self.centre.now += timedelta(seconds=1)
        actor = self.staff.get(envelope.author)
        outcome = refused(message("action.not_your_role", action=envelope.kind))
        if actor is not None:
            case = self.centre.case(
                command.request_id, content=getattr(command, "content", None), day=getattr(command, "day", None)
            )
            context = Context(
                command_id=envelope.command_id,
                actor=actor,
                device=envelope.device,
                now=self.centre.now,
                made_at=envelope.made_at,
                base=envelope.base,
                reference=self.centre.reference,
                numbers=self.centre.numbers,
            )
            outcome = decide(case, command, context)
        if outcome.accepted:
            self._write(outcome)
        branch = self._branch_of(outcome, command.request_id, actor)
        told = StoredOutcome(
            id=envelope.command_id,
            request_id=command.request_id,
            branch=branch,
            device=envelope.device,
            author=envelope.author,
            accepted=outcome.accepted,
            refusals=outcome.refusals,
            decided_at=self.centre.now,
        )
        self.outcomes[told.id] = told
        self.publish(FactKind.OUTCOME, told.id, branch, encode(told))

    def _write(self, outcome: Outcome) -> None:
        self.centre._keep(outcome)
        for licence in outcome.licences:
            self.publish(FactKind.LICENCE, licence.number, licence.district, encode(licence))
        if outcome.request is not None:
            self.publish(FactKind.REQUEST, outcome.request.id, outcome.request.branch, encode(outcome.request))
            self._publish_booking(outcome.request)
        self.publish_news()

    def _branch_of(self, outcome: Outcome, request_id: str, actor: Actor | None) -> int:
        request = outcome.request or self.centre.requests.get(request_id)
        if request is not None:
            return request.branch
        return min(actor.branches, default=EVERYWHERE) if actor else EVERYWHERE

    def backup(self) -> FakeCentre:
        """As it stands now, to be restored later under another epoch."""
        return copy.deepcopy(self)

    def restore(self, backup: FakeCentre) -> None:
        epoch = f"{self.epoch}+"
        self.__dict__ = copy.deepcopy(backup).__dict__
        self.epoch = epoch


class FakeLink:
    """`before_call` may raise to cut the line; it is told the name of the method."""

    def __init__(
        self,
        centre: FakeCentre,
        login: str,
        device: str,
        branches: Sequence[int] = (8, 9),
        before_call: Callable[[str], None] = lambda name: None,
        *,
        decides_at_once: bool = False,
        page: int | None = None,
    ) -> None:
        self._centre = centre
        self._login = login
        self._device = device
        self._branches = (EVERYWHERE, *branches)
        self._before_call = before_call
        self._decides_at_once = decides_at_once
        self._page = page

    def scope(self) -> Scope:
        self._before_call("scope")
        return Scope(self._centre.epoch, self._branches, self._centre.centre.now)

    def submit(self, batch: Sequence[Signed]) -> int:
        self._before_call("submit")
        held = self._centre.submit(batch)
        if self._decides_at_once:
            self._centre.decide_all()
        self._before_call("submitted")
        return held

    def pull(self, branch: int, after: int, limit: int) -> FeedPage:
        self._before_call("pull")
        limit = self._page or limit
        following = [row for row in self._centre.feed.get(branch, {}).values() if row.sequence > after]
        rows = tuple(sorted(following, key=lambda row: row.sequence)[:limit])
        more = len(following) > len(rows)
        reached = rows[-1].sequence if rows else max(after, self._centre.counters.get(branch, 0))
        return FeedPage(self._centre.epoch, branch, rows, reached, more)

    def begin_snapshot(self, branch: int) -> SnapshotStart:
        self._before_call("begin_snapshot")
        standing = sum(row.body is not None for row in self._centre.feed.get(branch, {}).values())
        return SnapshotStart(self._centre.epoch, branch, self._centre.counters.get(branch, 0), standing)

    def snapshot(self, branch: int, after: int, at: int, limit: int) -> SnapshotPage:
        self._before_call("snapshot")
        limit = self._page or limit
        found = [row for row in self._centre.feed.get(branch, {}).values() if after < row.sequence <= at and row.body]
        rows = tuple(sorted(found, key=lambda row: row.sequence)[:limit])
        more = len(found) > len(rows)
        return SnapshotPage(self._centre.epoch, branch, rows, rows[-1].sequence if more else at, more)

    def tell_clock(self, at: datetime) -> None:
        self._before_call("tell_clock")

    def audit_heads(self) -> Sequence[SignedHead]:
        self._before_call("audit_heads")
        return self._centre.heads

    def audit_page(self, branch: int, after: int, limit: int) -> Sequence[Entry]:
        self._before_call("audit_page")
        return [entry for entry in self._centre.chains.get(branch, []) if entry.position > after][:limit]

    def holdings(self) -> Sequence[CentreHolding]:
        self._before_call("holdings")
        centre = self._centre
        return compared.holdings(
            centre.epoch, self._branches, "all", lambda one: centre.counters.get(one, 0), self._rows
        )

    def holding_buckets(self, branch: int, kind: FactKind) -> Mapping[int, Holding]:
        self._before_call("holding_buckets")
        return compared.buckets(self._rows(branch), kind)

    def bucket(self, branch: int, kind: FactKind, bucket: int) -> Sequence[FactRow]:
        self._before_call("bucket")
        return compared.bucket(self._rows(branch), kind, bucket)

    def _rows(self, branch: int) -> list[FactRow]:
        return list(self._centre.feed.get(branch, {}).values())

    def fetch_paper(self, digest: str) -> bytes | None:
        self._before_call("fetch_paper")
        return self._centre.papers.get(digest)

    def register_key(self, public_key: bytes) -> None:
        self._before_call("register_key")
        held = self._centre.keys.setdefault((self._login, self._device), [])
        if public_key not in held:
            held.append(public_key)

    def wait_for_news(self, seconds: float) -> bool:
        self._before_call("wait_for_news")
        return False

    def close(self) -> None:
        pass


def unreachable(name: str = "") -> None:
    """For `before_call`: the line is cut."""
    raise CentreUnreachableError(name)


class FixedClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_time(self, span: timedelta) -> None:
        self.at += span
