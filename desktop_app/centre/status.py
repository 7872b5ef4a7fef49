"""How the centre stands, for whoever looks after it: what waits, what was put aside, what has not gone out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.centre.provisioning import Admin, schema_version


@dataclass(frozen=True, slots=True)
class PutAside:
    """A submission in quarantine. `reference` is what the log says beside it."""

    reference: str
    reason: str
    device: str
    submitted_by: str
    submitted_at: datetime
    command_id: str


@dataclass(frozen=True, slots=True)
class CentreStatus:
    """Counts of commands, feeds and notices as of one moment. `served` says whether a registrar works; `unsigned`
    devices wait for one that has the authority's key. `papers_waiting` wait for their signature; `papers_aside`,
    which cannot be drawn, go by what the log says beside them. `stamped` papers bear a timestamp, `unstamped` should
    have, and `stamp_trouble` is why the last one bears none; `lasting` of them also hold what shows that the authority
    was not revoked, and `evidence_trouble` is why the newest list of revocations could not be had."""

    version: int
    epoch: str
    served: bool
    waiting: int
    decided: int
    put_aside: tuple[PutAside, ...]
    feeds: tuple[tuple[int, int], ...]
    unsent: int
    failed: int
    unknown: int
    staff: int
    devices: tuple[tuple[str, int, bool], ...]
    unsigned: int
    lease_days: int
    papers_waiting: int
    papers_aside: tuple[str, ...]
    stamped: int
    unstamped: int
    stamp_trouble: str
    lasting: int
    evidence_trouble: str


class NoSuchReferenceError(LookupError):
    """Nothing that was put aside goes by this reference."""


def read_status(admin: Admin) -> CentreStatus:
    """As one snapshot."""
    with admin.transaction():
        admin.execute("set transaction isolation level repeatable read, read only")
        states: dict[str, int] = dict(
            admin.execute("select state, count(*) from tajzia.inbox group by state").fetchall()
        )
        put_aside = admin.execute(
            "select reference, reason, device, submitted_by, submitted_at, command_id from tajzia.inbox"
            " where state = 'quarantined' order by arrival"
        ).fetchall()
        feeds = admin.execute("select branch, last from tajzia.feed_counter order by branch").fetchall()
        devices = admin.execute("select id, branch, active from tajzia.device order by id").fetchall()
        row = admin.execute(
            "select (select name from tajzia.epoch),"
            " (select count(*) from tajzia.outbox where state in ('waiting', 'sending')),"
            " (select count(*) from tajzia.outbox where state = 'failed'),"
            " (select count(*) from tajzia.outbox where state = 'unknown'),"
            " (select count(*) from tajzia.staff where active),"
            " exists (select from pg_stat_activity a join pg_locks l using (pid)"
            "         where a.usename = 'tajzia_registrar' and a.datname = current_database()"
            "         and l.locktype = 'advisory' and l.granted),"
            " (select count(*) from tajzia.invitation where state = 'asked'), (select days from tajzia.lease),"
            " (select count(*) from tajzia.paper_waiting where reference = ''),"
            " array(select reference from tajzia.paper_waiting where reference <> '' order by place),"
            " coalesce((select stamped from tajzia.timestamping), 0),"
            " coalesce((select unstamped from tajzia.timestamping), 0),"
            " coalesce((select trouble from tajzia.timestamping), ''),"
            " coalesce((select lasting from tajzia.timestamping), 0),"
            " coalesce((select evidence_trouble from tajzia.timestamping), '')"
        ).fetchone()
        assert row is not None
        epoch, unsent, failed, unknown, staff, served, unsigned, lease_days, waiting, aside, *stamps = row
        return CentreStatus(
            version=schema_version(admin),
            epoch=epoch,
            served=served,
            waiting=states.get("waiting", 0),
            decided=states.get("decided", 0),
            put_aside=tuple(PutAside(*one) for one in put_aside),
            feeds=tuple((branch, last) for branch, last in feeds),
            unsent=unsent,
            failed=failed,
            unknown=unknown,
            staff=staff,
            devices=tuple((name, branch, active) for name, branch, active in devices),
            unsigned=unsigned,
            lease_days=lease_days,
            papers_waiting=waiting,
            papers_aside=tuple(aside),
            stamped=stamps[0],
            unstamped=stamps[1],
            stamp_trouble=stamps[2],
            lasting=stamps[3],
            evidence_trouble=stamps[4],
        )


def take_up_again(admin: Admin, reference: str) -> str:
    """Puts a command that is in quarantine back into the row, or a paper that could not be drawn, once its cause was
    mended; returns the command's id, or the paper's number.

    `reference` is what the log says, or the command's id. Evidence of tampering is no command and stays. Raises
    NoSuchReferenceError.
    """
    if (paper := _let_paper_wait(admin, reference)) is not None:
        return paper
    command = _command_of(admin, reference)
    if admin.execute("select tajzia.release_aside(%s)", (command,)).fetchone() != (True,):
        raise NoSuchReferenceError(reference)
    return command


def put_away(admin: Admin, reference: str, why: str) -> str:
    """Puts away for good what is in quarantine; returns its id. Raises NoSuchReferenceError."""
    command = _command_of(admin, reference)
    if admin.execute("select tajzia.discard_aside(%s, %s)", (command, why)).fetchone() != (True,):
        raise NoSuchReferenceError(reference)
    return command


def _let_paper_wait(admin: Admin, reference: str) -> str | None:
    row = admin.execute(
        "update tajzia.paper_waiting set reference = '' where reference <> '' and reference = %s returning number",
        (reference,),
    ).fetchone()
    return None if row is None else str(row[0])


def _command_of(admin: Admin, reference: str) -> str:
    row = admin.execute(
        "select command_id from tajzia.inbox where state = 'quarantined' and (command_id = %s or reference = %s)"
        " order by arrival limit 1",
        (reference, reference),
    ).fetchone()
    if row is None:
        raise NoSuchReferenceError(reference)
    return str(row[0])
