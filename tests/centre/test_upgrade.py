"""A centre of an earlier version becomes one of this version, with what it holds."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre import provisioning
from desktop_app.centre.feed import put_facts
from desktop_app.centre.staff import add_staff
from desktop_app.demo.postgres import EmbeddedPostgres
from desktop_app.domain.request import Status
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.domain.builders import clerk
from tests.domain.journey import journey
from tests.postgres_fixture import PASSWORD, REGISTRAR_PASSWORD


def test_functions_limits_and_receipts_are_brought_up_to_date(
    postgres_server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"tajzia_{uuid4().hex}"
    with psycopg.connect(postgres_server.admin(), autocommit=True) as server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    every = provisioning.migrations()
    with psycopg.connect(postgres_server.admin(name), autocommit=True) as admin:
        with monkeypatch.context() as patch:
            patch.setattr(provisioning, "migrations", lambda: every[:5])
            provisioning.provision(admin, REGISTRAR_PASSWORD)
            add_staff(admin, clerk(), PASSWORD)
            issued = journey(Status.ISSUED)
            put_facts(admin, [LoadedFact(FactKind.REQUEST, "r1", 8, encode(issued.request))])
        admin.execute("alter role clerk reset all")
        provisioning.provision(admin, REGISTRAR_PASSWORD)
        assert provisioning.schema_version(admin) == len(every)
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
    with psycopg.connect(postgres_server.admin(), autocommit=True) as server:
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
