"""A centre of an earlier version becomes one of this version, with what it holds."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from desktop_app.centre import provisioning
from desktop_app.centre.status import read_status
from desktop_app.centre.verifying import verify_centre
from desktop_app.demo.postgres import EmbeddedPostgres
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.request import Status
from desktop_app.wire.codec import encode
from tests.domain.builders import clerk
from tests.domain.journey import journey
from tests.postgres_fixture import REGISTRAR_PASSWORD


def test_functions_limits_and_receipts_are_brought_up_to_date(
    postgres_server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"tajzia_{uuid4().hex}"
    with psycopg.connect(postgres_server.admin(), autocommit=True) as server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    every = provisioning.migrations()
    with psycopg.connect(postgres_server.admin(name), autocommit=True) as admin:
        with monkeypatch.context() as patch:
            old = ("scope()", "pull(integer, bigint, integer)", "fetch_paper(text)")
            patch.setattr(provisioning, "migrations", lambda: every[:5])
            patch.setattr(provisioning, "begin_chains", lambda admin: 0)
            patch.setattr(provisioning, "CLIENT_FUNCTIONS", dict.fromkeys(old, "tajzia_reader"))
            provisioning.provision(admin, REGISTRAR_PASSWORD)
        issued = journey(Status.PRINTED)
        admin.execute("insert into tajzia.staff values ('clerk', 'all', '{8}', false, '', true)")
        admin.execute("insert into tajzia.feed_counter values (8, 2)")
        for sequence, (kind, body) in enumerate((("request", encode(issued.request).decode()), ("booking", None)), 1):
            admin.execute(
                "insert into tajzia.fact (kind, id, branch, sequence, body) values (%s, 'r1', 8, %s, %s)",
                (kind, sequence, body),
            )
        if admin.execute("select from pg_roles where rolname = 'clerk'").fetchone() is None:
            admin.execute("create role clerk login")
        admin.execute("alter role clerk reset all")
        provisioning.provision(admin, REGISTRAR_PASSWORD)
        assert provisioning.schema_version(admin) == int(every[-1][0].split("_")[0])
        owners: dict[str, str] = dict(
            admin.execute(
                "select proname, proowner::regrole::text from pg_proc where pronamespace = 'tajzia'::regnamespace"
            ).fetchall()
        )
        assert {owners["submit"], owners["pull"]} == {"tajzia_intake", "tajzia_reader"}
        limits = admin.execute("select rolconfig from pg_roles where rolname = 'clerk'").fetchone()
        assert limits is not None
        assert "temp_file_limit=64MB" in limits[0]
        number = issued.request.payment.receipts[0].number
        assert admin.execute("select number, request_id from tajzia.receipt").fetchall() == [(number, "r1")]
        printed = sorted(sheet.serial for sheet in issued.request.issue.sheets)
        kept = admin.execute("select serial, request_id from tajzia.sheet order by serial").fetchall()
        assert printed
        assert kept == [(serial, "r1") for serial in printed]
        assert verify_centre(admin).well, "what stood before is in the chain from now on"
        vouched = "select vouched, digest is null from tajzia.fact where id = 'r1' order by kind"
        assert admin.execute(vouched).fetchall() == [(1, True), (1, False)]
    with psycopg.connect(postgres_server.admin(), autocommit=True) as server:
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def test_documents_that_lie_there_already_are_known_by_what_they_are_for(
    postgres_server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else an officer would be given none of them, or all."""
    name = f"tajzia_{uuid4().hex}"
    with psycopg.connect(postgres_server.admin(), autocommit=True) as server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    before = [one for one in provisioning.migrations() if int(one[0].split("_")[0]) < 18]
    walked = journey(Status.AWAITING_APPROVALS)
    for at, (requirement, part) in enumerate(((Requirement.TITLE_DEED, ""), (Requirement.APPROVAL_SCAN, "health"))):
        one = Attachment(f"{at}" * 64, requirement, "وثيقة.pdf", ContentType.PDF, 9, part)
        walked.do(clerk(), AttachDocument(walked.id, one))
    with psycopg.connect(postgres_server.admin(name), autocommit=True) as admin:
        with monkeypatch.context() as patch:
            patch.setattr(provisioning, "migrations", lambda: before)
            provisioning.provision(admin, REGISTRAR_PASSWORD)
        admin.execute("insert into tajzia.feed_counter (branch, last) values (8, 1)")
        admin.execute(
            "insert into tajzia.fact (kind, id, branch, sequence, body) values ('request', 'r1', 8, 1, %s)",
            (encode(walked.request).decode(),),
        )
        provisioning.provision(admin, REGISTRAR_PASSWORD)
        found = admin.execute("select requirement, part from tajzia.attached order by digest").fetchall()
        assert found == [("title_deed", ""), ("approval_scan", "health")]
    with psycopg.connect(postgres_server.admin(), autocommit=True) as server:
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def test_what_was_counted_of_timestamps_stays(
    postgres_server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"tajzia_{uuid4().hex}"
    with psycopg.connect(postgres_server.admin(), autocommit=True) as server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    before = [one for one in provisioning.migrations() if int(one[0].split("_")[0]) < 29]
    with psycopg.connect(postgres_server.admin(name), autocommit=True) as admin:
        with monkeypatch.context() as patch:
            patch.setattr(provisioning, "migrations", lambda: before)
            provisioning.provision(admin, REGISTRAR_PASSWORD)
        admin.execute("insert into tajzia.timestamping values (true, 7, 2, now(), now(), 'away')")
        provisioning.provision(admin, REGISTRAR_PASSWORD)
        status = read_status(admin)
        assert (status.stamped, status.unstamped, status.stamp_trouble) == (7, 2, "away")
        assert (status.lasting, status.evidence_trouble) == (0, "")
    with psycopg.connect(postgres_server.admin(), autocommit=True) as server:
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
