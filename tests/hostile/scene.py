"""The centre that is attacked: branch 8, a registrar at work, and who comes to attack it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from psycopg import Connection, sql

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.centre.loading import loading
from desktop_app.centre.service import RegistrarService
from desktop_app.centre.staff import add_staff
from desktop_app.centre.steward import Steward
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.history import Event
from desktop_app.domain.request import Status
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind, StoredPaper
from tests.domain import builders
from tests.hostile.staging import TILL_SUPERVISOR, Stage
from tests.postgres_fixture import PASSWORD, Hand, SampleCentre

SECRET = b"a certificate of branch 8"
DOCUMENT = b"%PDF-" + SECRET
DOCUMENT_DIGEST = hashlib.sha256(DOCUMENT).hexdigest()
OLD_EVENT = "imported-0001"
PATIENCE = 30
"""Seconds after which a registrar that does not answer counts as dead."""


@dataclass(frozen=True, slots=True)
class Intruder:
    """Somebody of the staff with their own password, at an enrolled device of their own branch."""

    role: str
    login: str
    device: str


OUTSIDERS = (
    Intruder("clerk of another branch", "clerk9", "M1"),
    Intruder("cashier of another branch", "cashier9", "M1"),
    Intruder("inspector of another branch", "inspector9", "M1"),
    Intruder("supervisor of another branch", "supervisor9", "M1"),
    Intruder("body officer of another branch", "officer9", "M1"),
    Intruder("auditor of another branch", "auditor9", "M1"),
    Intruder("administrator", "administrator", "S1"),
)
"""For all of them branch 8 is out of reach."""
INSIDERS = (
    Intruder("clerk", "clerk2", "K2"),
    Intruder("cashier", "cashier", "K2"),
    Intruder("inspector", "inspector2", "L1"),
    Intruder("supervisor", "supervisor", "S1"),
    Intruder("body officer", "officer_env", "L1"),
    Intruder("auditor", "auditor", "S1"),
)
"""Of branch 8: it is theirs to see, within their role to act."""


def more_staff() -> tuple[Actor, ...]:
    """Beside the sample staff: one of each role in branch 9, and a supervisor at the till."""
    return (
        builders.cashier("cashier9", branch=9),
        builders.inspector("inspector9", branch=9),
        builders.supervisor("supervisor9", branch=9),
        builders.make_actor(Role.BODY_OFFICER, "officer9", branch=9, body="health"),
        replace(builders.auditor(), id="auditor9", all_branches=False, branches=frozenset({9})),
        TILL_SUPERVISOR,
    )


class Scene:
    """`hand` and `raw` open a session once for each person and device; `settle` waits until all is decided."""

    def __init__(self, centre: SampleCentre) -> None:
        self.centre = centre
        self.stage = Stage()
        self.paper = ""
        self._hands: dict[tuple[str, str], Hand] = {}
        self._sessions: dict[str, Connection[Any]] = {}
        self._worked = threading.Condition()
        self._good = 0
        self._steward = Steward(centre.registrar_conninfo, lambda: centre.server.authority, centre.clock.now)
        with centre.admin() as admin:
            for actor in more_staff():
                add_staff(admin, actor, PASSWORD)
        self.admin: Connection[Any] = self._open_admin()
        self._furnish()

    def _open_admin(self) -> Connection[Any]:
        import psycopg

        return psycopg.connect(self.centre.admin_conninfo, autocommit=True)

    def _furnish(self) -> None:
        """A row of each kind in branch 8, so that there is something to take everywhere."""
        from hashlib import sha256

        self.paper = sha256(SECRET).hexdigest()
        stored = StoredPaper(self.paper, "certificate", builders.PARENT, "r0", 8, len(SECRET), builders.NOW)
        event = Event(
            OLD_EVENT, "r0", 8, builders.NOW, builders.NOW, "clerk", "م", Role.CLERK, "K1", "lodge", None, Status.LODGED
        )
        with loading(self.centre.registrar_conninfo) as work:
            work.keep_paper(self.paper, SECRET, builders.NOW)
            work.put(
                [
                    LoadedFact(FactKind.PAPER, self.paper, 8, encode(stored)),
                    LoadedFact(FactKind.EVENT, OLD_EVENT, 8, encode(event)),
                ]
            )
        self.admin.execute(
            "insert into tajzia.departure values (8, '', 'request', 'left', 0);"
            "insert into tajzia.outbox values ('n0', '+962790000000', 'سر', now());"
            "insert into tajzia.outbox_attempt values (repeat('a', 32), 'n0', 1, 'kannel', now());"
            "insert into tajzia.outbox values ('n1', '+962790000001', 'سر', now());"
            "update tajzia.outbox set state = 'failed' where notice_id = 'n1';"
            "insert into tajzia.outbox_decision values ('n1', now(), 'administrator', 'failed', 'sent', 'سر');"
            "insert into tajzia.outbox_report values ('kannel', 'm-1', '962790000000', 'delivered', now());"
            "insert into tajzia.notice_template (kind, language, words, before, set_by)"
            " values ('accepted', 'ar', '{number}', '', 'administrator');"
            "insert into tajzia.dated_row (kind, key, value, valid_from, reason, set_by)"
            " values ('period', 'payment_days', '40', '2026-01-01', 'سر', 'administrator');"
            "insert into tajzia.channel values ('h0', 'portal', 1, true, now(), now());"
            "insert into tajzia.channel_message (channel, kind, reference, fingerprint, payload, submitted_by, state)"
            " values ('portal', 'lodge', 'h0', '', '{}', 'h0', 'decided');"
            "insert into tajzia.portal_view values ('r0', 'سر', false, '{}');"
            "insert into tajzia.portal_stale values ('r0');"
            "insert into tajzia.timestamping values (true, 1, 1, now(), now(), 'سر');"
            "insert into tajzia.paper_waiting values ('certificate', 'سر', 'r0', '', 8, now(), 'F00D');"
            "insert into tajzia.receipt values ('C-2026-08-K1-00000', 'r0');"
            "insert into tajzia.sheet values ('080000000', 'r0');"
            "insert into tajzia.invitation (digest, device, branch, again, made_by, expires_at)"
            " values (sha256('of a code'), 'H0', 8, false, 'administrator', now() + interval '1 day');"
            "insert into tajzia.contact values ('S1', 'supervisor', now(), '0') on conflict do nothing;"
            "insert into tajzia.author_key_retired values ('clerk', 'K1', sha256('old'), now(), now());"
            "insert into tajzia.number values ('request', 2026, 8, 0), ('licence', 2026, 8, 0);"
            "insert into tajzia.audit_head values (8, 1, now(), '{\"branch\":8,\"position\":1}', '', '');"
            "insert into tajzia.certificate_list values (true, sha256('key'), 'keys', 'ended', now());"
            "insert into tajzia.device_clock values ('K1', now(), '0', 'clerk')"
        )
        self.admin.execute(
            "insert into tajzia.attachment values (%(digest)s, %(content)s, 'application/pdf', 'clerk', 'K1', now())",
            {"digest": DOCUMENT_DIGEST, "content": DOCUMENT},
        )
        self.admin.execute("insert into tajzia.attachment_proof values (%s, 'K1')", (DOCUMENT_DIGEST,))
        self.admin.execute("insert into tajzia.attached values ('case-accept', %s)", (DOCUMENT_DIGEST,))
        self.admin.execute("insert into tajzia.attachment_part values (%s, 'K1', 0, %s, now())", ("f" * 64, DOCUMENT))

    def put(self, facts: list[LoadedFact]) -> None:
        with self.admin.transaction():
            put_facts(self.admin, facts)

    @contextmanager
    def serving(self) -> Iterator[RegistrarService]:
        """The registrar's own service, in a thread; it must be alive until the end."""
        service = RegistrarService(self.centre.registrar_conninfo, self._work)
        thread = threading.Thread(target=service.run)
        thread.start()
        try:
            assert service.wait_until_ready(PATIENCE), "the registrar does not start"
            yield service
            assert thread.is_alive(), "the registrar did not live through it"
        finally:
            service.stop()
            thread.join(PATIENCE)
            service.close()
            self.close()

    def _work(self) -> None:
        self._steward.work()
        self.centre.registrar.drain()
        with self._worked:
            self._worked.notify_all()

    def settle(self) -> None:
        """Waits until nothing waits in the inbox. Raises TimeoutError when the registrar does not come to it."""
        with self._worked:
            for _ in range(PATIENCE * 4):
                if not self._waiting():
                    return
                self._worked.wait(0.25)
        raise TimeoutError("the registrar does not decide any more")

    def _waiting(self) -> int:
        return int(self.one("select count(*) from tajzia.inbox where state = 'waiting'"))

    def close(self) -> None:
        self._steward.close()
        self.admin.close()

    def one(self, text: str, *values: object) -> Any:
        """The one value that the superuser reads."""
        row = self.admin.execute(text.encode(), values or None).fetchone()
        return None if row is None else row[0]

    def hand(self, login: str, device: str) -> Hand:
        if (login, device) not in self._hands:
            self._hands[login, device] = self.centre.hand(login, device)
        return self._hands[login, device]

    def raw(self, who: Intruder) -> Connection[Any]:
        """The session of an intruder with nothing but SQL; opened anew when it was ended."""
        known = self._sessions.get(who.login)
        if known is None or known.closed:
            known = self._sessions[who.login] = self.centre.raw(who.login, who.device)
        return known

    def take_session(self, who: Intruder, session: Connection[Any]) -> None:
        """Somebody who is no staff comes in by a way of their own."""
        self._sessions[who.login] = session

    def good_command_is_decided(self) -> bool:
        """Whether an honest clerk's draft is accepted now."""
        self._good += 1
        clerk = self.hand("clerk", "K1")
        name = f"good-{self._good}"
        sent = clerk.send(SaveDraft(name, f"K1-{name}", builders.make_content()))
        self.settle()
        return self.accepted(sent)

    def accepted(self, command_id: str) -> bool:
        return bool(
            self.one(
                "select (body::json ->> 'accepted')::bool from tajzia.fact where kind = 'outcome' and id = %s",
                command_id,
            )
        )

    def rows(self, table: str) -> str:
        """A print of all rows of a table and of the transactions that wrote them: any write changes it."""
        return str(
            self.admin.execute(
                sql.SQL(
                    "select count(*) || coalesce(md5(string_agg(t.ctid::text || t.xmin::text || t::text, '|'"
                    " order by t.ctid)), '') from tajzia.{} t"
                ).format(sql.Identifier(table))
            ).fetchone()
        )

    def catalogue(self) -> str:
        """A print of roles, rights, functions, tables, policies and whatever else a role could make or change."""
        return str(self.one(_CATALOGUE))

    def state_of(self, kind: str, identity: str) -> str:
        return str(self.one("select f::text from tajzia.fact f where kind = %s and id = %s", kind, identity))

    def state(self) -> str:
        """What stands: facts (outcomes apart), numbers, papers, letters, receipts, staff, devices, departures."""
        return str(self.one(_STATE))


_CATALOGUE = "select md5(concat_ws('/', {}))".format(
    ", ".join(
        f"(select md5(string_agg(x::text, '|' order by x::text)) from {what} x)"
        for what in (
            "(select a.rolname, a.rolsuper, a.rolcreaterole, a.rolcreatedb, a.rolcanlogin, a.rolpassword,"
            " a.rolconnlimit, a.rolvaliduntil from pg_authid a)",
            "(select m.roleid, m.member, m.admin_option from pg_auth_members m)",
            "(select s.setdatabase, s.setrole, s.setconfig from pg_db_role_setting s)",
            "(select n.nspname, n.nspacl, n.nspowner from pg_namespace n where n.nspname !~ '^pg_toast')",
            "(select d.datname, d.datacl, d.datdba from pg_database d where d.datname = current_database())",
            "(select p.oid, p.proname, p.prosrc, p.proacl, p.proowner, p.proconfig, p.prosecdef from pg_proc p)",
            "(select c.oid, c.relname, c.relacl, c.relowner, c.relrowsecurity, c.relkind from pg_class c"
            " where c.relnamespace <> 'pg_catalog'::regnamespace and c.relnamespace <> 'pg_toast'::regnamespace)",
            "(select p.polname, p.polrelid, p.polcmd, p.polroles, p.polqual::text from pg_policy p)",
            "(select t.tgname, t.tgrelid from pg_trigger t)",
            "(select r.rulename, r.ev_class from pg_rewrite r)",
            "(select d.defaclrole, d.defaclacl from pg_default_acl d)",
            "(select t.oid from pg_type t)",
            "(select o.oid from pg_operator o)",
            "(select l.oid from pg_largeobject_metadata l)",
            "(select e.extname from pg_extension e)",
            "(select e.evtname from pg_event_trigger e)",
            "(select s.srvname from pg_foreign_server s)",
            "(select p.pubname from pg_publication p)",
            "(select l.lanname, l.lanacl from pg_language l)",
            "(select c.oid from pg_cast c)",
            "(select d.objoid, d.description from pg_description d where d.objoid > 16383)",
        )
    )
)
_STATE = "select md5(concat_ws('/', {}))".format(
    ", ".join(
        f"(select md5(string_agg(x::text, '|' order by x::text)) from {what} x)"
        for what in (
            "(select f.xmin::text, f.kind, f.id, f.branch, f.body from tajzia.fact f where f.kind <> 'outcome')",
            "tajzia.number",
            "(select digest from tajzia.paper)",
            "tajzia.outbox",
            "tajzia.outbox_attempt",
            "tajzia.outbox_decision",
            "tajzia.outbox_report",
            "tajzia.notice_template",
            "tajzia.dated_row",
            "tajzia.receipt",
            "tajzia.sheet",
            "tajzia.staff",
            "tajzia.device",
            "tajzia.departure",
            "tajzia.epoch",
        )
    )
)
