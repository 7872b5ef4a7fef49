"""Whoever has the superuser's rights may change any row; the chain tells of it, and names the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.application.auditing.heads import HeadSigner
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.sealed_keys import Ed25519Signer
from desktop_app.centre.audit_book import PostgresHeadBook
from desktop_app.centre.chain_epochs import begin_epoch
from desktop_app.centre.feed import put_facts
from desktop_app.centre.verifying import Question, read_heads, verify_centre
from desktop_app.centre.verifying_rows import side_tables
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.request import Status
from desktop_app.wire.audit import GENESIS, Record, SignedHead, What, entry_hash
from desktop_app.wire.audit_findings import Finding, Wrong
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain import builders
from tests.domain.builders import make_content
from tests.domain.journey import journey
from tests.postgres_fixture import SampleCentre

Rows = list[tuple[Any, ...]]
KEY = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
REQUESTS = 3


@pytest.fixture
def busy(centre: SampleCentre) -> SampleCentre:
    """Branch 8 with lodgings, acceptances and a refusal; its chain has one entry for each, and one for what was
    loaded."""
    clerk = centre.hand("clerk")
    for at in range(REQUESTS):
        clerk.send(Lodge(f"r{at}", f"K1-{at:06}", make_content()))
        clerk.send(Withdraw(f"r{at}", "عدول"), base=1)
    clerk.send(Accept("r9"))
    assert centre.registrar.drain() == 2 * REQUESTS + 1
    return centre


def entries(centre: SampleCentre, branch: int = 8) -> Rows:
    return centre.query(
        "select position, command_id, previous, record, hash from tajzia.audit where branch = %s order by 1", branch
    )


def verify(centre: SampleCentre, asked: Question | None = None) -> tuple[Finding, ...]:
    with centre.admin() as connection:
        return verify_centre(connection, asked or Question()).findings


def tamper(centre: SampleCentre, *statements: str) -> None:
    with centre.admin() as connection:
        for statement in statements:
            assert connection.execute(statement.encode()).rowcount, statement


def sign(centre: SampleCentre) -> tuple[SignedHead, ...]:
    """Signs every head that has grown; returns all there are, as an outside witness would keep them."""
    HeadSigner(PostgresHeadBook(centre.store), KEY, centre.clock).sign_all()
    with centre.admin() as connection:
        return tuple(head for _, _, head in read_heads(connection))


def test_an_untouched_centre_is_well(busy: SampleCentre) -> None:
    sign(busy)
    with busy.admin() as connection:
        report = verify_centre(connection, Question(key=KEY.public))
    assert report.findings == ()
    assert report.entries == len(entries(busy)) + len(entries(busy, EVERYWHERE)) + len(entries(busy, 9))
    assert report.rows == busy.query("select count(*) from tajzia.fact")[0][0]
    assert report.heads == 2


def test_every_outcome_has_one_entry_refused_ones_too(busy: SampleCentre) -> None:
    outcomes = dict(busy.query("select id, body from tajzia.fact where kind = 'outcome'"))
    records = [decode(record.encode(), Record) for _, _, _, record, _ in entries(busy)]
    commands = [one for one in records if one.cause.what is What.COMMAND]
    assert [one.cause.command_id for one in commands] != []
    assert {one.cause.command_id for one in commands} == outcomes.keys()
    assert len(commands) == len(outcomes)
    assert [one.cause.accepted for one in commands].count(False) == 1
    first = commands[0].cause
    inbox = busy.query("select encode(fingerprint, 'hex'), submitted_at from tajzia.inbox order by arrival limit 1")
    assert (first.payload, first.received_at) == inbox[0]
    assert (first.author, first.device, first.sequence, first.request_id) == ("clerk", "K1", 1, "r0")
    assert first.decided_at == first.made_at == busy.clock.now()


def test_an_entry_tells_of_every_fact_what_it_was_and_what_it_is(busy: SampleCentre) -> None:
    records = [decode(record.encode(), Record) for _, _, _, record, _ in entries(busy)]
    of_request = [mark for one in records for mark in one.facts if (mark.kind, mark.id) == ("request", "r0")]
    assert len(of_request) == 2
    assert (of_request[0].before, of_request[1].before) == ("", of_request[0].after)
    (stands,) = busy.query("select digest from tajzia.fact where kind = 'request' and id = 'r0'")
    assert int(of_request[1].after, 16) == int(stands[0])


def middle(centre: SampleCentre) -> tuple[int, str]:
    rows = entries(centre)
    position, command_id, *_ = rows[len(rows) // 2]
    return position, command_id


CHANGES = {
    "record": "record = replace(record, 'clerk', 'clerk2')",
    "hash": "hash = sha256(hash)",
    "previous": "previous = sha256(previous)",
    "command": "command_id = 'another'",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_entry_is_named(busy: SampleCentre, change: str) -> None:
    position, _ = middle(busy)
    tamper(busy, f"update tajzia.audit set {CHANGES[change]} where branch = 8 and position = {position}")
    (found,) = verify(busy, Question(rows=False))
    assert (found.wrong, found.branch, found.position) == (Wrong.CHANGED, 8, position)


@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_a_removed_entry_is_missed(busy: SampleCentre, which: str) -> None:
    rows = entries(busy)
    position = {"first": 1, "middle": middle(busy)[0], "last": rows[-1][0]}[which]
    tamper(busy, f"delete from tajzia.audit where branch = 8 and position = {position}")
    (found,) = verify(busy, Question(rows=False))
    assert (found.wrong, found.branch, found.position) == (Wrong.MISSING, 8, position)


def cut_the_tail(centre: SampleCentre, count: int = 2) -> int:
    """Removes the last entries and moves the counter back, as if they had never been; returns the first that went."""
    last = entries(centre)[-1][0]
    tamper(
        centre,
        f"delete from tajzia.audit where branch = 8 and position > {last - count}",
        "update tajzia.feed_counter c set position = a.position, head = a.hash from tajzia.audit a"
        f" where a.branch = 8 and a.position = {last - count} and c.branch = 8",
    )
    return int(last) - count + 1


def test_a_tail_that_was_cut_off_is_missed_by_the_signed_heads(busy: SampleCentre) -> None:
    witnessed = sign(busy)
    first = cut_the_tail(busy)
    (found,) = verify(busy, Question(rows=False))
    assert (found.wrong, found.position) == (Wrong.MISSING, first)
    # Whoever throws the heads away too meets them again at the witness.
    tamper(busy, "delete from tajzia.audit_head")
    assert verify(busy, Question(rows=False)) == ()
    (found,) = verify(busy, Question(rows=False, witnessed=witnessed, key=KEY.public))
    assert (found.wrong, found.position) == (Wrong.MISSING, first)


def test_an_entry_that_was_slipped_in_is_named(busy: SampleCentre) -> None:
    position, _ = middle(busy)
    (_, _, previous, record, _) = entries(busy)[position - 1]
    forged = record.replace("clerk", "mallory")
    with busy.admin() as connection:
        connection.execute(
            "update tajzia.audit set position = -position where branch = 8 and position >= %s", (position,)
        )
        connection.execute("update tajzia.audit set position = 1 - position where branch = 8 and position < 0")
        connection.execute(
            "insert into tajzia.audit values (8, %s, 'mallory', %s, %s, %s)",
            (position, previous, forged, entry_hash(bytes(previous), forged.encode())),
        )
    (found,) = verify(busy, Question(rows=False))
    assert found.position == position


def test_entries_that_changed_places_are_named(busy: SampleCentre) -> None:
    position, _ = middle(busy)
    tamper(
        busy,
        f"update tajzia.audit set position = -1 where branch = 8 and position = {position}",
        f"update tajzia.audit set position = {position} where branch = 8 and position = {position + 1}",
        f"update tajzia.audit set position = {position + 1} where branch = 8 and position = -1",
    )
    (found,) = verify(busy, Question(rows=False))
    assert (found.wrong, found.position) == (Wrong.OUT_OF_PLACE, position)


def chain_anew(centre: SampleCentre, start: int) -> None:
    """What a careful forger does: changes an entry and hashes everything anew from there on, the counter included."""
    with centre.admin() as connection, connection.transaction():
        before = GENESIS
        for position, _, _, record, chained in entries(centre):
            if position < start:
                before = bytes(chained)
                continue
            forged = record.replace('"clerk"', '"mallory"') if position == start else record
            after = entry_hash(before, forged.encode())
            connection.execute(
                "update tajzia.audit set previous = %s, record = %s, hash = %s where branch = 8 and position = %s",
                (before, forged, after, position),
            )
            before = after
        connection.execute("update tajzia.feed_counter set head = %s where branch = 8", (before,))


def test_a_chain_written_anew_disagrees_with_the_signed_heads(busy: SampleCentre) -> None:
    sign(busy)
    signed_to = entries(busy)[-1][0]
    clerk = busy.hand("clerk")
    for at in range(3):
        clerk.send(Accept(f"r{at}"), base=2)
    busy.registrar.drain()
    sign(busy)
    chain_anew(busy, signed_to + 2)
    (found,) = verify(busy, Question(rows=False))
    assert (found.wrong, found.branch, found.position) == (Wrong.REWRITTEN, 8, signed_to + 1)


def test_a_head_that_the_centre_did_not_sign_is_named(busy: SampleCentre) -> None:
    sign(busy)
    tamper(busy, "update tajzia.audit_head set statement = replace(statement, '2026', '2027') where branch = 8")
    assert [(one.wrong, one.branch) for one in verify(busy)] == [(Wrong.SIGNATURE, 8)]


def test_a_forger_with_a_key_of_their_own_is_found_by_whoever_knows_the_centres(busy: SampleCentre) -> None:
    stranger = Ed25519Signer(Ed25519PrivateKey.generate())
    HeadSigner(PostgresHeadBook(busy.store), stranger, busy.clock).sign_all()
    assert verify(busy) == ()
    assert {one.wrong for one in verify(busy, Question(key=KEY.public))} == {Wrong.SIGNATURE}


ROWS = {
    "an outcome": "update tajzia.fact set body = replace(body, 'true', 'false') where kind = 'outcome' and id = %s",
    "an event": "update tajzia.fact set body = replace(body, 'clerk', 'clerk2') where kind = 'event' and id = %s",
    "a state": "update tajzia.fact set body = replace(body, 'r1', 'r2') where kind || id = 'requestr1' and %s <> ''",
    "a digest": "update tajzia.fact set digest = digest + 1 where kind = 'event' and id = %s",
    "what was submitted": "update tajzia.inbox set payload = payload || '\\x20' where command_id = %s",
}


@pytest.mark.parametrize("row", ROWS)
def test_a_changed_row_is_found_with_the_entry_that_vouches_for_it(busy: SampleCentre, row: str) -> None:
    ((command_id,),) = busy.query(
        "select id from tajzia.fact where kind = 'event' and body like '%%\"r1\"%%withdraw%%'"
    )
    ((position,),) = busy.query("select position from tajzia.audit where command_id = %s and branch = 8", command_id)
    with busy.admin() as connection:
        assert connection.execute(ROWS[row].encode(), (command_id,)).rowcount == 1
    (found,) = verify(busy)
    assert (found.wrong, found.branch, found.position, found.command_id) == (Wrong.ROW_CHANGED, 8, position, command_id)


@pytest.mark.parametrize("kind", ["event", "outcome", "request"])
def test_a_removed_row_is_missed(busy: SampleCentre, kind: str) -> None:
    ((identity, position),) = busy.query(
        "select id, vouched from tajzia.fact where kind = %s and branch = 8 order by vouched limit 1", kind
    )
    tamper(busy, f"delete from tajzia.fact where kind = '{kind}' and id = '{identity}'")
    (found,) = verify(busy)
    assert (found.wrong, found.about) == (Wrong.ROW_MISSING, f"fact {kind}")
    assert found.position <= position
    assert found.command_id in [row[1] for row in entries(busy)]


def test_a_removed_account_is_missed_though_no_entry_names_its_holder(busy: SampleCentre) -> None:
    tamper(busy, "delete from tajzia.fact where kind = 'dues'")
    (found,) = verify(busy)
    assert (found.wrong, found.branch, found.about) == (Wrong.ROW_MISSING, EVERYWHERE, "fact dues")
    records = "".join(record for _, _, _, record, _ in entries(busy, EVERYWHERE))
    assert builders.make_dues(1).id not in records


def test_a_row_that_came_by_no_entry_is_found(busy: SampleCentre) -> None:
    tamper(
        busy,
        "insert into tajzia.fact (kind, id, branch, sequence, body, digest, vouched)"
        " select kind, 'mine', branch, 999999, body, digest, vouched from tajzia.fact where id = 'L-2024-08-000123'"
        " or kind = 'licence' limit 1",
    )
    (found,) = verify(busy)
    assert (found.wrong, found.branch) == (Wrong.ROW_UNVOUCHED, 8)


def test_letters_receipts_and_holdings_are_looked_at_too(busy: SampleCentre) -> None:
    issued = journey(Status.PRINTED)
    notice = issued.centre.notices[0]
    with busy.admin() as connection, connection.transaction():
        request, told = encode(issued.request), encode(notice)
        connection.execute(
            "insert into tajzia.outbox (notice_id, recipient, words, written_at) values (%s, %s, %s, now())",
            (notice.id, notice.to, notice.text_ar),
        )
        for sheet in issued.request.issue.sheets:
            connection.execute("insert into tajzia.sheet values (%s, %s)", (sheet.serial, issued.request.id))
        for receipt in issued.request.payment.receipts:
            connection.execute("insert into tajzia.receipt values (%s, %s)", (receipt.number, issued.request.id))
        put_facts(
            connection,
            [
                LoadedFact(FactKind.REQUEST, issued.request.id, 8, request),
                LoadedFact(FactKind.NOTICE, notice.id, 8, told),
            ],
        )
    assert verify(busy) == ()
    for changed, about in (
        ("update tajzia.outbox set words = 'ادفعوا لي'", "outbox"),
        ("update tajzia.receipt set request_id = 'r2'", "receipt"),
        ("update tajzia.sheet set request_id = 'r2'", "sheet"),
        ("update tajzia.holding set held = held + 1 where branch = 8 and kind = 'event'", "holding"),
    ):
        with busy.admin() as connection, connection.transaction(force_rollback=True):
            assert connection.execute(changed.encode()).rowcount
            (found,) = side_tables(connection)
        assert (found.wrong, found.branch, found.about.split()[0]) == (Wrong.ROW_CHANGED, 8, about)


def test_nobody_who_logs_in_changes_an_entry(busy: SampleCentre) -> None:
    with psycopg.connect(busy.registrar_conninfo, autocommit=True) as registrar:
        for statement in (
            "update tajzia.audit set hash = hash", "delete from tajzia.audit", "truncate tajzia.audit",
            "update tajzia.audit_head set key = key", "delete from tajzia.audit_head",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                registrar.execute(statement.encode())


def test_a_decision_that_is_undone_leaves_the_chain_as_it_was(busy: SampleCentre) -> None:
    before = entries(busy), busy.query("select * from tajzia.feed_counter order by 1")
    with busy.admin() as connection, connection.transaction(force_rollback=True):
        put_facts(connection, [LoadedFact(FactKind.LICENCE, "L-1", 8, encode(builders.make_licence()))])
    assert (entries(busy), busy.query("select * from tajzia.feed_counter order by 1")) == before


def test_a_load_of_many_facts_makes_several_entries(centre: SampleCentre) -> None:
    licences = [replace(builders.make_licence(), number=f"L-2024-08-{at:06}") for at in range(250)]
    before = len(entries(centre))
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, [LoadedFact(FactKind.LICENCE, one.number, 8, encode(one)) for one in licences])
    assert len(entries(centre)) == before + 3
    assert verify(centre) == ()


def test_a_request_that_moves_leaves_one_branch_and_comes_into_the_other(busy: SampleCentre) -> None:
    ((body,),) = busy.query("select body from tajzia.fact where kind = 'request' and id = 'r0'")
    moved = body.replace('"branch":8', '"branch":9')
    with busy.admin() as connection, connection.transaction():
        put_facts(connection, [LoadedFact(FactKind.REQUEST, "r0", 9, moved.encode())])
    left = decode(entries(busy)[-1][3].encode(), Record).facts[-1]
    came = decode(entries(busy, 9)[-1][3].encode(), Record).facts[-1]
    assert (left.id, left.after, came.id, came.before) == ("r0", "", "r0", "")
    assert verify(busy) == ()


def test_a_restored_centre_goes_on_under_a_new_epoch_and_says_what_it_took_back(busy: SampleCentre) -> None:
    witnessed = sign(busy)
    last = entries(busy)[-1][0]
    with busy.admin() as connection:
        ((old,),) = connection.execute("select name from tajzia.epoch").fetchall()
    cut_the_tail(busy)  # as a backup of an hour ago would have it; its rows went with it
    tamper(busy, "delete from tajzia.audit_head")
    assert [one.wrong for one in verify(busy, Question(rows=False, witnessed=witnessed))] == [Wrong.MISSING]
    with busy.admin() as connection:
        new = begin_epoch(connection)
        report = verify_centre(connection, Question(rows=False, witnessed=witnessed))
    assert report.findings == ()
    assert (8, last - 1, 2) in report.restored
    link = decode(entries(busy)[-1][3].encode(), Record)
    assert (link.cause.what, link.cause.epoch, link.cause.epoch_before) == (What.EPOCH, new, old)
    clerk = busy.hand("clerk")
    clerk.send(Accept("r1"), base=9)
    busy.registrar.drain()
    sign(busy)
    assert verify(busy, Question(rows=False, witnessed=witnessed)) == ()
    # No restore excuses what was signed before the place where it goes on.
    chain_anew(busy, 2)
    assert Wrong.REWRITTEN in {one.wrong for one in verify(busy, Question(rows=False, witnessed=witnessed))}


def test_a_check_may_begin_behind_what_was_witnessed(busy: SampleCentre) -> None:
    witnessed = sign(busy)
    busy.hand("clerk").send(Accept("r1"), base=9)
    busy.registrar.drain()
    with busy.admin() as connection:
        report = verify_centre(connection, Question(witnessed=witnessed, since=True))
    assert (report.findings, report.entries) == ((), 1)
    tamper(busy, "update tajzia.fact set body = replace(body, 'false', 'true') where kind = 'outcome' and id ="
                 " (select command_id from tajzia.audit where branch = 8 order by position desc limit 1)")  # fmt: skip
    with busy.admin() as connection:
        (found,) = verify_centre(connection, Question(witnessed=witnessed, since=True)).findings
    assert (found.wrong, found.position) == (Wrong.ROW_CHANGED, entries(busy)[-1][0])


def test_heads_are_signed_when_a_chain_has_grown_enough_or_waited_enough(busy: SampleCentre) -> None:
    signer = HeadSigner(PostgresHeadBook(busy.store), KEY, busy.clock)
    assert signer.sign_what_is_due() == 2, "never signed yet: everyone's and branch 8"
    busy.hand("clerk").send(Accept("r1"), base=9)
    busy.registrar.drain()
    assert signer.sign_what_is_due() == 0
    busy.clock.moment += timedelta(minutes=5)
    assert signer.sign_what_is_due() == 1
    assert signer.sign_what_is_due() == signer.sign_all() == 0
