"""A store that cannot be opened is refused by name, and every one of its files is left as it lay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.application.ports.store_trouble import StoreDamagedError, StoreIsPlainError, WrongStoreKeyError
from desktop_app.storage.opening import PageSeal, StoreKey, driver
from desktop_app.storage.store import Store
from tests.at_rest.files import broken_off_store, prints_of
from tests.store_key import STORE_KEY, sealed_with

PAGE = 4096


@pytest.fixture(params=PageSeal)
def seal(request: pytest.FixtureRequest) -> PageSeal:
    """How the store was made; whoever opens it does not know."""
    return PageSeal(request.param)


def test_a_store_that_was_made_before_opens_and_stays_as_it_is_sealed(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    Store.open(file, sealed_with(PageSeal.SHA512)).close()
    for number in range(2):
        store = Store.open(file, STORE_KEY)
        store.set_setting(f"given {number}", "kept")
        assert store.find_setting("given 0") == "kept"
        store.close()
    with closing(driver.connect(str(file))) as plain:
        plain.execute(f"PRAGMA key = \"x'{STORE_KEY.raw.hex()}'\"")
        assert plain.execute("SELECT count(*) FROM setting WHERE value = 'kept'").fetchone() == (2,), (
            "SQLCipher's own way"
        )


def test_a_new_store_is_sealed_in_the_way_that_costs_less(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    Store.open(file, STORE_KEY).close()
    with closing(driver.connect(str(file))) as plain:
        plain.execute(f"PRAGMA key = \"x'{STORE_KEY.raw.hex()}'\"")
        plain.execute("PRAGMA cipher_log_level = NONE")
        plain.execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA256")
        assert plain.execute("SELECT count(*) FROM setting").fetchone() is not None


def test_a_wrong_key_touches_neither_the_file_nor_what_a_crash_left_beside_it(tmp_path: Path, seal: PageSeal) -> None:
    file = broken_off_store(tmp_path, seal)
    before = prints_of(tmp_path)
    for _ in range(2):
        with pytest.raises(WrongStoreKeyError):
            Store.open(file, StoreKey.make())
    assert prints_of(tmp_path) == before
    kept = Store.open(file, STORE_KEY)
    assert kept.find_setting("given 59") == "x" * 600
    kept.close()


def test_a_damaged_beginning_is_told_from_a_wrong_key(tmp_path: Path, seal: PageSeal) -> None:
    file = tmp_path / "store.db"
    Store.open(file, sealed_with(seal)).close()
    _spoil(file, at=1000)
    before = prints_of(tmp_path)
    with pytest.raises(StoreDamagedError):
        Store.open(file, STORE_KEY)
    assert prints_of(tmp_path) == before


def test_a_page_that_was_changed_inside_is_not_read_as_if_it_were_whole(tmp_path: Path, seal: PageSeal) -> None:
    """One bit of each page but the first: whatever is read next is refused, and nothing false is given out."""
    file = tmp_path / "store.db"
    store = Store.open(file, sealed_with(seal))
    store.set_setting("colour", "blue")
    store.close()
    for page in range(1, file.stat().st_size // PAGE):
        _spoil(file, at=page * PAGE + 77)
    with pytest.raises(StoreDamagedError):
        Store.open(file, STORE_KEY).find_setting("colour")


def test_a_file_that_was_cut_short_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.write_bytes(b"not a store")
    before = prints_of(tmp_path)
    with pytest.raises(StoreDamagedError):
        Store.open(file, STORE_KEY)
    assert prints_of(tmp_path) == before


def test_a_first_page_half_written_by_a_power_cut_opens_from_the_log(tmp_path: Path, seal: PageSeal) -> None:
    """Folding the WAL in was interrupted: the page is whole in the WAL, and a look at the file alone would refuse."""
    file = broken_off_store(tmp_path, seal)
    for name in ("store.db", "store.db-wal"):
        (tmp_path / name).with_suffix(f"{(tmp_path / name).suffix}.kept").write_bytes((tmp_path / name).read_bytes())
    Store.open(file, STORE_KEY).close()  # makes the file whole, and takes the log away
    folded = file.read_bytes()
    torn = (tmp_path / "store.db.kept").read_bytes()
    file.write_bytes(folded[: PAGE // 2] + torn[PAGE // 2 :])
    (tmp_path / "store.db-wal").write_bytes((tmp_path / "store.db-wal.kept").read_bytes())
    if folded[:PAGE] == torn[:PAGE]:
        pytest.fail("the log does not hold the first page: this shows nothing")
    store = Store.open(file, STORE_KEY)
    assert store.find_setting("given 59") == "x" * 600
    store.close()


def test_a_store_in_the_clear_is_neither_opened_nor_touched(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    plain = sqlite3.connect(file)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("CREATE TABLE setting (name TEXT, value TEXT)")
    plain.commit()
    before = prints_of(tmp_path)
    with pytest.raises(StoreIsPlainError):
        Store.open(file, STORE_KEY)
    assert prints_of(tmp_path) == before
    plain.close()


def _spoil(file: Path, *, at: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        (byte,) = opened.read(1)
        opened.seek(at)
        opened.write(bytes([byte ^ 1]))
