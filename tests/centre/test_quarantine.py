"""Three kinds of trouble: refused by the rules, put aside for a person, or tried again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from desktop_app.application.ports.centre import CentreTroubleError
from desktop_app.application.registrar import Registrar
from desktop_app.centre.store import PostgresStore
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.texts.notices import notice_text
from tests.domain.builders import make_content
from tests.postgres_fixture import Hand, PlainPapers, SampleCentre

LODGE = Lodge("r1", "K1-000001", make_content())
PUT_ASIDE = pytest.mark.expects_log("a submission was put aside")


def inbox(centre: SampleCentre) -> list[tuple[str, str]]:
    return centre.query("select state, reason from tajzia.inbox order by arrival")


def facts(centre: SampleCentre) -> set[str]:
    return {kind for (kind,) in centre.query("select kind from tajzia.fact where branch = 8")}


def forged(hand: Hand, other: Hand) -> None:
    """A colleague's name over one's own signature."""
    hand.link.submit([hand.signed(hand.envelope(LODGE, 0, author=other.login))])


def unknown_author(hand: Hand, other: Hand) -> None:
    hand.link.submit([hand.signed(hand.envelope(LODGE, 0, author="supervisor"))])


def broken_signature(hand: Hand, other: Hand) -> None:
    signed = hand.signed(hand.envelope(LODGE, 0))
    hand.link.submit([type(signed)(payload=signed.payload, signature=bytes(64))])


def short_signature(hand: Hand, other: Hand) -> None:
    signed = hand.signed(hand.envelope(LODGE, 0))
    hand.link.submit([type(signed)(payload=signed.payload, signature=b"")])


def old_protocol(hand: Hand, other: Hand) -> None:
    hand.send(LODGE, protocol=0)


def future_protocol(hand: Hand, other: Hand) -> None:
    hand.send(LODGE, protocol=99)


def unknown_kind(hand: Hand, other: Hand) -> None:
    hand.send(LODGE, kind="give_me_a_licence")


def body_of_another_kind(hand: Hand, other: Hand) -> None:
    hand.send(Accept("r1"), kind="lodge")


def body_of_another_request(hand: Hand, other: Hand) -> None:
    hand.send(LODGE, request_id="r2")


def hour_without_zone(hand: Hand, other: Hand) -> None:
    hand.send(LODGE, made_at=hand.centre.clock.now().replace(tzinfo=None))


def endless_name(hand: Hand, other: Hand) -> None:
    hand.send(Accept("r" * 5000), request_id="r" * 5000)


@pytest.mark.parametrize(
    ("attempt", "reason"),
    [
        (forged, "forged"),
        (unknown_author, "no_key"),
        (broken_signature, "forged"),
        (short_signature, "forged"),
        (old_protocol, "protocol"),
        (future_protocol, "protocol"),
        (unknown_kind, "malformed"),
        (body_of_another_kind, "malformed"),
        (body_of_another_request, "malformed"),
        (hour_without_zone, "malformed"),
        (endless_name, "malformed"),
    ],
)
@PUT_ASIDE
def test_what_cannot_be_believed_is_put_aside_and_changes_nothing(
    centre: SampleCentre, attempt: Callable[[Hand, Hand], None], reason: str
) -> None:
    attempt(centre.hand("clerk"), centre.hand("clerk2"))
    assert centre.registrar.drain() == 1
    assert inbox(centre) == [("quarantined", reason)]
    assert facts(centre) == {"licence"}
    ((reference,),) = centre.query("select reference from tajzia.inbox")
    assert len(reference) == 8


@PUT_ASIDE
def test_the_key_counts_on_the_device_where_it_was_registered_only(centre: SampleCentre) -> None:
    here = centre.hand("clerk", "K1")
    there = centre.hand("clerk", "K2")
    here.link.submit([there.signed(here.envelope(LODGE, 0))])
    centre.registrar.drain()
    assert inbox(centre) == [("quarantined", "forged")]


@PUT_ASIDE
def test_the_others_go_on(centre: SampleCentre) -> None:
    clerk, colleague = centre.hand("clerk"), centre.hand("clerk2")
    forged(clerk, colleague)
    clerk.send(LODGE)
    assert centre.registrar.drain() == 2
    assert inbox(centre) == [("quarantined", "forged"), ("decided", "")]


class FailingPapers(PlainPapers):
    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error

    def draw(self, *told: Any) -> Any:
        if self.error is not None:
            raise self.error
        return super().draw(*told)


def paid(centre: SampleCentre, papers: FailingPapers) -> tuple[Registrar, list[tuple[str, str]]]:
    """A payment in the inbox, everything before it decided, and a registrar whose papers fail."""
    from desktop_app.domain.commands.record_payment import RecordPayment
    from desktop_app.domain.request import Status
    from desktop_app.domain.tracks import PaymentMethod
    from tests.centre.wire_centre import WireCentre
    from tests.domain.journey import journey

    wire = WireCentre(centre)
    walked = journey(Status.AWAITING_PAYMENT, wire)  # type: ignore[arg-type]
    bill = walked.request.fees.calculation
    assert bill is not None
    payment = RecordPayment("r1", "C-2026-08-K1-00001", bill.total, PaymentMethod.CASH)
    wire.hand("cashier").send(payment, walked.request.payment.version)
    before = centre.query("select kind, id, sequence from tajzia.fact order by 1, 2")
    return Registrar(centre.store, centre.clock, notice_text, papers), before


@pytest.mark.expects_log("a command could not be decided")
def test_a_bug_puts_its_command_aside_and_undoes_what_it_did(centre: SampleCentre) -> None:
    registrar, before = paid(centre, FailingPapers(ZeroDivisionError("a bug")))
    assert registrar.drain() == 1
    assert centre.query("select kind, id, sequence from tajzia.fact order by 1, 2") == before
    assert centre.query("select * from tajzia.number where series = 'licence'") == []
    assert centre.query("select notice_id from tajzia.outbox where notice_id like '%%issued%%'") == []
    assert centre.query("select count(*), reason from tajzia.inbox where state = 'quarantined' group by 2") == [
        (1, "bug")
    ]
    assert registrar.drain() == 0


def test_trouble_of_the_environment_is_tried_again_and_never_a_refusal(centre: SampleCentre) -> None:
    papers = FailingPapers(OSError(28, "No space left on device"))
    registrar, before = paid(centre, papers)
    for _ in range(3):
        with pytest.raises(OSError, match="No space left"):
            registrar.decide_next()
    assert centre.query("select kind, id, sequence from tajzia.fact order by 1, 2") == before
    papers.error = None
    assert registrar.drain() == 1
    licences = centre.query("select id from tajzia.fact where kind = 'licence' and made_by = 'r1' order by 1")
    assert licences == [("L-2026-08-000001",), ("L-2026-08-000002",)]


def impatient_look(centre: SampleCentre) -> None:
    """The registrar's look at the parent licence, when it waits for a lock only a moment."""
    impatient = PostgresStore(make_conninfo(centre.registrar_conninfo, options="-c lock_timeout=20ms"))
    try:
        with impatient.work() as work:
            work.facts.find_licence("L-2024-08-000001")
    finally:
        impatient.close()


def test_a_lock_held_by_another_is_trouble_of_the_environment(centre: SampleCentre) -> None:
    with psycopg.connect(centre.admin_conninfo) as other:
        other.execute("select from tajzia.fact where kind = 'licence' for update")
        with pytest.raises(CentreTroubleError):
            impatient_look(centre)
    impatient_look(centre)


def interrupted(centre: SampleCentre) -> None:
    """A registrar whose session the server ends while it decides."""
    with centre.store.work() as work:
        work.next_submission()
        centre.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tajzia_registrar'")
        work.facts.reference()


def test_a_registrar_whose_session_is_ended_goes_on_with_the_next(centre: SampleCentre) -> None:
    centre.hand("clerk").send(LODGE)
    with pytest.raises(CentreTroubleError):
        interrupted(centre)
    assert centre.registrar.drain() == 1
    assert inbox(centre) == [("decided", "")]


def test_a_device_is_decided_in_its_own_sequence(centre: SampleCentre) -> None:
    """However its commands arrive; and a refusal holds nothing else back."""
    clerk = centre.hand("clerk")
    first = clerk.envelope(LODGE, 0)
    refused = clerk.envelope(Accept("unknown"), 0)
    second = clerk.envelope(Accept("r1"), 1)
    for envelope in (second, refused, first):
        clerk.link.submit([clerk.signed(envelope)])
    assert centre.registrar.drain() == 3
    said = dict(centre.query("select id, (body::json ->> 'accepted')::bool from tajzia.fact where kind = 'outcome'"))
    assert said == {first.command_id: True, refused.command_id: False, second.command_id: True}


def test_a_refusal_is_told_where_its_author_looks(centre: SampleCentre) -> None:
    """A clerk of another branch tries a request of ours: the outcome must reach them, and not our feed."""
    ours, theirs = centre.hand("clerk"), centre.hand("clerk9", "M1")
    ours.send(LODGE)
    centre.registrar.drain()
    sent = theirs.send(Accept("r1"), base=1)
    centre.registrar.drain()
    assert centre.query("select branch from tajzia.fact where kind = 'outcome' and id = %s", sent) == [(9,)]
    assert sent in {row.id for row in theirs.link.pull(9, 0, 100).rows}


def test_an_administrator_hears_of_a_refusal_on_that_device_alone(centre: SampleCentre) -> None:
    administrator = centre.hand("administrator", "S1")
    sent = administrator.send(LODGE)
    centre.registrar.drain()
    seen = {device: centre.connect("administrator", device).pull(0, 0, 100).rows for device in ("S1", "K1")}
    assert sent in {row.id for row in seen["S1"]}
    assert sent not in {row.id for row in seen["K1"]}
