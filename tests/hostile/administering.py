"""The administrators' functions by everybody else, what an administrator must not do with them either, and the door
of enrolment with nothing but what stands in an invitation."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import Connection

from desktop_app.application.enrolling import Asked, make_request
from desktop_app.centre.devices import invite_device
from desktop_app.demo.postgres import HOST
from desktop_app.wire.invitation import clean_code, digest_of, new_code
from tests.hostile.ledger import Attempt, Ledger
from tests.hostile.scene import INSIDERS, OUTSIDERS, Intruder, Scene
from tests.hostile.statements import Rows, anything, send

ADMINISTRATOR = Intruder("administrator", "administrator", "S1")
STRANGER = "somebody with an invitation"
_VERIFIER = (
    "SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
)
"""Has the form of one; nobody knows its password."""


def _person(login: str, role: str = "administrator", active: str = "true") -> str:
    return (
        f'{{"id": "{login}", "name_ar": "م", "role": "{role}", "branches": [8], "all_branches": true, "cashier": true,'
        f' "body": "", "districts": [], "active": {active}}}'
    )


def calls(login: str) -> dict[str, str]:
    """One of each, as somebody called `login` would want it."""
    return {
        "invite_device": f"select * from tajzia.invite_device('H1', 8, sha256('{login}'), 24, false)",
        "withdraw_invitation": "select 1 from tajzia.withdraw_invitation('H2') did where did",
        "revoke_device": "select tajzia.revoke_device('H3', 'because')",
        "set_staff": f"select tajzia.set_staff('{login}', '{_person(login)}', '')",
        "disable_staff": "select tajzia.disable_staff('cashier9')",
        "release_aside": "select 1 from tajzia.release_aside('aside') did where did",
        "discard_aside": "select 1 from tajzia.discard_aside('aside too', 'because') did where did",
        "set_lease": "select tajzia.set_lease(365)",
        "lease_days": "select tajzia.lease_days()",
        "list_devices": "select * from tajzia.list_devices()",
        "list_staff": "select * from tajzia.list_staff()",
        "list_aside": "select * from tajzia.list_aside(0, 100)",
        "list_notices": "select * from tajzia.list_notices('', 0, 100)",
        "settle_notice": "select 1 from tajzia.settle_notice('n1', 'sent', 'because') did where did",
        "set_template": f"select 1 from tajzia.set_template('accepted', 'ar', '{login} {{number}}') did where did",
        "list_templates": "select * from tajzia.list_templates(100)",
        "set_dated_row": (
            "select tajzia.set_dated_row('period', 'payment_days', '7', (now() + interval '2 days')::date, 'because')"
        ),
        "confirm_dated_row": "select 1 from tajzia.confirm_dated_row(1, 'because') did where did",
        "list_dated_rows": "select * from tajzia.list_dated_rows(100)",
    }


_HELPERS = {
    "administering": "select tajzia.administering()",
    "end_sessions_of_login": "select tajzia.end_sessions_of_login('clerk')",
    "end_sessions_of_device": "select tajzia.end_sessions_of_device('K1')",
    "limit_login": "select tajzia.limit_login('clerk')",
    "enrol": "select state from tajzia.enrol('0', 'x')",
    "put_aside_at_the_door": "select tajzia.put_aside_at_the_door()",
}
_FOLLIES = {
    "the superuser's login": f"select tajzia.set_staff('postgres', '{_person('postgres')}', '{_VERIFIER}')",
    "the owner's login": f"select tajzia.set_staff('tajzia_owner', '{_person('tajzia_owner')}', '{_VERIFIER}')",
    "the registrar's login": f"select tajzia.set_staff('registrar', '{_person('registrar')}', '{_VERIFIER}')",
    "the enrolment's login": f"select tajzia.set_staff('tajzia_enrol', '{_person('tajzia_enrol')}', '{_VERIFIER}')",
    "the centre as a role": f"select tajzia.set_staff('clerk2', '{_person('clerk2', 'registrar')}', '')",
    "a group of one's own": f"select tajzia.set_staff('clerk2', '{_person('clerk2', 'owner')}', '')",
    "statement in a login": (
        "select tajzia.set_staff(v, '{\"id\": \"' || v || '\"}', '')"
        " from (values ('x\"; alter role clerk superuser')) t (v)"
    ),
    "statement in a role": f"select tajzia.set_staff('clerk2', '{_person('clerk2', 'clerk; drop role clerk')}', '')",
    "statement in a password": f"select tajzia.set_staff('clerk2', '{_person('clerk2', 'clerk')}', 'x'' superuser --')",
    "a plain password": f"select tajzia.set_staff('clerk2', '{_person('clerk2', 'clerk')}', 'plain')",
    "a cheap password": (
        f"select tajzia.set_staff('clerk2', '{_person('clerk2', 'clerk')}', '{_VERIFIER.replace('4096', '1')}')"
    ),
    "another's body": f"select tajzia.set_staff('clerk2', '{_person('clerk')}', '')",
    "one's own rights": "select tajzia.disable_staff('administrator')",
    "disabling the superuser": "select tajzia.disable_staff('postgres')",
    "disabling the registrar": "select tajzia.disable_staff('tajzia_registrar')",
    "statement in a device": (
        "select * from tajzia.invite_device('K1''; drop table tajzia.device', 8, sha256('x'), 24, false)"
    ),
    "a device that is there": "select * from tajzia.invite_device('K1', 8, sha256('y'), 24, false)",
    "a code for ever": "select * from tajzia.invite_device('H4', 8, sha256('z'), 1000000, false)",
    "a short digest": "select * from tajzia.invite_device('H4', 8, 'x', 24, false)",
    "a lease for ever": "select tajzia.set_lease(100000)",
    "a notice that is no trouble": "select 1 from tajzia.settle_notice('n0', 'sent', 'because') did where did",
    "a notice taken as delivered": "select 1 from tajzia.settle_notice('n1', 'delivered', 'because') did where did",
    "a notice without a reason": "select 1 from tajzia.settle_notice('n1', 'sent', ' ') did where did",
    "a template of no kind": "select tajzia.set_template('x; drop', 'ar', 'x')",
    "a template without end": "select tajzia.set_template('accepted', 'ar', repeat('x', 100000))",
    "a row of no table": "select tajzia.set_dated_row('fees', 'x', 'x', date '2099-01-01', 'x')",
    "a row with a statement": "select tajzia.set_dated_row('bodies', '1101', 'x''; drop', date '2099-01-01', 'x')",
    "a row of yesterday": (
        "select tajzia.set_dated_row('period', 'payment_days', '7', (now() - interval '3 days')::date, 'x')"
    ),
    "a row without a reason": "select tajzia.set_dated_row('period', 'payment_days', '7', date '2099-01-01', ' ')",
    "a row of a hundred years": "select tajzia.set_dated_row('period', 'payment_days', '9999', date '2099-01-01', 'x')",
    "a row confirmed by nothing": "select 1 from tajzia.confirm_dated_row(1, ' ') did where did",
    "revoking without a reason": "select tajzia.revoke_device('H3', ' ')",
}


def print_of(scene: Scene) -> str:
    """Whatever an administrator may change, and more."""
    people = ("staff", "device", "invitation", "lease", "staff_news", "author_key", "author_key_retired", "door")
    tables = (*people, "outbox", "outbox_decision", "notice_template", "dated_row")
    rows = "".join(scene.rows(table) for table in tables)
    inbox = scene.one(
        "select md5(string_agg(concat_ws('/', command_id, state, reason), '|' order by arrival)) from tajzia.inbox"
    )
    return f"{rows}{inbox}{scene.catalogue()}"


def _gained(scene: Scene, connection: Connection[Any], text: str) -> str:
    before = print_of(scene)
    try:
        rows: Rows = send(connection, text)
    except psycopg.Error:
        rows = []
    if print_of(scene) != before:
        return "what stands has changed"
    return anything(rows)


def furnish(scene: Scene) -> None:
    """Something to take, everywhere."""
    with scene.centre.admin() as admin:
        invite_device(admin, "H2", 8, 24)
        admin.execute("insert into tajzia.device (id, branch, serial) values ('H3', 8, 1)")
        admin.execute(
            "insert into tajzia.inbox (command_id, device, sequence, fingerprint, payload, signature, submitted_by,"
            " state, reason) select id, 'H3', n, '', '{\"author\": \"clerk\", \"kind\": \"accept\"}', '', 'clerk',"
            " 'quarantined', 'device_revoked' from (values ('aside', 1), ('aside too', 2)) two (id, n)"
        )


def administer(scene: Scene, ledger: Ledger) -> None:
    """Every function by every role that is no administrator's; then the follies; then all of it as it is meant."""
    furnish(scene)
    others = [who for who in (*INSIDERS, *OUTSIDERS) if who.login != ADMINISTRATOR.login]
    for who in others:
        for function, text in calls(who.login).items():
            gained = _gained(scene, scene.raw(who), text)
            ledger.enter(Attempt(who.role, f"function {function}", "called by no administrator"), gained)
    for who in (*others, ADMINISTRATOR):
        for helper, text in _HELPERS.items():
            gained = _gained(scene, scene.raw(who), text)
            ledger.enter(Attempt(who.role, f"function {helper}", "called from outside"), gained)
    for technique, text in _FOLLIES.items():
        gained = _gained(scene, scene.raw(ADMINISTRATOR), text)
        ledger.enter(Attempt("administrator", "the administrators' functions", technique), gained)
    for function, text in calls("cashier9").items():
        worked = bool(_gained(scene, scene.raw(ADMINISTRATOR), text.replace('"administrator"', '"clerk"')))
        ledger.enter_entitled(f"function {function}", "called by no administrator", worked)


def knock(scene: Scene, ledger: Ledger, guesses: int) -> None:
    """With the login that stands in every invitation, and no certificate."""
    with scene.centre.admin() as admin:
        made, used, gone = (invite_device(admin, name, 8, 24) for name in ("G1", "G2", "G3"))
        admin.execute("update tajzia.invitation set expires_at = now() - interval '1 hour' where device = 'G3'")
    address = scene.centre.address("K1")
    way: dict[str, Any] = {
        "host": HOST, "port": address.port, "dbname": address.database, "user": "tajzia_enrol",
        "password": made.password, "sslmode": "verify-full", "sslrootcert": address.authority,
        "sslcert": "/nonexistent", "sslkey": "/nonexistent", "autocommit": True,
    }  # fmt: skip
    with psycopg.connect(**way) as door:
        first = make_request("G2", digest_of(used.code))
        ledger.enter_entitled("the door of enrolment", "as meant", _certificate(door, used.code, first) != "")
        for technique, code, asked in (
            ("replay of a used code", used.code, make_request("G2", b"")),
            ("expired code", gone.code, make_request("G3", b"")),
            ("another device's name", made.code, make_request("K1", b"")),
        ):
            ledger.enter(Attempt(STRANGER, "the door of enrolment", technique), _certificate(door, code, asked))
        guessed = [_state(door, clean_code(new_code())) for _ in range(guesses)]
        lucky = [state for state in guessed if state != "unknown"]
        ledger.enter(Attempt(STRANGER, "the door of enrolment", "guessing"), f"{lucky}" if lucky else "")
        for technique, code in {
            "statement in a code": "' or '1' = '1",
            "pattern in a code": "%",
            "nothing for a code": "",
            "a very long code": "0" * 100_000,
        }.items():
            state = _state(door, code)
            ledger.enter(Attempt(STRANGER, "the door of enrolment", technique), "" if state in _WORTHLESS else state)
        for function, text in {**calls("clerk"), **_HELPERS, **_STAFFS}.items():
            if function != "enrol":
                gained = _gained(scene, door, text)
                ledger.enter(Attempt(STRANGER, f"function {function}", "without a certificate"), gained)
        for technique, text in _BESIDES.items():
            ledger.enter(Attempt(STRANGER, "the database", technique), _gained(scene, door, text))


_WORTHLESS = ("unknown", "refused")
_STAFFS = {
    "scope": "select epoch from tajzia.scope()",
    "report": "select epoch from tajzia.report('x')",
    "pull": "select * from tajzia.pull(8, 0, 100)",
    "submit": "select * from tajzia.submit(array['x'::bytea], array['y'::bytea])",
    "register_key": "select tajzia.register_key(sha256('x'))",
    "fetch_paper": "select tajzia.fetch_paper('x')",
}
_BESIDES = {
    "invitations read": "select * from tajzia.invitation",
    "the door's password": "select * from tajzia.door",
    "devices read": "select * from tajzia.device",
    "devices written": "insert into tajzia.device (id, branch, serial) values ('Z1', 8, 1)",
    "the steward's role": "set role tajzia_steward; create role friend superuser login",
    "the doorkeeper's role": "set role tajzia_doorkeeper; select * from tajzia.invitation",
    "another session's name": "set session authorization clerk; select epoch from tajzia.scope()",
    "a login made": "create role friend login",
    "a password set": "alter role clerk password 'x'",
    "a temporary table": "create temp table x (a int); select 1",
    "a block": "do $$ begin perform 1; end $$; select 1",
    "a large object": "select lo_create(0)",
    "a lock by name": "select pg_advisory_lock(1)",
}


def _state(door: Connection[Any], code: str) -> str:
    row = door.execute("select state from tajzia.enrol(%s, %s)", (code, b"x")).fetchone()
    return "" if row is None else str(row[0])


def _certificate(door: Connection[Any], code: str, asked: Asked) -> str:
    """What the registrar signed in the end; "" where it was refused."""
    for _ in range(60):
        row = door.execute(
            "select state, coalesce(certificate, '') from tajzia.enrol(%s, %s)", (clean_code(code), asked.request)
        ).fetchone()
        assert row is not None
        if row[0] != "waiting":
            return str(row[1])
    raise TimeoutError("the registrar signs no more")
