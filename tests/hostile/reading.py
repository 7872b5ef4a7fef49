"""What workstations may call, called for what is not one's own: another branch's facts, papers, odd arguments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import psycopg

from tests.hostile.ledger import Attempt, Ledger
from tests.hostile.scene import DOCUMENT_DIGEST, OUTSIDERS, SECRET, Intruder, Scene
from tests.hostile.statements import Rows, Statement, attempt

CASE = ("request", "licence", "event", "notice", "paper", "outcome")


def of_branch_8(rows: Rows) -> str:
    """What of the answer is a case of branch 8."""
    text = repr(rows)
    taken = [sign for sign in ("case-", "L-2024-08", "imported-0001", SECRET.decode()) if sign in text]
    return f"read of branch 8: {taken}" if taken else ""


def readings(scene: Scene) -> Iterator[Statement]:
    """Pulled in every way that could slip past the policies."""
    pull = "select * from tajzia.pull"
    for technique, text in {
        "pull another branch": f"{pull}(8, 0, 5000)",
        "pull from before the beginning": f"{pull}(8, -9223372036854775808, 5000)",
        "pull a great many": f"{pull}(8, 0, 2147483647)",
        "pull fewer than none": f"{pull}(8, 0, -1)",
        "pull without a branch": f"{pull}(null, 0, 5000)",
        "pull without a cursor": f"{pull}(8, null, 5000)",
        "pull everyone's": f"{pull}(0, 0, 5000)",
        "pull a branch below": f"{pull}(-8, 0, 5000)",
        "pull with rules off": f"set row_security = off; {pull}(8, 0, 5000)",
        "pull with a path of one's own": f"set search_path = public, tajzia, pg_temp; {pull}(8, 0, 5000)",
        "pull in the name of another": f"set application_name = 'supervisor'; {pull}(8, 0, 5000)",
        "pull all at once": "select p.* from generate_series(-1, 30) b, lateral tajzia.pull(b, 0, 5000) p",
    }.items():
        yield Statement("function pull", technique, text, _no_rows, of_branch_8, entitled="")
    snapshot = "select * from tajzia.snapshot"
    for technique, text in {
        "snapshot of another branch": f"{snapshot}(8, 0, 9223372036854775807, 5000)",
        "snapshot from before the beginning": f"{snapshot}(8, -9223372036854775808, 9223372036854775807, 2147483647)",
        "snapshot without a branch": f"{snapshot}(null, 0, 9223372036854775807, 5000)",
        "snapshot with rules off": f"set row_security = off; {snapshot}(8, 0, 9223372036854775807, 5000)",
        "snapshots of all": "select s.* from generate_series(-1, 30) b,"
        " lateral tajzia.snapshot(b, 0, 9223372036854775807, 5000) s",
    }.items():
        yield Statement("function snapshot", technique, text, _no_rows, of_branch_8, entitled="")
    for technique, text in {
        "another branch's document by its hash": f"select tajzia.fetch_attachment('{DOCUMENT_DIGEST}', 0, 100)",
        "document piece by piece": f"select string_agg(tajzia.fetch_attachment('{DOCUMENT_DIGEST}', n, 1), '')"
        " from generate_series(0, 40) n",
        "document that nobody has": f"select tajzia.fetch_attachment('{'0' * 64}', 0, 100)",
        "document by pattern": "select tajzia.fetch_attachment('%', 0, 100)",
        "document of nothing": "select tajzia.fetch_attachment(null, 0, 100)",
        "document from before its beginning": f"select tajzia.fetch_attachment('{'0' * 64}', -1, 2147483647)",
        "a great many documents asked for": "select * from tajzia.held_attachments("
        "array(select lpad(to_hex(n), 64, '0') from generate_series(1, 100000) n))",
    }.items():
        yield Statement("function fetch_attachment", technique, text, _no_rows, of_branch_8, entitled="")
    for technique, text in {
        "snapshot's size of another branch": "select tajzia.begin_snapshot(8)",
    }.items():
        yield Statement("function begin_snapshot", technique, text, _no_rows, of_branch_8, entitled="")
    for technique, text in {
        "paper by its hash": f"select tajzia.fetch_paper('{scene.paper}')",
        "paper by a wider hash": f"select tajzia.fetch_paper(upper('{scene.paper}'))",
        "paper by pattern": "select tajzia.fetch_paper('%')",
        "paper of nothing": "select tajzia.fetch_paper(null)",
        "paper among many": f"select tajzia.fetch_paper(x) from unnest(array['{scene.paper}', '']) x",
    }.items():
        yield Statement("function fetch_paper", technique, text, _no_rows, _the_paper, entitled="")

    for function, technique, text in (
        ("audit_page", "another branch's chain", "select * from tajzia.audit_page(8, 0, 1000)"),
        ("audit_page", "chain from before", "select * from tajzia.audit_page(8, -9223372036854775808, 2147483647)"),
        ("audit_page", "chain of no branch", "select * from tajzia.audit_page(null, 0, 1000)"),
        ("holding_buckets", "another branch's buckets", "select * from tajzia.holding_buckets(8, 'licence')"),
        (
            "holding_buckets",
            "buckets of every kind",
            "select b.* from unnest(array['licence', 'event', 'notice', 'paper']) k, tajzia.holding_buckets(8, k) b",
        ),
        (
            "bucket",
            "another branch's licences",
            "select b.* from generate_series(0, 255) n, tajzia.bucket(8, 'licence', n) b",
        ),
        (
            "bucket",
            "buckets with rules off",
            "set row_security = off; select b.* from generate_series(0, 255) n, tajzia.bucket(8, 'event', n) b",
        ),
        ("holdings", "another branch's sums", "select 1 from tajzia.holdings() where branch = 8 and kind = 'licence'"),
        (
            "audit_heads",
            "another branch's heads",
            "select 1 from tajzia.audit_heads() where statement like '{\"branch\":8,%'",
        ),
    ):
        yield Statement(f"function {function}", technique, text, _no_rows, _anything_at_all, entitled="")


def _anything_at_all(rows: Rows) -> str:
    return f"{len(rows)} rows of branch 8" if rows else ""


def _the_paper(rows: Rows) -> str:
    return "a paper of branch 8" if any(bytes(one[0] or b"") == SECRET for one in rows) else ""


def _no_rows(scene: Scene) -> str:
    return scene.rows("fact")


def read_across(scene: Scene, ledger: Ledger) -> None:
    """By everyone of another branch, and by the administrator; then by a clerk of the branch itself."""
    clerk = Intruder("", "clerk", "K1")
    for statement in readings(scene):
        for who in OUTSIDERS:
            before = statement.attacked(scene)
            gained = statement.gain(attempt(scene.raw(who), statement))
            if before != statement.attacked(scene):
                gained = "the attacked rows changed"
            ledger.enter(Attempt(who.role, statement.object, statement.technique), gained)
        if statement.technique in _ENTITLED:
            worked = bool(statement.gain(attempt(scene.raw(clerk), statement)))
            ledger.enter_entitled(statement.object, statement.technique, worked)


_ENTITLED = {
    "pull another branch", "pull from before the beginning", "pull a great many", "paper by its hash",
    "paper among many", "pull with a path of one's own", "another branch's chain", "another branch's buckets",
    "another branch's licences", "buckets of every kind", "another branch's sums",
}  # fmt: skip


def register_keys(scene: Scene, ledger: Ledger) -> None:
    """A key in a colleague's name, keys that are none, and more of them than anyone has."""
    others = "select md5(string_agg(k::text, '|' order by k::text)) from tajzia.author_key k where login <> '{}'"
    mine = "select count(*) from tajzia.author_key where login = '{}'"
    key = "sha256('hostile')"
    for who in OUTSIDERS:
        for technique, text in {
            "another's name by role": f"set role supervisor; select tajzia.register_key({key})",
            "another's name by session": f"set session authorization supervisor; select tajzia.register_key({key})",
            "short": "select tajzia.register_key('\\x00')",
            "none": "select tajzia.register_key(null)",
            "long": "select tajzia.register_key(convert_to(repeat('x', 1000000), 'UTF8'))",
            "a hundred": (
                "select tajzia.register_key(sha256(convert_to(n::text, 'UTF8'))) from generate_series(1, 100) n"
            ),
        }.items():
            before, had = scene.one(others.format(who.login)), scene.one(mine.format(who.login))
            attempt(scene.raw(who), Statement("", "", text, _no_rows))
            has = scene.one(mine.format(who.login))
            gained = "a key of somebody else" if scene.one(others.format(who.login)) != before else ""
            if (technique in ("short", "none", "long") and has != had) or has > 64:
                gained = f"{has} keys"
            ledger.enter(Attempt(who.role, "function register_key", technique), gained)
    session = scene.raw(Intruder("", "clerk2", "K2"))
    key_of = hashlib.sha256(b"an honest key").digest()
    try:
        session.execute("select tajzia.register_key(%s)", (key_of,))
        worked = bool(scene.one("select count(*) from tajzia.author_key where public_key = %s", key_of))
    except psycopg.Error:
        worked = False
    ledger.enter_entitled("function register_key", "own name", worked)


def tell_clocks(scene: Scene, ledger: Ledger) -> None:
    """What another device's clock is said to be, and times that are none."""
    others = "select md5(string_agg(c::text, '|' order by c::text)) from tajzia.device_clock c where device <> '{}'"
    for who in OUTSIDERS:
        for technique, text in {
            "as another's role": "set role supervisor; select tajzia.tell_clock(now())",
            "as another's session": "set session authorization supervisor; select tajzia.tell_clock(now())",
            "never": "select tajzia.tell_clock(null)",
            "for ever": "select tajzia.tell_clock('infinity')",
            "by hand": "update tajzia.device_clock set ahead = interval '1 year'",
            "a thousand times": "select tajzia.tell_clock(now() + n * interval '1 day') from generate_series(1, 999) n",
        }.items():
            before = scene.one(others.format(who.device))
            attempt(scene.raw(who), Statement("", "", text, _no_rows))
            gained = "another device's clock" if scene.one(others.format(who.device)) != before else ""
            if scene.one("select count(*) from tajzia.device_clock") > scene.one("select count(*) from tajzia.device"):
                gained = "rows without end"
            ledger.enter(Attempt(who.role, "function tell_clock", technique), gained)
    session = scene.raw(Intruder("", "clerk2", "K2"))
    session.execute("select tajzia.tell_clock(now())")
    worked = bool(scene.one("select count(*) from tajzia.device_clock where device = 'K2' and told_by = 'clerk2'"))
    ledger.enter_entitled("function tell_clock", "own device", worked)
