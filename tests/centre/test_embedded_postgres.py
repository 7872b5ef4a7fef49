"""The server of the program's own: wherever the folder is, whoever starts it, and gone when it is stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
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


def test_the_server_of_a_program_that_was_killed_is_ended(tmp_path: Path) -> None:
    """The killed one starts a server and dies without a word; its lock goes with it, its server stays."""
    script = (
        "import os, sys; from pathlib import Path; from desktop_app.demo.postgres import EmbeddedPostgres;"
        "server = EmbeddedPostgres(Path(sys.argv[1])); server.start(); print(server.admin(), flush=True);"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    forgotten = done.stdout.strip()
    with psycopg.connect(forgotten) as connection:
        sockets = Path(connection.info.host)
    with EmbeddedPostgres(tmp_path) as server, psycopg.connect(server.admin()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(forgotten)
    shutil.rmtree(sockets)


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
