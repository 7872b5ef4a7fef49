"""One write transaction of the replica: the pending log, the centre's facts, and what lies provisionally on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from desktop_app.domain.deciding import Outcome
from desktop_app.storage import chains, holdings, snapshots
from desktop_app.storage.bulk import BulkWriter
from desktop_app.storage.command_log import (
    COMPARED,
    CONFIRMED,
    EPOCH,
    HISTORY,
    LAST_CONTACT,
    MENDED,
    REFUSED,
    SENT,
    UNSETTLED,
    WAITING,
)
from desktop_app.storage.facts_writer import FactsWriter, Said
from desktop_app.storage.instants import to_text
from desktop_app.storage.kinds import TABLE_OF, id_column
from desktop_app.storage.opening import Driver
from desktop_app.storage.reading import ReplicaReads
from desktop_app.sync.replica import ANEW, PendingCommand
from desktop_app.wire.audit import Entry, Head, SignedHead
from desktop_app.wire.audit_check import Anchor
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.envelope import Envelope, Signed
from desktop_app.wire.facts import FactKind, FactRow, StoredOutcome
from desktop_app.wire.snapshot import SnapshotStart

KEPT_AFTER_CONFIRMATION = timedelta(days=30)
"""How long a confirmed command is kept, in case the centre is restored from a backup that does not hold it. Told by
the centre's clock alone: a device's that jumped would throw away what it gave a minute ago."""

# Statements are plain text: a round runs many, and nothing has to be built or looked up before they run.
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
_GONE = """
INSERT INTO gone (kind, id, branch, departed) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, id) DO UPDATE SET branch = excluded.branch, departed = excluded.departed
"""
_SET_ASIDE = "INSERT INTO base (kind, id, branch, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_ADVANCE = """
INSERT INTO cursor (branch, epoch, reached) VALUES (?, ?, ?)
ON CONFLICT (branch) DO UPDATE SET epoch = excluded.epoch, reached = excluded.reached
"""
_TAKE = "INSERT INTO series (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = excluded.next"
_SET = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class ReplicaWrites(ReplicaReads):
    """`sync.replica.Writing` and `application.ports.replica.ReplicaWriting` over one open transaction."""

    def __init__(self, driver: Driver) -> None:
        super().__init__(driver)
        self._facts = FactsWriter(self)
        self._bulk = BulkWriter(self, self._facts)

    # What is given here

    def take_from_series(self, series: str, wanted: int = 0) -> int:
        taken = max(self.peek_series(series), wanted)
        self.driver.execute(_TAKE, (series, taken + 1))
        return taken

    def append(self, envelope: Envelope, signed: Signed) -> None:
        made_at = to_text(envelope.made_at)
        self.driver.execute(
            "INSERT INTO command (sequence, id, request_id, author, action, made_at, state, payload, signature)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                envelope.sequence, envelope.command_id, envelope.request_id, envelope.author, envelope.kind, made_at,
                WAITING, signed.payload, signed.signature,
            ),
        )  # fmt: skip

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
        request_id = self._value(f"SELECT request_id {_REFUSED} AND command_id = ?", command_id)
        if request_id is None:
            raise KeyError(command_id)
        self.driver.execute(
            "UPDATE refusal SET dismissed_at = ?, dismissed_by = ?, reason = ? WHERE command_id = ?",
            (to_text(at), by, reason, command_id),
        )
        self._mark(request_id)

    # What the centre says

    def begin_epoch(self, epoch: str) -> None:
        self.driver.execute("UPDATE cursor SET reached = ?", (ANEW,))
        self.driver.execute("DELETE FROM snapshot")
        self.driver.execute("DELETE FROM outcome")
        self.driver.execute("UPDATE command SET state = ? WHERE state IN (?, ?)", (WAITING, SENT, CONFIRMED))
        self.set_setting(EPOCH, epoch)

    def leave(self, branch: int) -> None:
        self._facts.take_away_branch(branch)
        snapshots.end(self.driver, branch)
        self.driver.execute("DELETE FROM cursor WHERE branch = ?", (branch,))

    def begin_snapshot(self, start: SnapshotStart) -> bool:
        cursor = self._value("SELECT reached FROM cursor WHERE branch = ?", start.branch)
        held = snapshots.held(self.driver).get(start.branch)
        if cursor not in (None, ANEW) or (held is not None and held.epoch == start.epoch):
            return False
        self._facts.take_away_branch(start.branch)
        snapshots.begin(self.driver, start)
        self.advance(start.branch, start.epoch, ANEW)
        return True

    def advance_snapshot(self, branch: int, after: int, reached: int, came: int) -> bool:
        return snapshots.advance(self.driver, branch, after, reached, came)

    def finish_snapshot(self, branch: int) -> None:
        taken = snapshots.held(self.driver)[branch]
        self._bulk.complete()
        self.advance(branch, taken.epoch, taken.at)

    def end_snapshot(self, branch: int) -> None:
        snapshots.end(self.driver, branch)

    def load(self, rows: Sequence[FactRow]) -> None:
        self._take_over(rows, self._bulk.write)

    def store(self, rows: Sequence[FactRow]) -> None:
        self._take_over(rows, self._facts.write)

    def _take_over(self, rows: Sequence[FactRow], write: Callable[[Iterable[Said]], None]) -> None:
        beneath = set(self.driver.execute("SELECT kind, id FROM base"))
        said = [Said(row.kind, row.id, row.branch, row.body) for row in rows]
        lost = [(row.kind, row.id, row.branch, int(row.departed)) for row in rows if row.body is None]
        write([one for one in said if (one.kind, one.id) not in beneath] if beneath else said)
        self._facts.take_away_beside(
            [(row.id, row.branch) for row in rows if row.kind is FactKind.REQUEST and row.body is None]
        )
        for one in said if beneath else ():
            if (one.kind, one.id) in beneath:
                self.driver.execute(
                    "UPDATE base SET branch = :branch, body = :body WHERE kind = :kind AND id = :id"
                    # What has left a branch may stand in another by now.
                    " AND (:body IS NOT NULL OR branch = :branch)",
                    {"branch": one.branch, "body": one.body, "kind": one.kind, "id": one.id},
                )
        self.driver.executemany(_GONE, [one for one in lost if self._value(_STANDS[one[0]], one[1]) is None])
        self._take_back_refusals([row for row in rows if row.kind is FactKind.OUTCOME])

    def settle(self) -> None:
        for (body,) in self.driver.execute(UNSETTLED).fetchall():
            outcome = decode(body, StoredOutcome)
            self._decided(outcome, CONFIRMED if outcome.accepted else REFUSED)
            if not outcome.accepted:
                self.driver.execute(
                    "INSERT INTO refusal (command_id, request_id, outcome) VALUES (?, ?, ?)",
                    (outcome.id, outcome.request_id, body),
                )

    def advance(self, branch: int, epoch: str, reached: int) -> None:
        self.driver.execute(_ADVANCE, (branch, epoch, reached))

    def mark_sent(self, commands: Sequence[PendingCommand]) -> None:
        self.driver.executemany(
            f"UPDATE command SET state = '{SENT}' WHERE sequence = ? AND state = '{WAITING}'",
            [(command.sequence,) for command in commands],
        )

    # What lies on top

    def undo_provisional(self) -> None:
        rows = self.driver.execute("SELECT kind, id, branch, body FROM base").fetchall()
        if not rows:
            return
        self.driver.execute("DELETE FROM base")
        self._facts.write(Said(FactKind(kind), identity, branch, body) for kind, identity, branch, body in rows)

    def undecided(self) -> tuple[PendingCommand, ...]:
        return self.commands((WAITING, SENT))

    def recount_pending(self) -> None:
        for statement in _RECOUNT:
            self.driver.execute(statement)

    def keep_paper(self, digest: str, data: bytes) -> None:
        self.driver.execute("INSERT INTO paper_bytes (id, data) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, data))
        self.driver.execute("UPDATE paper SET held = 1 WHERE id = ?", (digest,))

    def note_care(self, at: datetime, mended: int, history: int) -> None:
        self.set_setting(COMPARED, to_text(at))
        self.set_setting(HISTORY, str(history))
        if mended:
            self.set_setting(MENDED, f"{to_text(at)} {mended}")

    def count_again(self, branch: int, kind: FactKind) -> None:
        holdings.count_again(self.driver, branch, kind.value)

    # What is seen of the audit chains

    def keep_audit_key(self, key: bytes) -> None:
        self.set_setting(chains.AUDIT_KEY, key.hex())

    def begin_chain(self, branch: int, at: Anchor) -> None:
        chains.begin(self.driver, branch, at)

    def keep_head(self, head: Head, signed: SignedHead) -> None:
        chains.keep_head(self.driver, head, signed)

    def keep_entries(self, entries: Sequence[Entry]) -> None:
        chains.keep_entries(self.driver, entries)

    def take_entries_back(self, branch: int, position: int) -> None:
        chains.take_back(self.driver, branch, position)

    def note_contact(self, at: datetime) -> None:
        self.set_setting(LAST_CONTACT, to_text(at))

    def forget_confirmed(self, at: datetime) -> None:
        kept_from = to_text(at - KEPT_AFTER_CONFIRMATION)
        self.driver.execute("DELETE FROM command WHERE state = ? AND decided_at < ?", (CONFIRMED, kept_from))

    def set_setting(self, name: str, value: str) -> None:
        self.driver.execute(_SET, (name, value))

    def _take_back_refusals(self, rows: Sequence[FactRow]) -> None:
        """A centre that was restored from a backup decides anew what had not been decided then, and may accept what
        it refused before: its last word counts."""
        refused = "SELECT state FROM command WHERE id = ?"
        for row in rows:
            if row.body is None or self._value(refused, row.id) != REFUSED:
                continue
            outcome = decode(row.body, StoredOutcome)
            if outcome.accepted:
                self.driver.execute("DELETE FROM refusal WHERE command_id = ?", (row.id,))
                self._decided(outcome, CONFIRMED)

    def _decided(self, outcome: StoredOutcome, state: str) -> None:
        decided_at = to_text(outcome.decided_at)
        self.driver.execute(
            "UPDATE command SET state = ?, decided_at = ? WHERE id = ?", (state, decided_at, outcome.id)
        )

    def _keep_base(self, said: Sequence[Said]) -> None:
        """Sets aside what the centre says of the records that are about to be written over, the first time."""
        for fact in said:
            found = self.driver.execute(_STANDS[fact.kind], (fact.id,)).fetchone()
            branch, body = found or (fact.branch, None)
            self.driver.execute(_SET_ASIDE, (fact.kind.value, fact.id, branch, body))

    def _mark(self, request_id: str) -> None:
        self.driver.execute(_MARK, (request_id,))
