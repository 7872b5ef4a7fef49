"""A failing disk, a killed process, a second process: told as what they are, and nothing half-saved."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.ports.store_trouble import StoreFailedError, StoreInUseError
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.storage.drafts import StoreDrafts
from desktop_app.storage.opening import open_writer
from desktop_app.storage.store import Store
from tests.domain.builders import NOW
from tests.store_key import STORE_KEY
from tests.sync.stations import visible
from tests.workplaces import TestWorkplace, content_for


@contextmanager
def _full_disk(store: Store) -> Iterator[None]:
    """SQLite itself says that the disk is full as soon as the file would have to grow."""
    with store.writing() as writes:
        writes.driver.execute("PRAGMA max_page_count = 1")  # no smaller than it is
    yield
    with store.writing() as writes:
        writes.driver.execute("PRAGMA max_page_count = 1073741823")


def _lodge_until_refused(workplace: TestWorkplace) -> Lodge:
    """The pages that are not full yet take a few; then the file would have to grow."""
    for _ in range(200):
        command = Lodge(workplace.commands.new_request_id(), "K1-1", content_for(50))
        before = visible(workplace.store)
        if (trouble := _trouble_of(lambda: workplace.commands.give(command))) is not None:  # noqa: B023
            assert trouble.errno == errno.ENOSPC
            assert visible(workplace.store) == before
            return command
    raise AssertionError("the disk never was full")


def _trouble_of(work: Callable[[], object]) -> StoreFailedError | None:
    try:
        work()
    except StoreFailedError as error:
        return error
    return None


def test_a_full_disk_is_told_and_nothing_is_half_saved(workplace: TestWorkplace) -> None:
    with _full_disk(workplace.store):
        command = _lodge_until_refused(workplace)
        waiting = workplace.store.tally().waiting
        with pytest.raises(KeyError):
            workplace.queries.get_request(command.request_id)
    assert workplace.commands.give(command).accepted
    assert workplace.queries.get_request(command.request_id).pending == 1
    with workplace.store.reading() as reads:
        sequences = [one.sequence for one in reads.commands(("waiting",))]
    assert sequences == list(range(1, waiting + 2))


def test_a_draft_that_finds_the_disk_full_leaves_the_one_before(workplace: TestWorkplace) -> None:
    short = FormDraft("intake", "new:1", NOW, {"name": "سلمى"})
    workplace.drafts.save(short)
    with _full_disk(workplace.store), pytest.raises(StoreFailedError):
        workplace.drafts.save(FormDraft("intake", "new:1", NOW, {"name": "س" * 500_000}))
    assert workplace.drafts.find("intake", "new:1") == short


_KILLED = """
import os, signal
from datetime import UTC, datetime
from pathlib import Path
from desktop_app.application.ports.drafts import FormDraft
from desktop_app.storage.drafts import StoreDrafts
from desktop_app.storage.store import Store
from tests.store_key import STORE_KEY
drafts = StoreDrafts(Store.open(Path({file!r}), STORE_KEY))
drafts.save(FormDraft("intake", "new:1", datetime(2026, 3, 1, tzinfo=UTC), {{"name": "سلمى"}}))
drafts.save(FormDraft("intake", "new:1", datetime(2026, 3, 1, 1, tzinfo=UTC), {{"name": "سلمى ناصر"}}))
drafts.save(FormDraft("visit", "r1", datetime(2026, 3, 1, tzinfo=UTC), {{"note": ""}}))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_typed_survives_that_the_program_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    ended = subprocess.run([sys.executable, "-c", _KILLED.format(file=str(file))], check=False)
    assert ended.returncode == -signal.SIGKILL
    store = Store.open(file, STORE_KEY)
    drafts = StoreDrafts(store)
    (found,) = drafts.all_of("intake")
    assert found.fields == {"name": "سلمى ناصر"}
    drafts.discard("intake", "new:1")
    assert drafts.find("intake", "new:1") is None
    assert drafts.find("visit", "r1") is not None
    store.close()


def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.write_bytes(b"this is not a database, but somebody's letter" * 100)
    before = file.read_bytes()
    with pytest.raises(StoreFailedError) as refused:
        Store.open(file, STORE_KEY)
    assert refused.value.errno == errno.EIO
    assert file.read_bytes() == before


def test_a_store_that_another_connection_keeps_locked_is_told_as_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.storage.opening._WAIT_SECONDS", 0)
    file = tmp_path / "store.db"
    Store.open(file, STORE_KEY).close()
    other = open_writer(file, STORE_KEY)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreInUseError):
        Store.open(file, STORE_KEY)
    other.close()


def test_a_block_that_raises_writes_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with store.writing() as writes:
            writes.set_setting("device", "K1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert store.find_setting("device") is None


def test_every_connection_writes_durably(store: Store) -> None:
    with store.writing() as writes:
        pragmas = [writes.driver.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "foreign_keys")]
        mode = writes.driver.execute("PRAGMA journal_mode").fetchone()[0]
    assert (pragmas, mode) == ([2, 1], "wal")


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreFailedError), store.reading() as reads:
        reads.driver.execute("DELETE FROM request")


_ON_A_SMALL_DISK = """
import errno, sys
from contextlib import closing, suppress
from pathlib import Path
from desktop_app.application.ports.store_trouble import StoreFailedError
from desktop_app.storage.store import Store
from tests.store_key import STORE_KEY
disk = Path(sys.argv[1])
Store.open(disk / "store.db", STORE_KEY).close()
with (disk / "filler").open("wb", buffering=0) as filler:
    for size in (4096, 1):
        with suppress(OSError):
            while filler.write(b"x" * size) == size:
                pass
try:
    with closing(Store.open(disk / "store.db", STORE_KEY)) as store:
        store.set_setting("a", "b")
except StoreFailedError as full:
    assert full.errno == errno.ENOSPC, full
else:
    raise AssertionError("the disk was not full")
(disk / "filler").unlink()
with closing(Store.open(disk / "store.db", STORE_KEY)) as store:
    store.set_setting("a", "b")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk of one's own is of Linux")
def test_a_disk_without_room_to_open_the_store_is_called_full(tmp_path: Path) -> None:
    """On a disk that only this process sees: root's own, or anybody's where the system lets users have namespaces."""
    alone = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    mounting = [*alone, "sh", "-c", 'mount -t tmpfs -o size=2m tmpfs "$0" && exec "$@"', str(tmp_path)]
    if (refused := subprocess.run([*mounting, "true"], check=False, capture_output=True, text=True)).returncode != 0:
        pytest.skip(f"this computer lets nobody mount a disk here: {refused.stderr.strip()}")
    ran = [*mounting, sys.executable, "-c", _ON_A_SMALL_DISK, str(tmp_path)]
    done = subprocess.run(ran, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []  # it was on that disk, not on this one
