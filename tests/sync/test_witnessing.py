"""Workstations as witnesses of a real centre's chains; both sides compared by PostgreSQL's functions and policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.application.auditing.heads import HeadSigner
from desktop_app.application.auditing.proof import Proof, ProofState
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.sealed_keys import Ed25519Signer
from desktop_app.centre.audit_book import PostgresHeadBook
from desktop_app.centre.chain_epochs import begin_epoch
from desktop_app.centre.feed import put_facts
from desktop_app.centre.verifying import Question, read_heads, verify_centre
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.request import Status
from desktop_app.storage.verifying import StoreProofs, proof_of, verify_chains, verify_store
from desktop_app.sync.aftercare import Cared
from desktop_app.wire.audit import Record, entry_hash
from desktop_app.wire.audit_findings import Wrong
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain.builders import make_content
from tests.domain.journey import Journey, journey
from tests.postgres_fixture import SampleCentre, centre, postgres_server
from tests.sync.workstations import Workstation

__all__ = ["centre", "postgres_server"]

KEY = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
DISAGREES = pytest.mark.expects_log("the centre's history disagrees with what this device has seen")
RESTORED = pytest.mark.expects_log("the centre was restored from a backup")
MENDED = pytest.mark.expects_log("what is held here was not what the centre holds")
Workstations = Callable[..., Workstation]


@pytest.fixture
def workstation(tmp_path: Path, centre: SampleCentre) -> Iterator[Workstations]:
    made: list[Workstation] = []

    def make(device: str, login: str) -> Workstation:
        made.append(Workstation(tmp_path / f"{device}.db", centre, device, login))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


def work(centre: SampleCentre, name: str) -> str:
    """Somebody lodges and withdraws at the centre, the registrar signs; returns the withdrawal's id."""
    clerk = centre.hand("clerk2", "L1")
    clerk.send(Lodge(name, f"L1-{name}", make_content()))
    sent = clerk.send(Withdraw(name, "عدول"), base=1)
    centre.registrar.drain()
    sign(centre)
    return sent


def sign(centre: SampleCentre, key: Ed25519Signer = KEY) -> None:
    centre.clock.moment += timedelta(seconds=1)
    HeadSigner(PostgresHeadBook(centre.store), key, centre.clock).sign_all()


def care(station: Workstation) -> Cared:
    station.sample.clock.moment += timedelta(minutes=10)
    link = station.connected()
    cared = station.engine.round(link).cared
    link.close()
    assert cared is not None
    return cared


def kept(station: Workstation, branch: int = 8) -> list[int]:
    with station.store.glancing() as driver:
        rows = driver.execute("SELECT position FROM audit_entry WHERE branch = ? ORDER BY 1", (branch,)).fetchall()
    return [position for (position,) in rows]


def test_a_workstation_follows_from_the_first_head_it_sees(centre: SampleCentre, workstation: Workstations) -> None:
    work(centre, "before")
    one = workstation("K1", "clerk")
    assert care(one).history == ()
    assert kept(one) == []
    sent = work(centre, "after")
    assert care(one).history == ()
    assert len(kept(one)) == 2
    report = verify_store(one.store)
    assert (report.findings, report.entries, report.rows, report.branches) == ((), 2, 4, 2)
    proof = StoreProofs(one.store).proof_of(sent)
    assert (proof.state, proof.branch, proof.position) == (ProofState.PROVED, 8, kept(one)[-1])
    assert proof.signed_at == centre.query("select max(signed_at) from tajzia.audit_head where branch = 8")[0][0]
    assert StoreProofs(one.store).proof_of("unheard of") == Proof(ProofState.NOT_YET)


def rewrite(centre: SampleCentre, start: int) -> None:
    """The centre itself, or whoever holds it, writes its history anew from an entry on, and signs it."""
    with centre.admin() as connection, connection.transaction():
        rows = connection.execute(
            "select position, previous, record from tajzia.audit where branch = 8 order by 1"
        ).fetchall()
        before = b""
        for position, previous, record in rows:
            if position < start:
                continue
            before = before or bytes(previous)
            forged = record.replace('"clerk2"', '"mallory"')
            after = entry_hash(before, forged.encode())
            connection.execute(
                "update tajzia.audit set previous = %s, record = %s, hash = %s where branch = 8 and position = %s",
                (before, forged, after, position),
            )
            before = after
        connection.execute("update tajzia.feed_counter set head = %s where branch = 8", (before,))
        connection.execute("delete from tajzia.audit_head")
    sign(centre)


@DISAGREES
def test_a_centre_that_rewrites_its_history_is_caught(centre: SampleCentre, workstation: Workstations) -> None:
    one = workstation("K1", "clerk")
    work(centre, "first")
    care(one)
    work(centre, "second")
    care(one)
    start = kept(one)[0]
    rewrite(centre, start)
    with centre.admin() as connection:
        assert verify_centre(connection, Question(key=KEY.public, rows=False)).well, "it agrees with itself"
    (found,) = care(one).history
    assert (found.wrong, found.branch, found.position) == (Wrong.REWRITTEN, 8, start)
    assert one.store.tally().care.history == 1
    work(centre, "third")
    assert [(again.wrong, again.position) for again in care(one).history] == [(Wrong.REWRITTEN, start)]
    assert verify_store(one.store).well, "what was seen is kept as it was seen"
    with centre.admin() as connection:
        heads = tuple(head for _, _, head in read_heads(connection))
    assert [found.wrong for found in verify_store(one.store, heads).findings] != []


@DISAGREES
def test_a_tail_that_was_cut_off_and_written_anew_is_caught(centre: SampleCentre, workstation: Workstations) -> None:
    one = workstation("K1", "clerk")
    work(centre, "first")
    care(one)
    work(centre, "second")
    care(one)
    last = kept(one)[-1]
    restore_to(centre, last - 1)
    work(centre, "third")
    (found,) = care(one).history
    assert (found.wrong, found.position) == (Wrong.REWRITTEN, last)


def restore_to(centre: SampleCentre, position: int) -> None:
    """The chain of branch 8 as a backup would have it."""
    with centre.admin() as connection, connection.transaction():
        connection.execute("delete from tajzia.audit where branch = 8 and position > %s", (position,))
        connection.execute(
            "update tajzia.feed_counter c set position = a.position, head = a.hash from tajzia.audit a"
            " where a.branch = 8 and a.position = %s and c.branch = 8",
            (position,),
        )
        connection.execute("delete from tajzia.audit_head where branch = 8 and position > %s", (position,))


@RESTORED
def test_a_restored_centre_is_followed_where_it_says_so(centre: SampleCentre, workstation: Workstations) -> None:
    one = workstation("K1", "clerk")
    work(centre, "first")
    care(one)
    work(centre, "second")
    care(one)
    last = kept(one)[-1]
    restore_to(centre, last - 1)
    with centre.admin() as connection:
        begin_epoch(connection)
    work(centre, "third")
    assert care(one).history == ()
    report = verify_store(one.store)
    assert report.findings == ()
    assert (8, last, 1) in report.restored
    records = [decode(bytes(row), Record) for row in records_of(one)]
    assert [record.cause.what.value for record in records[-3:]] == ["epoch", "command", "command"]


@RESTORED
def test_a_centre_restored_to_before_the_first_head_that_was_seen(
    centre: SampleCentre, workstation: Workstations
) -> None:
    work(centre, "first")
    one = workstation("K1", "clerk")
    care(one)
    restore_to(centre, 1)
    with centre.admin() as connection:
        begin_epoch(connection)
    work(centre, "second")
    assert care(one).history == ()
    work(centre, "third")
    assert care(one).history == ()
    assert verify_store(one.store).well


def records_of(station: Workstation) -> list[bytes]:
    with station.store.glancing() as driver:
        rows = driver.execute("SELECT record FROM audit_entry WHERE branch = 8 ORDER BY position").fetchall()
    return [record for (record,) in rows]


@DISAGREES
def test_heads_that_somebody_else_signs_are_not_believed(centre: SampleCentre, workstation: Workstations) -> None:
    one = workstation("K1", "clerk")
    work(centre, "first")
    care(one)
    stranger = Ed25519Signer(Ed25519PrivateKey.generate())
    centre.hand("clerk2", "L1").send(Lodge("second", "L1-2", make_content()))
    centre.registrar.drain()
    sign(centre, stranger)
    assert {found.wrong for found in care(one).history} == {Wrong.SIGNATURE}


def test_what_was_changed_on_the_workstation_is_found_there(centre: SampleCentre, workstation: Workstations) -> None:
    one = workstation("K1", "clerk")
    work(centre, "first")
    care(one)
    sent = work(centre, "second")
    care(one)
    position = kept(one)[-1]
    renamed = "CAST(replace(CAST({0} AS TEXT), 'clerk2', 'x') AS BLOB)"
    for change, wrong, state in (
        (f"UPDATE event SET body = {renamed.format('body')} WHERE id = ?", Wrong.ROW_CHANGED, ProofState.BROKEN),
        (
            f"UPDATE audit_entry SET record = {renamed.format('record')} WHERE command_id = ?",
            Wrong.CHANGED,
            ProofState.BROKEN,
        ),
        ("DELETE FROM audit_entry WHERE command_id = ?", Wrong.MISSING, ProofState.NOT_YET),
    ):
        with one.store.writing() as writes:
            writes.driver.execute("SAVEPOINT before")
            assert writes.driver.execute(change, (sent,)).rowcount == 1
            (found,) = verify_chains(writes.driver).findings
            assert proof_of(writes.driver, sent).state is state
            writes.driver.execute("ROLLBACK TO before")
        assert (found.wrong, found.position) == (wrong, position)


def asked() -> Journey:
    """A request whose outside body has been asked."""
    made = journey(Status.AWAITING_APPROVALS)
    made.write_letters()
    return made


@pytest.mark.parametrize(
    ("device", "login"),
    [("K1", "clerk"), ("M1", "clerk9"), ("K2", "officer_health"), ("L1", "auditor"), ("S1", "administrator")],
)
def test_everybody_holds_what_the_centre_says_they_do(
    centre: SampleCentre, workstation: Workstations, device: str, login: str
) -> None:
    """The sums of rows that policies let through are those of the rows that were pulled."""
    facts = []
    for at, status in enumerate((Status.LODGED, Status.AWAITING_APPROVALS, Status.ISSUED)):
        request = replace(
            asked().request if status is Status.AWAITING_APPROVALS else journey(status).request, id=f"q{at}"
        )
        facts.append(LoadedFact(FactKind.REQUEST, request.id, request.branch, encode(request)))
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, facts)
    centre.hand("clerk2", "K2").send(Accept("nothing"))
    centre.registrar.drain()
    one = workstation(device, login)
    done = care(one).compared
    assert done.differences == ()
    link = one.connected()
    told = {(row.branch, row.kind) for row in link.holdings() if row.holding.held}
    link.close()
    assert (EVERYWHERE, FactKind.STAFF) in told
    assert ((8, FactKind.REQUEST) in told) == (login in ("clerk", "officer_health", "auditor"))
    assert ((8, FactKind.OUTCOME) in told) == (login in ("clerk", "auditor"))
    assert ((EVERYWHERE, FactKind.DUES) in told) == (login in ("clerk", "clerk9", "auditor"))


@MENDED
@pytest.mark.parametrize(("device", "login"), [("K1", "clerk"), ("K2", "officer_health")])
def test_a_lost_request_is_found_and_fetched_over_the_real_functions(
    centre: SampleCentre, workstation: Workstations, device: str, login: str
) -> None:
    request = asked().request
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, [LoadedFact(FactKind.REQUEST, request.id, 8, encode(request))])
    one = workstation(device, login)
    care(one)
    with one.store.writing() as writes:
        assert writes.driver.execute("DELETE FROM request WHERE id = ?", (request.id,)).rowcount == 1
    (found,) = care(one).compared.differences
    assert (found.branch, found.kind, found.missing, found.unmended) == (8, FactKind.REQUEST, 1, False)
    with one.store.reading() as reads:
        assert reads.find_request(request.id) == request


def test_left_the_scope_and_deleted_are_two_things(centre: SampleCentre, workstation: Workstations) -> None:
    """In the feed, and in the replica: what has left one branch stands in the other; what is deleted stands nowhere."""
    here, there = (replace(journey(Status.LODGED).request, id=name) for name in ("q1", "q2"))
    put = [LoadedFact(FactKind.REQUEST, one.id, 8, encode(one)) for one in (here, there)]
    one = workstation("K1", "clerk")
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, put)
    care(one)
    moved = replace(here, branch=9)
    with centre.admin() as connection, connection.transaction():
        put_facts(
            connection,
            [
                LoadedFact(FactKind.REQUEST, "q1", 9, encode(moved)),
                LoadedFact(FactKind.REQUEST, "q2", 8, None),
            ],
        )
    rows = {row.id: row for row in centre.connect("clerk", "K2").pull(8, 0, 1000).rows if row.kind is FactKind.REQUEST}
    assert (rows["q1"].body, rows["q1"].departed) == (None, True)
    assert (rows["q2"].body, rows["q2"].departed) == (None, False)
    assert care(one).compared.differences == ()
    with one.store.reading() as reads:
        assert reads.find_request("q1") is reads.find_request("q2") is None
        assert (reads.why_gone(FactKind.REQUEST, "q1"), reads.why_gone(FactKind.REQUEST, "q2")) == (
            "departed", "deleted",
        )  # fmt: skip
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, [LoadedFact(FactKind.REQUEST, "q1", 8, encode(here))])
    care(one)
    with one.store.reading() as reads:
        assert reads.find_request("q1") == here
        assert reads.why_gone(FactKind.REQUEST, "q1") is None


def test_the_offset_of_a_devices_clock_is_kept_beside_what_it_delivers(
    centre: SampleCentre, workstation: Workstations
) -> None:
    """The builders' moment is far from the server's own clock: that is the device's clock, months off."""
    one = workstation("K1", "clerk")
    care(one)
    request_id = one.desk.new_request_id()
    assert one.desk.give(Lodge(request_id, one.desk.next_reference(), make_content())).accepted
    link = one.connected()
    one.engine.round(link)
    ((ahead, received, now),) = centre.query("select clock_ahead, submitted_at, now() from tajzia.inbox")
    expected = centre.clock.now() - received
    assert abs(ahead - expected) < timedelta(seconds=5)
    assert timedelta() <= now - received < timedelta(minutes=1)
    centre.registrar.drain()
    (record,) = (
        decode(record.encode(), Record)
        for (record,) in centre.query("select record from tajzia.audit where command_id <> '' and branch = 8")
    )
    assert record.cause.clock_ahead_ms == round(ahead / timedelta(milliseconds=1))
    assert (record.cause.received_at, record.cause.made_at) == (received, centre.clock.now())
    link.tell_clock(centre.clock.now() + timedelta(days=400_000))
    ((ahead,),) = centre.query("select ahead > interval '1000 years' from tajzia.device_clock where device = 'K1'")
    assert ahead
    link.close()
