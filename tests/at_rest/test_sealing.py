"""A store in the clear is sealed once, whole and under any interruption, and nothing of it stays readable."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.application.ports.store_trouble import StoreDamagedError, WrongStoreKeyError
from desktop_app.application.settings import CentreAddress, WorkstationSettings
from desktop_app.application.store_key import StoreKeyMissingError
from desktop_app.bootstrap.door import WorkstationDoor
from desktop_app.storage.encrypting import has_to_be_sealed, seal_store, stands_sealed
from desktop_app.storage.opening import Connection, StoreKey, driver, open_writer
from desktop_app.storage.store import Store
from desktop_app.system.clock import SystemClock
from desktop_app.system.crash_log import CrashLog
from desktop_app.system.given_secrets import GivenSecrets
from desktop_app.system.paths import places_in
from desktop_app.system.whole_files import wipe
from tests.store_key import STORE_KEY
from tests.sync.stations import visible
from tests.workplaces import make_workplace

NAME = "أحمد خليل الحسن".encode()


@pytest.fixture
def plain(tmp_path: Path) -> tuple[Path, object]:
    """A filled store in the clear, its newest words in a WAL that a crash left; and what is seen of it."""
    workplace = make_workplace(tmp_path)
    seen = visible(workplace.store)
    workplace.close()
    file, sealed = tmp_path / "a store" / "store.db", tmp_path / "K1.db"
    file.parent.mkdir()
    with closing(open_writer(sealed, STORE_KEY)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS plain KEY ''", (str(file),))
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("PRAGMA plain.journal_mode = WAL")
        connection.execute("INSERT INTO plain.setting (name, value) VALUES ('newest', 'قيل أخيراً')")
        # As a crash leaves it: closing would fold the WAL in.
        left = {end: Path(f"{file}{end}").read_bytes() for end in ("", "-wal")}
    for end, content in left.items():
        Path(f"{file}{end}").write_bytes(content)
    Path(f"{file}-shm").unlink(missing_ok=True)
    assert NAME in left[""]
    assert "قيل أخيراً".encode() in left["-wal"]
    return file, seen


def _whole(file: Path, seen: object) -> None:
    assert [entry.name for entry in file.parent.iterdir()] == ["store.db"]
    assert not has_to_be_sealed(file)
    store = Store.open(file, STORE_KEY)
    try:
        assert visible(store) == seen
        assert store.find_setting("newest") == "قيل أخيراً"
        with store.reading() as reads:
            assert reads.driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        store.close()


def test_a_store_in_the_clear_is_sealed_with_all_that_was_in_it(plain: tuple[Path, object]) -> None:
    file, seen = plain
    assert has_to_be_sealed(file)
    assert not stands_sealed(file)
    wiped: list[bytes] = []

    def look_and_wipe(left: Path) -> None:
        if left.exists():
            wiped.append(left.read_bytes())
        wipe(left)

    seal_store(file, STORE_KEY, look_and_wipe)
    # Both were taken away with what was in them, not merely unlinked.
    assert [NAME in content for content in wiped] == [True, False]
    assert "قيل أخيراً".encode() in wiped[1]
    assert NAME not in file.read_bytes()
    _whole(file, seen)
    before = file.read_bytes()
    seal_store(file, STORE_KEY, wipe)
    assert file.read_bytes() == before


class CutError(BaseException):
    """The power goes."""


@pytest.mark.parametrize("after", range(8))
def test_wherever_it_is_interrupted_the_next_start_finishes_it(
    plain: tuple[Path, object], after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, seen = plain
    left = after

    def then_cut(real: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object) -> object:
            nonlocal left
            if left == 0:
                raise CutError
            left -= 1
            return real(*arguments)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", then_cut(Path.replace))
        try:
            seal_store(file, STORE_KEY, then_cut(wipe))  # type: ignore[arg-type]
        except CutError:
            assert after < 6
        else:
            assert after >= 6
    if after < 6:
        assert has_to_be_sealed(file)
    seal_store(file, STORE_KEY, wipe)
    _whole(file, seen)


def test_a_copy_for_another_key_is_not_put_in_the_place_of_the_store(
    plain: tuple[Path, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted, and the key is another at the next start: the store in the clear is still the only one."""
    file, seen = plain
    monkeypatch.setattr("desktop_app.storage.encrypting._sync", _cut)
    with pytest.raises(CutError):
        seal_store(file, StoreKey.make(), wipe)
    monkeypatch.undo()
    assert stands_sealed(file)
    with pytest.raises(WrongStoreKeyError):
        seal_store(file, STORE_KEY, wipe)
    assert NAME in file.read_bytes()
    file.with_name("store.db.sealed").unlink()
    seal_store(file, STORE_KEY, wipe)
    _whole(file, seen)


def _cut(_folder: Path) -> None:
    raise CutError


def test_a_copy_that_lies_half_in_its_log_is_not_put_in_the_place_of_the_store(
    plain: tuple[Path, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log could not be folded into the copy (a full disk, a reader): closing does not say so, and the log stays
    behind when the copy gets its last name."""
    file, seen = plain
    held: list[Connection] = []

    def open_beside_a_reader(copy: Path, key: StoreKey) -> Connection:
        connection = open_writer(copy, key)
        if held:
            return connection
        connection.execute("CREATE TABLE early (one)")
        held.append(open_writer(copy, key))
        held[0].execute("BEGIN")
        held[0].execute("SELECT count(*) FROM early").fetchone()
        connection.execute("DROP TABLE early")
        return connection

    monkeypatch.setattr("desktop_app.storage.encrypting.open_writer", open_beside_a_reader)
    with pytest.raises((StoreDamagedError, driver.DatabaseError)):
        seal_store(file, STORE_KEY, wipe)
    monkeypatch.undo()
    held[0].close()
    assert NAME in file.read_bytes()
    seal_store(file, STORE_KEY, wipe)
    _whole(file, seen)


def test_a_disk_that_fills_leaves_the_store_as_it_was(plain: tuple[Path, object]) -> None:
    file, seen = plain
    before = {entry.name: entry.read_bytes() for entry in file.parent.iterdir()}
    file.with_name("store.db.sealing").mkdir()
    with pytest.raises((driver.Error, OSError)):
        seal_store(file, STORE_KEY, wipe)
    file.with_name("store.db.sealing").rmdir()
    assert {entry.name: entry.read_bytes() for entry in file.parent.iterdir()} == before
    seal_store(file, STORE_KEY, wipe)
    _whole(file, seen)


def test_the_program_seals_it_at_its_first_start_under_a_key_that_it_makes(plain: tuple[Path, object]) -> None:
    file, _ = plain
    places = places_in(file.parent / "workstation").make()
    for end in ("", "-wal"):
        Path(f"{file}{end}").rename(f"{places.store}{end}")
    settings = WorkstationSettings("K1", 8, str(file.parent / "workstation"), CentreAddress("h", 1, "d", "", "", ""))
    secrets = GivenSecrets()
    clock = SystemClock()
    door = WorkstationDoor(settings, places, clock, CrashLog(places.crashes, clock), secrets)
    door.people()
    door.close()
    assert NAME not in b"".join(entry.read_bytes() for entry in places.data.iterdir())
    (key,) = secrets.held().values()
    store = Store.open(places.store, StoreKey(key))
    assert store.find_setting("newest") == "قيل أخيراً"
    store.close()
    again = WorkstationDoor(settings, places, clock, CrashLog(places.crashes, clock), GivenSecrets())
    with pytest.raises(StoreKeyMissingError):
        again.people()
    again.close()


def test_what_is_wiped_is_written_over_before_it_goes(tmp_path: Path) -> None:
    file, other = tmp_path / "secret", tmp_path / "also"
    file.write_bytes(NAME * 100_000)
    other.hardlink_to(file)
    wipe(file)
    assert not file.exists()
    assert other.stat().st_size == len(NAME) * 100_000
    assert NAME not in other.read_bytes()
    wipe(file)
