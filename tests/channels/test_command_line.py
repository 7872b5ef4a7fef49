"""From nothing to a portal that lodges: `tajzia centre add-channel`, its certificate, the registrar's own service."""

from __future__ import annotations

import json
import stat
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from desktop_app.bootstrap.registrar import registrar_service
from desktop_app.cli import centre as command
from desktop_app.demo.postgres import HOST
from tests.channels.requests import lodging
from tests.channels.systems import PASSWORD
from tests.postgres_fixture import SampleCentre


def main(words: list[str]) -> int:
    """`tajzia`, in this process."""
    parser = ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words[1:]))


@pytest.fixture
def add(centre: SampleCentre, tmp_path: Path) -> Callable[..., int]:
    secret = tmp_path / "password"
    secret.write_text(PASSWORD, encoding="utf-8")

    def call(kind: str, login: str, folder: Path, *more: str) -> int:
        where = ("--authority", str(centre.server.folder / "authority"), "--out", str(folder))
        given = ("centre", "add-channel", "--dsn", centre.admin_conninfo, kind, "--login", login, *where)
        return main([*given, "--password-file", str(secret), *more])

    return call


def connect(centre: SampleCentre, login: str, folder: Path) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=HOST, port=centre.server.port, dbname=centre.database, user=login, password=PASSWORD,
        sslmode="verify-full", sslrootcert=str(centre.server.authority_certificate),
        sslcert=str(folder / f"{login}.crt"), sslkey=str(folder / f"{login}.key"), autocommit=True,
    )  # fmt: skip


def test_a_website_is_let_in_and_served(
    centre: SampleCentre, tmp_path: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    login = f"web_{uuid4().hex[:12]}"
    assert add("portal", login, tmp_path / "web", "--json") == 0
    assert json.loads(capsys.readouterr().out)["login"] == login
    assert stat.S_IMODE((tmp_path / "web" / f"{login}.key").stat().st_mode) == 0o600
    with (
        registrar_service(centre.registrar_conninfo, tmp_path / "notices") as service,
        connect(centre, login, tmp_path / "web") as portal,
    ):
        thread = threading.Thread(target=service.run)
        thread.start()
        try:
            assert service.wait_until_ready(20)
            portal.execute("select portal.lodge('web/1', %s)", (Jsonb(lodging()),))
            centre_has = threading.Event()
            for _ in range(200):
                row = portal.execute("select portal.find('web/1')").fetchone()
                if row is not None and row[0]["state"] != "waiting":
                    break
                centre_has.wait(0.1)
            assert row is not None
            # The service has the real clock: whether the sample's parent is renewed is a matter of the year.
            why = [one["key"] for one in row[0]["refusals"]]
            assert (row[0]["state"], why) in [("accepted", []), ("refused", ["parent.not_renewed"])]
        finally:
            service.stop()
            thread.join(20)
    assert main(["centre", "channels", "--dsn", centre.admin_conninfo, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (login, "portal", True) in [(one["login"], one["kind"], one["active"]) for one in told["channels"]]
    assert told["held"] == []
    assert main(["centre", "disable-channel", "--dsn", centre.admin_conninfo, login]) == 0
    with pytest.raises(psycopg.OperationalError):
        connect(centre, login, tmp_path / "web")


def test_what_cannot_be_is_told(
    centre: SampleCentre, tmp_path: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert add("portal", "clerk", tmp_path / "web") == 1
    assert "another role" in capsys.readouterr().err
    assert add("portal", "website", tmp_path / "web", "--valid", "9999") == 1
    assert "730" in capsys.readouterr().err
    assert not (tmp_path / "web").exists()
    assert main(["centre", "channels", "--dsn", centre.admin_conninfo, "--retry", "nothing"]) == 1
    assert main(["centre", "disable-channel", "--dsn", centre.admin_conninfo, "nobody"]) == 1
