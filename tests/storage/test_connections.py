"""The connections to one file: looked into, read beside one another, opened again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.application.ports.store_trouble import StoreInUseError
from desktop_app.storage import connections as under_test
from desktop_app.storage import opening
from desktop_app.storage.connections import READERS, Connections, WroteWhileReadingError
from desktop_app.storage.opening import driver
from desktop_app.storage.store import Store
from tests.store_key import STORE_KEY


@pytest.fixture
def file(tmp_path: Path) -> Path:
    Store.open(tmp_path / "store.db", STORE_KEY).close()
    return tmp_path / "store.db"


def test_looking_keeps_every_other_writer_out_and_writes_nothing(file: Path) -> None:
    opened = Connections(file, STORE_KEY)
    with opened.looking() as looked:
        assert looked.execute("SELECT count(*) FROM setting").fetchone() == (0,)
        looked.execute("INSERT INTO setting (name, value) VALUES ('a', 'b')")
    with opened.reading() as reads:
        assert reads.execute("SELECT count(*) FROM setting").fetchone() == (0,)
    opened.dispose()


def test_readers_are_used_again_and_closed_with_the_rest(file: Path) -> None:
    opened = Connections(file, STORE_KEY)
    with opened.reading() as first:
        pass
    with opened.reading() as second:
        assert second is first
        opened.dispose()
    with opened.reading() as third:
        assert third is not first
        assert third.execute("SELECT count(*) FROM setting").fetchone() == (0,)
    opened.dispose()


def test_what_is_read_while_nobody_writes_is_read_where_it_was_written(file: Path) -> None:
    opened = Connections(file, STORE_KEY)
    with opened.writing() as written:
        pass
    with opened.reading() as first, opened.reading() as beside, opened.writing() as another:
        assert first is written
        assert len({id(first), id(beside), id(another)}) == 3
    with opened.writing() as written, opened.reading() as reads:
        assert reads is not written
    opened.dispose()
    # One that was opened to read alone can do nothing else.
    with opened.reading() as writer, opened.reading() as reads:
        assert reads is not writer
        with pytest.raises(driver.OperationalError, match="readonly"):
            reads.execute("INSERT INTO setting (name, value) VALUES ('a', 'b')")
    opened.dispose()


@pytest.mark.parametrize("once", [True, False])
def test_what_was_to_read_and_wrote_is_told_of(file: Path, *, once: bool) -> None:
    opened = Connections(file, STORE_KEY)
    with opened.writing() as written:
        pass

    def write() -> None:
        with opened.reading(once=once) as reads:
            assert reads is written
            reads.execute("INSERT INTO setting (name, value) VALUES ('a', 'b')")

    with pytest.raises(WroteWhileReadingError):
        write()
    with opened.reading() as reads:
        assert reads is not written  # what broke its word is closed
        assert reads.execute("SELECT count(*) FROM setting").fetchone() == (int(once),)
    opened.dispose()


def test_a_block_that_raises_gives_its_reader_back(file: Path) -> None:
    opened = Connections(file, STORE_KEY)
    for _ in range(READERS + 1):
        with pytest.raises(RuntimeError), opened.reading():
            raise RuntimeError
    opened.dispose()


class FailedError(OSError):
    """What the disk said."""


@pytest.mark.parametrize("block", ["looking", "reading", "writing"])
def test_what_sqlite_has_undone_by_itself_hides_no_error(file: Path, block: str) -> None:
    """A read that fails ends the transaction (sqlite3VdbeHalt); what is told is that it failed."""
    opened = Connections(file, STORE_KEY)

    def fail() -> None:
        with getattr(opened, block)() as driver:
            driver.execute("ROLLBACK")
            raise FailedError

    with pytest.raises(FailedError):
        fail()
    with getattr(opened, block)() as driver:
        assert driver.execute("SELECT count(*) FROM setting").fetchone() == (0,)
    opened.dispose()


def test_the_connection_that_is_looked_with_is_nobody_elses_meanwhile(file: Path) -> None:
    opened = Connections(file, STORE_KEY)
    with opened.looking() as looked:
        other = opened._take_writer()
        assert other is not looked
        other.close()
    with opened.writing() as written:
        assert written is looked
    opened.dispose()


def test_whoever_finds_every_reader_taken_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "_WAIT_SECONDS", 0)
    opened = Connections(file, STORE_KEY)
    taken, done = threading.Barrier(READERS + 1), threading.Event()

    def read() -> None:
        with opened.reading():
            taken.wait()
            done.wait()

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    taken.wait()
    with pytest.raises(StoreInUseError), opened.reading():
        pass
    done.set()
    for thread in threads:
        thread.join()
    opened.dispose()


def test_an_error_is_not_hidden_by_what_was_written_besides(file: Path) -> None:
    opened = Connections(file, STORE_KEY)
    with opened.writing() as written:
        pass

    def go_wrong() -> None:
        with opened.reading() as reads:
            reads.execute("INSERT INTO setting (name, value) VALUES ('a', 'b')")
            raise KeyError("what happened")

    with pytest.raises(KeyError, match="what happened"):
        go_wrong()
    with opened.writing() as anew:
        assert anew is not written, "one that wrote by mistake is used no more"
        assert anew.execute("SELECT count(*) FROM setting").fetchone() == (0,)
    opened.dispose()


def test_reading_makes_no_file(tmp_path: Path) -> None:
    opened = Connections(tmp_path / "none.db", STORE_KEY)
    with pytest.raises(driver.OperationalError, match="unable to open"), opened.reading():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_cannot_be_prepared_is_closed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[opening.Connection] = []
    connect = opening._connect

    def connecting(file: Path | str, key: opening.StoreKey) -> opening.Connection:
        made.append(connect(file, key))
        return made[-1]

    def failing(_: opening.Connection) -> None:
        raise OSError("no memory")

    monkeypatch.setattr(opening, "_connect", connecting)
    monkeypatch.setattr(opening, "_prepare", failing)
    with pytest.raises(OSError, match="no memory"):
        opening.open_reader(file, STORE_KEY)
    with pytest.raises(driver.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")
