"""One statement of somebody who has a session and no scruples; and the same one by whom it is meant for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import Connection, sql
from psycopg.pq import TransactionStatus

from tests.hostile.ledger import Attempt, Ledger
from tests.hostile.scene import Intruder, Scene

Rows = list[tuple[Any, ...]]
Print = Callable[[Scene], str]
"""Reads the attacked rows: whatever changed, it changes."""


def anything(rows: Rows) -> str:
    """What was read, when anything but nothing was."""
    return f"read {len(rows)} rows" if any(any(one is not None for one in row) for row in rows) else ""


def nothing(rows: Rows) -> str:
    """Where what is answered is worth nothing: only what was changed counts."""
    return ""


@dataclass(frozen=True)
class Statement:
    """`attacked` prints the rows; `gain` says what an answer is worth. `entitled` is the database role that may do
    this ("postgres" for the superuser), "" where nobody is to do it, or the attempt itself cannot be repeated."""

    object: str
    technique: str
    text: str
    attacked: Print
    gain: Callable[[Rows], str] = anything
    entitled: str = "postgres"
    settings: str = ""
    """Sent before: what the intruder prepares for themselves."""


def send(connection: Connection[Any], text: str) -> Rows:
    """Every row of every answer. A COPY is read to its end, or fed with one row of nonsense."""
    rows: Rows = []
    with connection.cursor() as cursor:
        if text.startswith("copy") and "stdin" in text:
            with cursor.copy(text.encode()) as copy:
                copy.write(b"\\N\n")
        elif text.startswith("copy"):
            with cursor.copy(text.encode()) as copy:
                rows += [(bytes(block),) for block in copy]
        else:
            cursor.execute(text.encode())
            while True:
                if cursor.description:
                    rows += cursor.fetchall()
                if not cursor.nextset():
                    break
    return rows


def attempt(connection: Connection[Any], statement: Statement) -> Rows:
    """What the intruder was given; nothing where the centre refused."""
    try:
        if statement.settings:
            send(connection, statement.settings)
        return send(connection, statement.text)
    except psycopg.Error:
        return []
    finally:
        if not connection.closed and connection.info.transaction_status is not TransactionStatus.IDLE:
            connection.rollback()


def try_all(scene: Scene, ledger: Ledger, statements: Iterable[Statement], intruders: Iterable[Intruder]) -> None:
    """Every statement by every intruder, then once by the entitled."""
    people = list(intruders)
    for statement in statements:
        for who in people:
            before = statement.attacked(scene)
            rows = attempt(scene.raw(who), statement)
            gained = statement.gain(rows)
            if statement.attacked(scene) != before:
                gained = f"the attacked rows changed ({gained})"
            ledger.enter(Attempt(who.role, statement.object, statement.technique), gained)
        if people and statement.entitled:
            ledger.enter_entitled(statement.object, statement.technique, _by_the_entitled(scene, statement))


class _UndoneError(Exception):
    """Ends the trial of the entitled, whose effect is not to last."""


def _by_the_entitled(scene: Scene, statement: Statement) -> bool:
    worked = False
    try:
        with scene.admin.transaction():
            scene.admin.execute("set local session_replication_role = replica; set local lock_timeout = '10s'")
            before = statement.attacked(scene)
            scene.admin.execute(sql.SQL("set local role {}").format(sql.Identifier(statement.entitled)))
            rows = send(scene.admin, statement.text)
            scene.admin.execute("reset role")
            worked = bool(anything(rows)) or statement.attacked(scene) != before or _only_holds(statement)
            raise _UndoneError
    except _UndoneError:
        return worked
    except psycopg.Error:
        return False


def _only_holds(statement: Statement) -> bool:
    """A lock, or a right to open a thing, neither answers nor changes: not being refused is its effect."""
    return statement.text.startswith(("lock", "set", "copy"))
