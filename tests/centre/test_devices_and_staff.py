"""Revoking a device, disabling a person: at once, with nothing lost; and what an administrator does about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from desktop_app.application.ports.administration import DeviceState, Refusal, RefusedByCentreError
from desktop_app.centre.devices import revoke_device
from desktop_app.centre.provisioning import provision
from desktop_app.centre.staff import add_staff, disable_staff
from desktop_app.centre.steward import Steward
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.delivery import NoticeState
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.notice_templates import NoticeTemplate
from desktop_app.domain.reference import Reference
from desktop_app.gateway.administration import PostgresAdministration
from desktop_app.gateway.link import PostgresLink
from desktop_app.sync.centre_link import CentreUnreachableError, KeyRetiredError, NotAdmittedError
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import StoredOutcome
from desktop_app.wire.invitation import read_invitation
from tests.domain import builders
from tests.postgres_fixture import PASSWORD, REGISTRAR_PASSWORD, Hand, SampleCentre


@pytest.fixture
def steward(centre: SampleCentre) -> Iterator[Steward]:
    made = Steward(centre.registrar_conninfo, lambda: centre.server.authority, centre.clock.now)
    yield made
    made.close()


@pytest.fixture
def person(centre: SampleCentre) -> Iterator[str]:
    """A clerk of this test's own: roles belong to the whole server, whose other tests go on."""
    login = f"clerk_{uuid4().hex[:8]}"
    with centre.admin() as admin:
        add_staff(admin, builders.clerk(login), PASSWORD)
    yield login
    with centre.admin() as admin:
        admin.execute(sql.SQL("drop owned by {}").format(sql.Identifier(login)))
        admin.execute(sql.SQL("drop role {}").format(sql.Identifier(login)))


@pytest.fixture
def administration(centre: SampleCentre) -> PostgresAdministration:
    return PostgresAdministration(centre.address("S1"), lambda: centre.connect("administrator", "S1"))


def draft(hand: Hand) -> str:
    name = f"r-{uuid4().hex[:8]}"
    return hand.send(SaveDraft(name, f"{hand.device}-{name}", builders.make_content()))


def state_of(centre: SampleCentre, command: str) -> tuple[str, str]:
    ((state, reason),) = centre.query("select state, reason from tajzia.inbox where command_id = %s", command)
    return state, reason


def outcome_of(centre: SampleCentre, command: str) -> StoredOutcome | None:
    rows = centre.query("select body from tajzia.fact where kind = 'outcome' and id = %s", command)
    return decode(rows[0][0], StoredOutcome) if rows else None


def ended(link: PostgresLink) -> bool:
    with suppress(CentreUnreachableError):
        link.scope()
        return False
    return True


def test_revoking_ends_the_sessions_and_puts_aside_what_is_undecided(
    centre: SampleCentre, administration: PostgresAdministration
) -> None:
    clerk = centre.hand("clerk", "K2")
    waiting = draft(clerk)
    administration.revoke("K2", "سُرق الجهاز")
    assert ended(clerk.link)
    with pytest.raises(NotAdmittedError):
        centre.connect("clerk", "K2").scope()
    assert centre.registrar.drain() == 0
    assert state_of(centre, waiting) == ("quarantined", "device_revoked")
    (device,) = [one for one in administration.devices() if one.name == "K2"]
    assert (device.state, device.revoked_by, device.revoked_why, device.put_aside) == (
        DeviceState.REVOKED, "administrator", "سُرق الجهاز", 1,
    )  # fmt: skip


def test_what_a_revoked_device_still_holds_is_taken_put_aside_and_decided_once_released(
    centre: SampleCentre, administration: PostgresAdministration
) -> None:
    clerk = centre.hand("clerk", "K2")
    administration.revoke("K2", "lost")
    clerk.link = centre.connect("clerk", "K2")
    late = draft(clerk)
    (aside,) = administration.put_aside(0, 10)
    assert (aside.command_id, aside.reason, aside.author, aside.kind) == (late, "device_revoked", "clerk", "save_draft")
    assert centre.registrar.drain() == 0
    administration.release(late)
    assert centre.registrar.drain() == 1
    outcome = outcome_of(centre, late)
    assert outcome is not None
    assert outcome.accepted
    assert administration.put_aside(0, 10) == ()


def test_notices_that_await_a_person_are_listed_by_their_request_and_settled(
    centre: SampleCentre, administration: PostgresAdministration
) -> None:
    clerk = centre.hand("clerk")
    clerk.send(Lodge("r1", "K1-000001", builders.make_content()))
    clerk.send(Accept("r1"), base=1)
    centre.registrar.drain()
    centre.query("update tajzia.outbox set state = 'unknown', why = 'silent' where place = 1 returning 1")
    (seen,) = administration.troubled_notices(10)
    assert (seen.request, seen.state, seen.why) == ("R-2026-08-000001", NoticeState.UNKNOWN, "silent")
    administration.settle_notice(seen.id, NoticeState.WAITING, "he called")
    assert administration.troubled_notices(10) == ()
    assert centre.query("select by_login, why from tajzia.outbox_decision") == [("administrator", "he called")]


def test_a_submission_that_is_under_way_while_its_device_is_revoked_is_put_aside_too(centre: SampleCentre) -> None:
    """The revocation waits for it, whoever came first."""
    clerk = centre.hand("clerk", "K2")
    signed = clerk.signed(clerk.envelope(SaveDraft("rx", "K2-rx", builders.make_content()), 0))
    session = centre.raw("clerk", "K2")
    session.autocommit = False
    session.execute("select * from tajzia.submit(%s::bytea[], %s::bytea[])", ([signed.payload], [signed.signature]))
    with centre.admin() as admin:
        assert revoke_device(admin, "K2", "lost")
    with suppress(psycopg.Error):
        session.commit()
    assert centre.registrar.drain() == 0
    assert centre.query("select count(*) from tajzia.inbox where state = 'waiting'") == [(0,)]


def test_what_is_put_away_is_told_to_its_device_as_a_refusal(
    centre: SampleCentre, administration: PostgresAdministration, steward: Steward
) -> None:
    clerk = centre.hand("clerk", "K2")
    waiting = draft(clerk)
    administration.revoke("K2", "lost")
    administration.discard(waiting, "سُجّل الطلب على جهاز آخر")
    steward.work()
    outcome = outcome_of(centre, waiting)
    assert outcome is not None
    assert (outcome.accepted, outcome.refusals[0].key, outcome.device) == (False, "centre.put_away", "K2")
    assert state_of(centre, waiting)[0] == "discarded"
    steward.work()
    assert centre.registrar.drain() == 0


def test_disabling_ends_the_sessions_and_lets_nobody_in(
    centre: SampleCentre, administration: PostgresAdministration, steward: Steward, person: str
) -> None:
    link = centre.connect(person, "K1")
    administration.disable(person)
    assert ended(link)
    with pytest.raises(NotAdmittedError):
        centre.connect(person, "K1")
    steward.work()
    rows = centre.query("select body from tajzia.fact where kind = 'staff' and id = %s", person)
    assert not decode(rows[0][0], Actor).active
    (seen,) = [one for one in administration.staff() if one.actor.id == person]
    assert (seen.actor.active, seen.disabled_by) == (False, "administrator")


def test_what_arrives_in_the_name_of_somebody_disabled_is_put_aside_and_what_came_before_is_decided(
    centre: SampleCentre, administration: PostgresAdministration, person: str
) -> None:
    theirs, colleague = centre.hand(person, "K1"), centre.hand("clerk2", "K1")
    before = draft(theirs)
    later = theirs.signed(theirs.envelope(SaveDraft("ry", "K1-ry", builders.make_content()), 0))
    administration.disable(person)
    assert centre.registrar.drain() == 1
    decided = outcome_of(centre, before)
    assert decided is not None
    assert decided.accepted
    colleague.link.submit([later])  # a shared counter: a colleague's session delivers it
    (aside,) = administration.put_aside(0, 10)
    assert (aside.reason, aside.author, aside.submitted_by) == ("author_disabled", person, "clerk2")
    assert centre.registrar.drain() == 0
    administration.release(aside.command_id)
    assert centre.registrar.drain() == 1
    released = outcome_of(centre, aside.command_id)
    assert released is not None
    assert released.accepted


@pytest.mark.expects_log("a submission was put aside")
def test_somebody_who_comes_back_signs_with_a_fresh_key(
    centre: SampleCentre, administration: PostgresAdministration, steward: Steward, person: str
) -> None:
    theirs = centre.hand(person, "K1")
    old = theirs.key
    administration.disable(person)
    administration.save_staff(builders.clerk(person), "")
    steward.work()
    theirs.link = centre.connect(person, "K1")
    with pytest.raises(KeyRetiredError):
        theirs.link.register_key(old.public_key().public_bytes_raw())
    late = draft(theirs)
    assert centre.registrar.drain() == 1
    assert state_of(centre, late)[0] == "quarantined"
    back = centre.hand(person, "K1")
    assert draft(back)
    assert centre.registrar.drain() == 1


def test_an_administrator_adds_changes_and_disables(
    centre: SampleCentre, administration: PostgresAdministration, steward: Steward
) -> None:
    login = f"new_{uuid4().hex[:8]}"
    password = "كلمة سر طويلة"
    person = Actor(login, "ليث منصور", Role.INSPECTOR, frozenset({8, 9}), districts=frozenset({8}))
    administration.save_staff(person, password)
    steward.work()
    assert centre.connect(login, "K1", password).scope().branches == (0, 8, 9)
    administration.save_staff(Actor(login, "ليث منصور", Role.AUDITOR, frozenset({9})), "")
    steward.work()
    assert centre.connect(login, "K1", password).scope().branches == (0, 9)
    groups = centre.query(
        "select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles p"
        " on p.oid = m.member where p.rolname = %s",
        login,
    )
    assert groups == [("tajzia_auditors",)]
    assert [one.actor.role for one in administration.staff() if one.actor.id == login] == [Role.AUDITOR]
    ((secret, limits),) = centre.query(
        "select a.rolpassword, r.rolconfig from pg_authid a join pg_roles r using (rolname) where rolname = %s", login
    )
    assert secret.startswith("SCRAM-SHA-256$")
    assert "temp_file_limit=64MB" in limits
    log = (centre.server.folder / "data" / "server.log").read_text("utf-8")
    assert password not in log
    with centre.admin() as admin:
        assert disable_staff(admin, login)
        assert not disable_staff(admin, login)
        admin.execute(sql.SQL("drop owned by {}").format(sql.Identifier(login)))
        admin.execute(sql.SQL("drop role {}").format(sql.Identifier(login)))


@pytest.mark.parametrize(
    ("login", "refusal"),
    [
        ("postgres", Refusal.LOGIN_TAKEN),
        ("tajzia_owner", Refusal.LOGIN),
        ("pg_monitor", Refusal.LOGIN),
        ("registrar", Refusal.LOGIN),
        ('x"; alter role clerk superuser; --', Refusal.LOGIN),
        ("Clerk", Refusal.LOGIN),
    ],
)
def test_no_role_of_the_server_is_taken_over(
    centre: SampleCentre, administration: PostgresAdministration, login: str, refusal: Refusal
) -> None:
    before = centre.query("select rolname, rolsuper, rolcanlogin, rolpassword from pg_authid order by 1")
    with pytest.raises(RefusedByCentreError) as refused:
        administration.save_staff(Actor(login, "م", Role.ADMINISTRATOR), PASSWORD)
    assert refused.value.refusal is refusal
    assert centre.query("select rolname, rolsuper, rolcanlogin, rolpassword from pg_authid order by 1") == before


def test_nobody_locks_themselves_out(administration: PostgresAdministration) -> None:
    with pytest.raises(RefusedByCentreError) as refused:
        administration.disable("administrator")
    assert refused.value.refusal is Refusal.OWN_RIGHTS
    with pytest.raises(RefusedByCentreError):
        administration.save_staff(Actor("administrator", "م", Role.CLERK, frozenset({8})), "")


@pytest.mark.parametrize("login", ["clerk", "supervisor", "auditor", "officer_health"])
def test_nobody_else_administers(centre: SampleCentre, login: str) -> None:
    wanting = PostgresAdministration(centre.address("K1"), lambda: centre.connect(login, "K1"))
    for attempt in (
        wanting.devices,
        wanting.staff,
        wanting.lease_days,
        lambda: wanting.put_aside(0, 1),
        lambda: wanting.set_lease(365),
        lambda: wanting.revoke("K2", "because"),
        lambda: wanting.disable("clerk2"),
        lambda: wanting.invite("N9", 8, 24, again=False),
        lambda: wanting.save_staff(Actor(login, "م", Role.ADMINISTRATOR), PASSWORD),
    ):
        with pytest.raises(NotAdmittedError):
            attempt()


def test_an_invitation_of_the_screen_is_whole(centre: SampleCentre, administration: PostgresAdministration) -> None:
    made = administration.invite("N1", 8, 24, again=False)
    told = read_invitation(made.invitation)
    assert (told.device, told.code, told.port) == ("N1", made.code, centre.server.port)
    assert [(one.name, one.state) for one in administration.devices() if one.name == "N1"] == [
        ("N1", DeviceState.INVITED)
    ]
    with pytest.raises(RefusedByCentreError) as refused:
        administration.invite("K1", 8, 24, again=False)
    assert refused.value.refusal is Refusal.DEVICE_KNOWN


def test_the_lease_of_the_centre_reaches_the_workstation(
    centre: SampleCentre, administration: PostgresAdministration
) -> None:
    assert centre.connect("clerk", "K1").scope().lease_days == 14
    administration.set_lease(5)
    assert (administration.lease_days(), centre.connect("clerk", "K1").scope().lease_days) == (5, 5)


def test_the_centre_knows_who_was_here_and_with_what(
    centre: SampleCentre, administration: PostgresAdministration
) -> None:
    from desktop_app import __version__

    centre.connect("clerk", "K1").scope()
    (device,) = [one for one in administration.devices() if one.name == "K1"]
    assert (device.seen_login, device.version, device.seen_at is not None) == ("clerk", __version__, True)


@pytest.mark.expects_log("somebody of the staff was entered in words that nobody reads")
def test_what_is_no_person_goes_no_further_than_the_registrar(centre: SampleCentre, steward: Steward) -> None:
    """An administrator with SQL of their own could otherwise keep every workstation from reading the feed."""
    last = centre.query("select last from tajzia.feed_counter where branch = 0")
    odd = f"odd_{uuid4().hex[:8]}"
    body = f'{{"id": "{odd}", "role": "clerk", "active": true, "branches": [8], "all_branches": false, "body": ""}}'
    session = centre.raw("administrator", "S1")
    verifier = session.pgconn.encrypt_password(b"long enough", odd.encode(), b"scram-sha-256").decode()
    session.execute("select tajzia.set_staff(%s, %s, %s)", (odd, body, verifier))
    steward.work()
    assert centre.query("select last from tajzia.feed_counter where branch = 0") == last
    with centre.admin() as admin:
        admin.execute(sql.SQL("drop owned by {}").format(sql.Identifier(odd)))
        admin.execute(sql.SQL("drop role {}").format(sql.Identifier(odd)))


def test_who_was_added_by_an_earlier_version_is_the_stewards_to_change(
    centre: SampleCentre, administration: PostgresAdministration, steward: Steward
) -> None:
    """Roles that the superuser made and granted: a later `centre init` hands them over."""
    login = f"old_{uuid4().hex[:8]}"
    name = sql.Identifier(login)
    with centre.admin() as admin:
        admin.execute(sql.SQL("create role {} login").format(name))
        admin.execute(sql.SQL("grant tajzia_clerks to {}").format(name))
        admin.execute("insert into tajzia.staff values (%s, 'all', '{8}', false, '', true)", (login,))
        provision(admin, REGISTRAR_PASSWORD)
    administration.save_staff(Actor(login, "م", Role.AUDITOR, frozenset({8})), PASSWORD)
    steward.work()
    groups = centre.query(
        "select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles p"
        " on p.oid = m.member where p.rolname = %s",
        login,
    )
    assert groups == [("tajzia_auditors",)]
    assert centre.connect(login, "K1").scope().branches == (0, 8)
    administration.disable(login)
    with centre.admin() as admin:
        admin.execute(sql.SQL("drop owned by {}").format(name))
        admin.execute(sql.SQL("drop role {}").format(name))


def test_the_words_of_notices_are_changed_from_a_workstation(
    centre: SampleCentre, administration: PostgresAdministration, steward: Steward
) -> None:
    own = NoticeTemplate(NoticeKind.ACCEPTED, NoticeLanguage.ARABIC, "قُبل طلبكم {number} لدى الأمانة")
    assert administration.set_template(own)
    assert not administration.set_template(own), "it stands so already"
    steward.work()
    ((body,),) = centre.query("select body from tajzia.fact where kind = 'reference'")
    assert decode(body, Reference).templates == (own,)
    (change,) = administration.template_history(10)
    assert (change.kind, change.before, change.after, change.by) == (own.kind, "", own.words, "administrator")
    clerk = PostgresAdministration(centre.address("K1"), lambda: centre.connect("clerk", "K1"))
    for refused in (lambda: clerk.template_history(10), lambda: clerk.set_template(own)):
        with pytest.raises(NotAdmittedError):
            refused()
