"""The centre over PostgreSQL: TLS with the server's name checked, the device's certificate, the person's password."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from time import monotonic
from typing import Any

from psycopg import Connection
from psycopg.errors import UndefinedFunction

from desktop_app import __version__
from desktop_app.application.settings import CentreAddress
from desktop_app.gateway.attachments import AttachmentCalls
from desktop_app.gateway.attentive import AttentiveConnection
from desktop_app.gateway.errors import calling, connecting, refused_as_tampering
from desktop_app.gateway.key_file import key_file
from desktop_app.sync.centre_link import Scope, TamperingError
from desktop_app.wire.audit import Entry, SignedHead
from desktop_app.wire.digests import Holding
from desktop_app.wire.envelope import Signed
from desktop_app.wire.facts import FactKind, FactRow, FeedPage
from desktop_app.wire.holdings import CentreHolding
from desktop_app.wire.snapshot import SnapshotPage, SnapshotStart
from desktop_app.wire.versions import Spoken

FEED = "tajzia_feed"
_CONNECT_SECONDS = 5
_ASKED_AFTER = 3.0
"""Who listens asks after so many seconds of silence whether anybody is still there."""
_KINDS = {kind.value: kind for kind in FactKind}
_BATCH = 500
"""As many as one call of `submit` takes."""


def connect(address: CentreAddress, login: str, password: str, key: bytes | None = None) -> PostgresLink:
    """An open connection of this person on this device, whose private `key` (PEM) is given; without, the file that
    `address.key` names holds it. Raises CentreUnreachableError or NotAdmittedError."""
    with ExitStack() as opening, connecting():
        place, seal = opening.enter_context(key_file(key)) if key is not None else (address.key, None)
        connection = AttentiveConnection.connect(
            host=address.host,
            port=address.port,
            dbname=address.database,
            user=login,
            password=password,
            sslmode="verify-full",
            ssl_min_protocol_version="TLSv1.3",
            sslrootcert=address.authority,
            sslcert=address.certificate,
            sslkey=place,
            sslpassword=seal,
            sslcrl="",
            require_auth="scram-sha-256",
            channel_binding="prefer",
            gssencmode="disable",
            connect_timeout=_CONNECT_SECONDS,
            keepalives_idle=20,
            keepalives_interval=5,
            keepalives_count=3,
            tcp_user_timeout=30_000,
            client_encoding="utf8",
            application_name="tajzia",
            autocommit=True,
        )
    try:
        return PostgresLink(connection)
    except BaseException:
        connection.close()
        raise


class PostgresLink(AttachmentCalls):
    """See `CentreLink`. Listens from the start, so that no news between two calls is missed. Not safe across
    threads."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        # As they are told in the news. Anybody may send news: what is no branch of ours is none.
        self._branches: frozenset[str] | None = None
        self._heard = monotonic()
        with calling():
            connection.execute(f"listen {FEED}")

    @property
    def session(self) -> Connection[Any]:
        """The bare session beneath, for what this room asks besides."""
        return self._connection

    def scope(self) -> Scope:
        with calling():
            row = self._connection.execute(
                "select epoch, branches, server_time, lease_days from tajzia.report(%s)", (__version__,)
            ).fetchone()
        assert row is not None
        with calling():
            spoken = self._connection.execute("select oldest, newest from tajzia.protocols()").fetchone()
        assert spoken is not None
        scope = Scope(row[0], tuple(row[1]), row[2], row[3], Spoken(*spoken))
        self._branches = frozenset(str(branch) for branch in scope.branches)
        return scope

    def submit(self, batch: Sequence[Signed]) -> int:
        """What of the batch is in order is stored even when TamperingError is raised for the rest."""
        kept = tampered = 0
        for start in range(0, len(batch), _BATCH):
            part = batch[start : start + _BATCH]
            with calling(), refused_as_tampering():
                rows = self._connection.execute(
                    "select verdict from tajzia.submit(%s::bytea[], %s::bytea[])",
                    ([one.payload for one in part], [one.signature for one in part]),
                    binary=True,
                ).fetchall()
            tampered += sum(1 for (verdict,) in rows if verdict == "tampered")
            kept += sum(1 for (verdict,) in rows if verdict != "tampered")
        if tampered:
            raise TamperingError(f"the centre holds another payload under {tampered} of these commands' names")
        return kept

    def pull(self, branch: int, after: int, limit: int) -> FeedPage:
        with calling():
            (_, epoch, last, _, _), *rows = self._connection.execute(
                "select kind, id, sequence, body, departed from tajzia.pull(%s, %s, %s)", (branch, after, limit)
            ).fetchall()
        more = len(rows) > limit
        facts = tuple(
            FactRow(_KINDS[kind], identity, branch, sequence, None if body is None else body.encode("utf-8"), departed)
            for kind, identity, sequence, body, departed in rows[:limit]
        )
        return FeedPage(
            epoch=epoch,
            branch=branch,
            rows=facts,
            reached=facts[-1].sequence if more else max(after, last),
            more=more,
        )

    def begin_snapshot(self, branch: int) -> SnapshotStart:
        with calling():
            row = self._connection.execute(
                "select epoch, at, total from tajzia.begin_snapshot(%s)", (branch,)
            ).fetchone()
        assert row is not None
        return SnapshotStart(epoch=row[0], branch=branch, at=row[1], total=row[2])

    def snapshot(self, branch: int, after: int, at: int, limit: int) -> SnapshotPage:
        with calling():
            (_, epoch, _, _), *rows = self._connection.execute(
                "select kind, id, sequence, body from tajzia.snapshot(%s, %s, %s, %s)",
                (branch, after, at, limit),
                binary=True,
            ).fetchall()
        more = len(rows) > limit
        facts = tuple(
            FactRow(_KINDS[kind], identity, branch, sequence, body.encode("utf-8"))
            for kind, identity, sequence, body in rows[:limit]
        )
        return SnapshotPage(
            epoch=epoch, branch=branch, rows=facts, reached=facts[-1].sequence if more else at, more=more
        )

    def tell_clock(self, at: datetime) -> None:
        with calling():
            self._connection.execute("select tajzia.tell_clock(%s)", (at,))

    def audit_heads(self) -> tuple[SignedHead, ...]:
        with calling():
            rows = self._connection.execute(
                "select convert_to(statement, 'UTF8'), signature, key from tajzia.audit_heads()", binary=True
            ).fetchall()
        return tuple(
            SignedHead(statement=statement, signature=signature, key=key) for statement, signature, key in rows
        )

    def audit_page(self, branch: int, after: int, limit: int) -> tuple[Entry, ...]:
        with calling():
            rows = self._connection.execute(
                "select branch, position, command_id, previous, record, hash from tajzia.audit_page(%s, %s, %s)",
                (branch, after, limit),
                binary=True,
            ).fetchall()
        return tuple(
            Entry(
                branch=of, position=at, command_id=command, previous=previous, record=record.encode(), hash=chained
            )
            for of, at, command, previous, record, chained in rows
        )  # fmt: skip

    def holdings(self) -> tuple[CentreHolding, ...]:
        with calling():
            rows = self._connection.execute(
                "select epoch, branch, last, kind, held, total from tajzia.holdings()"
            ).fetchall()
        return tuple(
            CentreHolding(epoch, branch, last, _KINDS[kind], Holding(held, int(total)))
            for epoch, branch, last, kind, held, total in rows
        )

    def holding_buckets(self, branch: int, kind: FactKind) -> Mapping[int, Holding]:
        with calling():
            rows = self._connection.execute(
                "select bucket, held, total from tajzia.holding_buckets(%s, %s)", (branch, kind.value)
            ).fetchall()
        return {bucket: Holding(held, int(total)) for bucket, held, total in rows}

    def bucket(self, branch: int, kind: FactKind, bucket: int) -> tuple[FactRow, ...]:
        with calling():
            rows = self._connection.execute(
                "select id, sequence, body from tajzia.bucket(%s, %s, %s)", (branch, kind.value, bucket)
            ).fetchall()
        return tuple(FactRow(kind, identity, branch, sequence, body.encode()) for identity, sequence, body in rows)

    def fetch_paper(self, digest: str) -> bytes | None:
        with calling():
            row = self._connection.execute("select tajzia.fetch_paper(%s)", (digest,), binary=True).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def certificate_lists(self) -> tuple[bytes, bytes, bytes] | None:
        """The list key and the two signed lists; None where the centre signs none. Raises as every call."""
        with calling():
            try:
                row = self._connection.execute(
                    "select list_key, keys, revocations from tajzia.certificate_lists()", binary=True
                ).fetchone()
            except UndefinedFunction:
                return None  # a centre that is older than this program
        return None if row is None else (bytes(row[0]), bytes(row[1]), bytes(row[2]))

    def register_key(self, public_key: bytes) -> None:
        with calling():
            self._connection.execute("select tajzia.register_key(%s)", (public_key,))

    def wait_for_news(self, seconds: float) -> bool:
        with calling():
            if monotonic() - self._heard > _ASKED_AFTER:
                self._connection.execute("")
                self._heard = monotonic()
            return any(
                self._branches is None or news.payload in self._branches
                for news in self._connection.notifies(timeout=seconds, stop_after=1)
            )

    def close(self) -> None:
        self._connection.close()
