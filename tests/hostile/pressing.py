"""Keeping the centre from its work: held locks, open transactions, endless statements, floods. Success is a registrar
that does not decide an honest command meanwhile, or a hold that no watchdog ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import Connection

from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.save_draft import SaveDraft
from tests.domain.builders import make_content
from tests.hostile.ledger import Attempt, Ledger
from tests.hostile.scene import INSIDERS, OUTSIDERS, Intruder, Scene

PRESSERS = (*OUTSIDERS, *INSIDERS)
UNLEASHED = (
    "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = 0;"
    " set transaction_timeout = 0; set idle_session_timeout = 0"
)
"""Limits that anybody may lift for themselves."""
OF_LOGIN = "select count(*) from pg_stat_activity where usename = '{}' and datname = current_database()"
JUNK = "tajzia.submit(array['junk'::bytea || convert_to(clock_timestamp()::text, 'UTF8')], array['x'::bytea])"


@contextmanager
def session(scene: Scene, who: Intruder) -> Iterator[Connection[Any]]:
    connection = scene.centre.raw(who.login, who.device)
    try:
        connection.execute(UNLEASHED.encode())
        yield connection
    finally:
        with suppress(psycopg.Error):
            connection.close()


def watchdog(scene: Scene, seconds: float) -> None:
    """What the registrar calls in its rounds, with its patience run down."""
    with psycopg.connect(scene.centre.registrar_conninfo, autocommit=True) as registrar:
        registrar.execute("select tajzia.end_idle_transactions(%s)", (int(seconds),))


def is_ended(connection: Connection[Any]) -> bool:
    try:
        connection.execute("select 1")
    except psycopg.OperationalError:
        return True
    return False


HOLDS: dict[str, str] = {
    "idle in a transaction": "begin; select * from tajzia.scope()",
    "holds its own submission": f"begin; select * from {JUNK}",
    "holds a snapshot": "begin isolation level repeatable read; select * from tajzia.pull(0, 0, 1)",
    "holds a cursor": "begin; declare c cursor for select * from tajzia.pull(0, 0, 5000); fetch 1 from c",
    "holds the tables read": "begin; select * from tajzia.pull(0, 0, 5000)",
    "holds a transaction that failed": "begin; select 1/0",
    "holds the queue of news": "listen tajzia_feed; begin; notify tajzia_feed, '8'; select 1",
}


def hold(scene: Scene, ledger: Ledger, people: tuple[Intruder, ...]) -> None:
    for who in people:
        for technique, text in HOLDS.items():
            with session(scene, who) as held:
                with suppress(psycopg.errors.DivisionByZero):
                    held.execute(text.encode())
                decided = scene.good_command_is_decided()
                watchdog(scene, 0)
                gained = "" if decided else "an honest command was not decided"
                if not is_ended(held):
                    gained = "no watchdog ended it"
                ledger.enter(Attempt(who.role, "the registrar", technique), gained)
    ledger.enter_entitled("the registrar", "holds", scene.good_command_is_decided())


def never_end(scene: Scene, ledger: Ledger, people: tuple[Intruder, ...]) -> None:
    """A statement without end, and a transaction that is kept busy: neither is ever idle."""
    for who in people:
        with session(scene, who) as endless:
            thread = _in_background(endless.execute, b"select count(*) from generate_series(1, 1e15)")
            decided = scene.good_command_is_decided()
            _until(scene, who, "active")
            watchdog(scene, 0)
            thread.join(20)
            gained = "no watchdog ended it" if thread.is_alive() else "" if decided else "nothing decided"
            if thread.is_alive():
                endless.cancel()
                thread.join()
            ledger.enter(Attempt(who.role, "the registrar", "statement without end"), gained)
        with session(scene, who) as busy:
            busy.execute("begin")
            for _ in range(3):
                busy.execute("select * from tajzia.scope()")
            scene.admin.execute("select pg_sleep(0.01)")
            busy.execute("select 1")
            watchdog(scene, 0)
            gained = "" if is_ended(busy) else "no watchdog ended it"
            ledger.enter(Attempt(who.role, "the registrar", "transaction kept busy"), gained)


def _in_background(work: Callable[..., object], *given: object) -> threading.Thread:
    def run() -> None:
        with suppress(psycopg.Error):
            work(*given)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def _until(scene: Scene, who: Intruder, state: str) -> None:
    for _ in range(200):
        if scene.one(OF_LOGIN.format(who.login) + f" and state = '{state}' and xact_start < clock_timestamp()"):
            return
        scene.admin.execute("select pg_sleep(0.01)")


def flood(scene: Scene, ledger: Ledger, people: tuple[Intruder, ...], size: int) -> None:
    for who in people:
        for technique, text in {
            "flood of calls": "select * from tajzia.scope()",
            "flood of pulls": "select count(*) from tajzia.pull(0, 0, 5000)",
            "flood of news to the registrar": "notify tajzia_inbox",
            "flood of junk": f"select * from {JUNK}",
        }.items():
            with session(scene, who) as connection:
                stop = threading.Event()
                thread = _in_background(_repeat, connection, text, size, stop)
                decided = scene.good_command_is_decided()
                stop.set()
                thread.join(30)
                gained = "" if decided and not thread.is_alive() else "an honest command was not decided"
                ledger.enter(Attempt(who.role, "the registrar", technique), gained)
        ledger.enter(Attempt(who.role, "connections", "more than one's share"), _too_many(scene, who))
        ledger.enter(Attempt(who.role, "news", "news that makes no sense"), _nonsense(scene, who))


def _repeat(connection: Connection[Any], text: str, size: int, stop: threading.Event) -> None:
    for _ in range(size):
        if stop.is_set():
            return
        connection.execute(text.encode())


def _too_many(scene: Scene, who: Intruder) -> str:
    """Every connection of one login; there must be room for the others then."""
    got: list[Connection[Any]] = []
    try:
        for _ in range(30):
            got.append(scene.centre.raw(who.login, who.device))
    except psycopg.OperationalError:
        pass
    try:
        if len(got) > 8:
            return f"{len(got)} connections"
        return "" if scene.good_command_is_decided() else "an honest command was not decided"
    finally:
        for one in got:
            one.close()


def _nonsense(scene: Scene, who: Intruder) -> str:
    """Anybody may NOTIFY: the workstation that listens must not stumble over what it hears."""
    listener = scene.centre.connect("clerk", "K1")
    listener.scope()
    try:
        with session(scene, who) as connection:
            for words in ("", "x", "8; 9", "9" * 5000, "-1", "٨"):
                connection.execute(f"notify tajzia_feed, '{words}'".encode())
            for _ in range(6):
                listener.wait_for_news(0.05)
    except ValueError as why:
        return f"a colleague's workstation broke: {why!r}"[:120]
    finally:
        listener.close()
    return ""


def take_every_connection(scene: Scene, ledger: Ledger) -> None:
    """The whole staff together; and then the registrar has to come anew."""
    got: list[Connection[Any]] = []
    logins = [row[0] for row in scene.admin.execute("select login from tajzia.staff where active").fetchall()]
    try:
        for login in logins * 8:
            with suppress(psycopg.OperationalError):
                got.append(scene.centre.raw(login, "K1"))
        try:
            psycopg.connect(scene.centre.registrar_conninfo).close()
            gained = ""
        except psycopg.OperationalError as why:
            gained = f"the registrar cannot come in beside {len(got)} others: {why}"[:160]
    finally:
        for one in got:
            one.close()
    ledger.enter(Attempt("everyone together", "connections", "every connection"), gained)
    ledger.enter_entitled("connections", "every connection", scene.good_command_is_decided())


def push_in_front(scene: Scene, ledger: Ledger, size: int) -> None:
    """Thousands of commands of one device, each with a lower sequence than the one before: those of the other
    devices must have their turn in between."""
    for who in (OUTSIDERS[0], OUTSIDERS[3]):
        hand = scene.hand(who.login, who.device)
        top = 10**9 + scene.centre.next_sequence(who.device) * 10**6
        signed = [hand.signed(hand.envelope(Accept("unknown"), 0, sequence=top - n)) for n in range(size)]
        clerk = scene.hand("clerk", "K1")
        honest = clerk.envelope(SaveDraft(f"turn-{top}", f"K1-{top}", make_content()), 0)
        hand.link.submit(signed[: size // 2])
        clerk.link.submit([clerk.signed(honest)])
        hand.link.submit(signed[size // 2 :])
        scene.settle()
        arrived = scene.one("select arrival from tajzia.inbox where command_id = %s", honest.command_id)
        overtaken = scene.one(
            "select count(*) from tajzia.fact f join tajzia.inbox i on i.command_id = f.id where f.kind = 'outcome'"
            " and i.device = %s and i.arrival > %s and f.ctid is not null"
            " and f.xmin::text::bigint < (select h.xmin::text::bigint from tajzia.fact h"
            " where h.kind = 'outcome' and h.id = %s)",
            who.device, arrived, honest.command_id,
        )  # fmt: skip
        gained = f"{overtaken} commands that came later were decided first" if overtaken > size // 20 else ""
        ledger.enter(Attempt(who.role, "the registrar", "push in front"), gained)


def fill_the_disk(scene: Scene, ledger: Ledger) -> None:
    """Rows sorted through temporary files, and evidence without end."""
    for who in (OUTSIDERS[0], INSIDERS[5]):
        with session(scene, who) as connection:
            gained = ""
            with suppress(psycopg.Error):
                connection.execute(
                    "set work_mem = '64kB';"
                    " select count(*) from (select repeat(n::text, 20) x from generate_series(1, 1200000) n"
                    " order by 1 offset 1) sorted"
                )
                gained = "sorted more than its share on the disk"
            ledger.enter(Attempt(who.role, "the disk", "temporary files"), gained)
    # A device of its own: what it may leave behind is used up then.
    who = Intruder("auditor of another branch", "auditor9", "S1")
    device = "L1"
    with session(scene, Intruder(who.role, who.login, device)) as connection:
        with suppress(psycopg.Error):
            for n in range(8):
                connection.execute(
                    "select tajzia.submit(array_agg(convert_to('junk' || n, 'UTF8')), array_agg('x'::bytea))"
                    f" from generate_series({n * 500}, {n * 500 + 499}) n".encode()
                )
        kept = scene.one("select count(*) from tajzia.inbox where device = %s and state = 'quarantined'", device)
    gained = f"{kept} rows of evidence" if kept > 2000 else ""
    ledger.enter(Attempt(who.role, "the disk", "evidence without end"), gained)
    ledger.enter_entitled("the disk", "evidence without end", scene.good_command_is_decided())
