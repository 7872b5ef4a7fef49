"""One write transaction of the replica: the pending log, the centre's facts, and what lies provisionally on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert_into

from desktop_app.domain.deciding import Outcome
from desktop_app.storage import tables
from desktop_app.storage.facts_writer import FactsWriter, Said
from desktop_app.storage.instants import to_text
from desktop_app.storage.kinds import TABLE_OF, id_column
from desktop_app.storage.reading import SENT, WAITING, ReplicaReads
from desktop_app.sync.replica import ANEW, PendingCommand
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.envelope import Envelope, Signed
from desktop_app.wire.facts import FactKind, FactRow, StoredOutcome

CONFIRMED, REFUSED = "confirmed", "refused"
EPOCH, LAST_CONTACT = "epoch", "last_contact"
KEPT_AFTER_CONFIRMATION = timedelta(days=30)
"""How long a confirmed command is kept, in case the centre is restored from a backup that does not hold it. Told by
the centre's clock alone: a device's that jumped would throw away what it gave a minute ago."""

_command, _refusal, _base = tables.command, tables.refusal, tables.base
UNSETTLED = (
    select(_command.c.id)
    .join(tables.outcome, tables.outcome.c.id == _command.c.id)
    .where(_command.c.state.in_((WAITING, SENT)))
    .order_by(_command.c.sequence)
)
"""Pending commands whose outcome has come."""
_SETTLING = UNSETTLED.with_only_columns(tables.outcome.c.body)

# Statements that every round runs many times are plain text: nothing has to be built or looked up before they run.
_PENDING = f"FROM command WHERE state IN ('{WAITING}', '{SENT}')"
_REFUSED = "FROM refusal WHERE dismissed_at IS NULL"
_MARK = f"""
UPDATE request SET
    pending = (SELECT count(*) {_PENDING} AND command.request_id = request.id),
    refused = (SELECT count(*) {_REFUSED} AND refusal.request_id = request.id)
WHERE id = ?
"""
_RECOUNT = tuple(
    statement
    for column, counted in (("pending", _PENDING), ("refused", _REFUSED))
    for statement in (
        f"UPDATE request SET {column} = 0 WHERE {column} > 0 AND id NOT IN (SELECT request_id {counted})",
        f"UPDATE request SET {column} = now.held"
        f" FROM (SELECT request_id, count(*) AS held {counted} GROUP BY request_id) now"
        f" WHERE request.id = now.request_id AND request.{column} <> now.held",
    )
)
"""A test looks at the plans: none of them may walk through the requests."""
_STANDS = {
    kind: f"SELECT branch, body FROM {table.name} WHERE {id_column(kind)} = ?" for kind, table in TABLE_OF.items()
}
_SET_ASIDE = "INSERT INTO base (kind, id, branch, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_ADVANCE = """
INSERT INTO cursor (branch, epoch, reached) VALUES (?, ?, ?)
ON CONFLICT (branch) DO UPDATE SET epoch = excluded.epoch, reached = excluded.reached
"""
_SET = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class ReplicaWrites(ReplicaReads):
    """`sync.replica.Writing` and `application.ports.replica.ReplicaWriting` over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._facts = FactsWriter(self)

    # What is given here

    def take_from_series(self, series: str, wanted: int = 0) -> int:
        taken = max(self.peek_series(series), wanted)
        statement = upsert_into(tables.series).values(name=series, next=taken + 1)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"next": statement.excluded.next})
        )
        return taken

    def append(self, envelope: Envelope, signed: Signed) -> None:
        self.connection.execute(
            insert(_command).values(
                sequence=envelope.sequence,
                id=envelope.command_id,
                request_id=envelope.request_id,
                author=envelope.author,
                action=envelope.kind,
                made_at=to_text(envelope.made_at),
                state=WAITING,
                payload=signed.payload,
                signature=signed.signature,
            )
        )

    def apply(self, outcome: Outcome) -> None:
        said = [Said(FactKind.LICENCE, one.number, one.district, encode(one)) for one in outcome.licences]
        if outcome.request is not None:
            request = outcome.request
            said.append(Said(FactKind.REQUEST, request.id, request.branch, encode(request)))
        if outcome.event is not None:
            event = outcome.event
            said.append(Said(FactKind.EVENT, event.id, event.branch, encode(event)))
        self._keep_base(said)
        self._facts.write(said)
        if outcome.request is not None:
            self._mark(outcome.request.id)

    def dismiss(self, command_id: str, reason: str, by: str, at: datetime) -> None:
        open_one = (_refusal.c.command_id == command_id) & _refusal.c.dismissed_at.is_(None)
        request_id = self.connection.scalar(select(_refusal.c.request_id).where(open_one))
        if request_id is None:
            raise KeyError(command_id)
        self.connection.execute(
            update(_refusal).where(open_one).values(dismissed_at=to_text(at), dismissed_by=by, reason=reason)
        )
        self._mark(request_id)

    # What the centre says

    def begin_epoch(self, epoch: str) -> None:
        self.connection.execute(update(tables.cursor).values(reached=ANEW))
        self.connection.execute(delete(tables.outcome))
        self.connection.execute(update(_command).where(_command.c.state.in_((SENT, CONFIRMED))).values(state=WAITING))
        self.set_setting(EPOCH, epoch)

    def leave(self, branch: int) -> None:
        self._facts.take_away_branch(branch)
        self.connection.execute(delete(tables.cursor).where(tables.cursor.c.branch == branch))

    def begin_anew(self, branch: int) -> None:
        self._facts.take_away_branch(branch)

    def store(self, rows: Sequence[FactRow]) -> None:
        beneath = {(kind, key) for kind, key in self.connection.exec_driver_sql("SELECT kind, id FROM base")}
        said = [Said(row.kind, row.id, row.branch, row.body) for row in rows]
        self._facts.write(one for one in said if (one.kind.value, one.id) not in beneath)
        for one in said:
            if (one.kind.value, one.id) in beneath:
                self.connection.execute(
                    update(_base)
                    .where(_base.c.kind == one.kind.value, _base.c.id == one.id)
                    .values(branch=one.branch, body=one.body)
                )
        self._take_back_refusals([row for row in rows if row.kind is FactKind.OUTCOME])

    def settle(self) -> None:
        decided = self.connection.execute(_SETTLING).scalars().all()
        for body in decided:
            outcome = decode(body, StoredOutcome)
            self.connection.execute(
                update(_command)
                .where(_command.c.id == outcome.id)
                .values(state=CONFIRMED if outcome.accepted else REFUSED, decided_at=to_text(outcome.decided_at))
            )
            if not outcome.accepted:
                self.connection.execute(
                    insert(_refusal).values(command_id=outcome.id, request_id=outcome.request_id, outcome=body)
                )

    def advance(self, branch: int, epoch: str, reached: int) -> None:
        self.connection.exec_driver_sql(_ADVANCE, (branch, epoch, reached))

    def mark_sent(self, commands: Sequence[PendingCommand]) -> None:
        sequences = [command.sequence for command in commands]
        self.connection.execute(
            update(_command).where(_command.c.sequence.in_(sequences), _command.c.state == WAITING).values(state=SENT)
        )

    # What lies on top

    def undo_provisional(self) -> None:
        rows = self.connection.execute(select(_base)).all()
        self.connection.execute(delete(_base))
        self._facts.write(Said(FactKind(row.kind), row.id, row.branch, row.body) for row in rows)

    def undecided(self) -> tuple[PendingCommand, ...]:
        return self.commands((WAITING, SENT))

    def recount_pending(self) -> None:
        for statement in _RECOUNT:
            self.connection.exec_driver_sql(statement)

    def keep_paper(self, digest: str, data: bytes) -> None:
        statement = upsert_into(tables.paper_bytes).values(id=digest, data=data)
        self.connection.execute(statement.on_conflict_do_nothing())
        self.connection.execute(update(tables.paper).where(tables.paper.c.id == digest).values(held=1))

    def note_contact(self, at: datetime) -> None:
        self.set_setting(LAST_CONTACT, to_text(at))

    def forget_confirmed(self, at: datetime) -> None:
        kept_from = to_text(at - KEPT_AFTER_CONFIRMATION)
        self.connection.execute(
            delete(_command).where(_command.c.state == CONFIRMED, _command.c.decided_at < kept_from)
        )

    def set_setting(self, name: str, value: str) -> None:
        self.connection.exec_driver_sql(_SET, (name, value))

    def _take_back_refusals(self, rows: Sequence[FactRow]) -> None:
        """A centre that was restored from a backup decides anew what had not been decided then, and may accept what
        it refused before: its last word counts."""
        ids = select(_command.c.id).where(_command.c.state == REFUSED, _command.c.id.in_([row.id for row in rows]))
        refused = set(self.connection.execute(ids).scalars()) if rows else set()
        for row in rows:
            outcome = decode(row.body, StoredOutcome) if row.id in refused and row.body is not None else None
            if outcome is not None and outcome.accepted:
                self.connection.execute(delete(_refusal).where(_refusal.c.command_id == row.id))
                self.connection.execute(
                    update(_command)
                    .where(_command.c.id == row.id)
                    .values(state=CONFIRMED, decided_at=to_text(outcome.decided_at))
                )

    def _keep_base(self, said: Sequence[Said]) -> None:
        """Sets aside what the centre says of the records that are about to be written over, the first time."""
        for fact in said:
            found = self.connection.exec_driver_sql(_STANDS[fact.kind], (fact.id,)).one_or_none()
            branch, body = found or (fact.branch, None)
            self.connection.exec_driver_sql(_SET_ASIDE, (fact.kind.value, fact.id, branch, body))

    def _mark(self, request_id: str) -> None:
        self.connection.exec_driver_sql(_MARK, (request_id,))
