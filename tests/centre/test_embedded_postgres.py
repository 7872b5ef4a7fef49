"""The server of the program's own: wherever the folder is, whoever starts it, and gone when it is stopped."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from desktop_app.demo.postgres import EmbeddedPostgres, FolderInUseError
from desktop_app.demo.server_user import another_account


def test_it_keeps_what_was_committed_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "a folder's name with «رموز»"
    with EmbeddedPostgres(folder) as server, psycopg.connect(server.admin()) as connection:
        connection.execute("create table kept as select 1 as one")
        first = connection.info.host
    assert not Path(first).exists()
    assert not (folder / "data" / "postmaster.pid").exists()
    assert not (folder / "server.lock").exists()
    with EmbeddedPostgres(folder) as server, psycopg.connect(server.admin()) as connection:
        assert connection.execute("select one from kept").fetchall() == [(1,)]


def test_a_killed_server_has_what_was_committed(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    server.start()
    with psycopg.connect(server.admin()) as connection:
        connection.execute("create table kept as select 1 as one")
    server.kill()
    with server, psycopg.connect(server.admin()) as connection:
        assert connection.execute("select one from kept").fetchall() == [(1,)]


def test_a_folder_is_for_one_server(postgres_server: EmbeddedPostgres) -> None:
    with pytest.raises(FolderInUseError):
        EmbeddedPostgres(postgres_server.folder).start()
    with psycopg.connect(postgres_server.admin()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_stopping_twice_is_stopping(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    server.stop()
    server.start()
    server.stop()
    server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step aside")
def test_root_steps_aside_without_namespaces_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    # Another account must be able to enter every folder on the way.
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        with EmbeddedPostgres(Path(name) / "it", user=another_account()) as server:
            with psycopg.connect(server.admin()) as connection:
                row = connection.execute("select usename from pg_user where usename = current_user").fetchone()
            assert row == ("postgres",)
            assert (Path(name) / "it" / "data").stat().st_uid != 0
