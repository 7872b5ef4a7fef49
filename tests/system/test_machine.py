"""The machine's side: one process at a store, crashes under a reference, logs without people, secrets or a refusal."""

from __future__ import annotations

import json
import logging
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest
import structlog

from desktop_app.application.ports.secrets import KeyringLockedError, NoKeyringError
from desktop_app.application.ports.store_trouble import StoreInUseError
from desktop_app.system.clock import SystemClock
from desktop_app.system.crash_log import KEPT, CrashLog
from desktop_app.system.keyring_secrets import KeyringSecrets
from desktop_app.system.logs import STRUCK, join_structlog, start_logging, stop_logging, without_people
from desktop_app.system.paths import places_in, usual_places
from desktop_app.system.store_lock import StoreLock
from tests.domain.builders import NOW
from tests.sync.fake_centre import FixedClock

_HOLDER = """
import sys
from pathlib import Path
from desktop_app.system.store_lock import StoreLock
with StoreLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_store_that_is_open_in_another_process_is_refused_until_that_one_ends_however(tmp_path: Path) -> None:
    file = tmp_path / "store.lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreInUseError) as refused, StoreLock(file):
            pass
        assert refused.value.filename == str(tmp_path)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with StoreLock(file), pytest.raises(StoreInUseError), StoreLock(file):
        pass
    with StoreLock(file):
        pass


def test_the_clock_is_aware_and_utc() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= before + timedelta(minutes=1)
    assert SystemClock().now().utcoffset() == timedelta()


def test_folders_are_the_users_own_and_open_to_nobody_else(tmp_path: Path) -> None:
    places = places_in(tmp_path / "workstation one").make().make()
    for folder in (places.data, places.logs, places.crashes):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert places.store.parent == places.lock.parent == places.data
    assert usual_places().data.is_relative_to(os.environ["XDG_DATA_HOME"])


def _fail(message: str) -> Exception:
    try:
        raise ValueError(message)
    except ValueError as error:
        return error


@pytest.mark.expects_log("unexpected exception")
def test_a_crash_is_kept_under_a_reference_and_offered_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    clock = FixedClock(NOW)
    crashes = CrashLog(folder, clock)
    first = crashes(_fail("لا يوجد 9871012345 أحمد"))
    clock.pass_time(timedelta(minutes=1))
    second = crashes(_fail("other"))
    assert len({first, second}) == 2
    later = CrashLog(folder, clock)
    offered = later.to_offer()
    assert [one.reference for one in offered] == [second, first]
    assert (offered[1].kind, offered[1].at) == ("ValueError", NOW)
    target = tmp_path / "report.json"
    later.save(offered[1], target)
    report = json.loads(target.read_text("utf-8"))
    assert report["reference"] == first
    assert "test_machine.py" in report["trace"]
    assert "9871012345" not in report["trace"]
    assert "أحمد" not in report["trace"]
    later.seen(offered[0])
    assert later.to_offer() == ()
    assert len(list(folder.iterdir())) == 2


@pytest.mark.expects_log("unexpected exception")
@pytest.mark.expects_log("could not be kept: NotADirectoryError|could not be kept: FileExistsError")
def test_a_crash_that_cannot_be_kept_is_still_logged_and_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("")
    assert len(CrashLog(tmp_path / "crashes", FixedClock(NOW)).write(_fail("x"))) == 6


@pytest.mark.expects_log("unexpected exception")
def test_old_reports_and_torn_ones_are_passed_over(tmp_path: Path) -> None:
    crashes = CrashLog(tmp_path, FixedClock(NOW))
    for _ in range(KEPT + 3):
        crashes.write(_fail("x"))
    assert len(list(tmp_path.iterdir())) == KEPT
    (tmp_path / "TORN.new.json").write_text('{"reference": "TO')
    assert len(crashes.to_offer()) == KEPT


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("request r1 of 9871012345 refused", f"request r1 of {STRUCK} refused"),
        ("sms to +962791234567", f"sms to {STRUCK}"),
        ("licence L-2026-08-000123 page 3", "licence L-2026-08-000123 page 3"),
        ("not found: أحمد خليل الحسن!", f"not found: {STRUCK}!"),
    ],
)
def test_what_speaks_of_a_person_is_struck_out(said: str, kept: str) -> None:
    assert without_people(said) == kept


def test_the_log_holds_what_happened_and_nobodys_name(tmp_path: Path) -> None:
    handler = start_logging(tmp_path)
    join_structlog()
    try:
        structlog.get_logger("tajzia.sync").info("round", facts=3, request_id="r1", applicant="Ahmad", note="سلمى")
        logging.getLogger("other").info("of %s", "9871012345")
    finally:
        stop_logging(handler)
    lines = [json.loads(line) for line in (tmp_path / "tajzia.log").read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["round", f"of {STRUCK}"]
    assert (lines[0]["facts"], lines[0]["request_id"]) == (3, "r1")
    assert (lines[0]["applicant"], lines[0]["note"]) == (STRUCK, STRUCK)
    assert all(line["level"] == "info" and line["timestamp"].endswith("Z") for line in lines)


def test_a_record_is_one_line_whatever_it_says(tmp_path: Path) -> None:
    handler = start_logging(tmp_path)
    try:
        logging.getLogger("other").info('first\r\n{"event": "forged", "level": "info"}\u2028\x1b[31m')
    finally:
        stop_logging(handler)
    lines = (tmp_path / "tajzia.log").read_bytes().split(b"\n")
    assert len(lines) == 2
    assert lines[1] == b""
    assert json.loads(lines[0])["event"].startswith("first\r\n{")


class _InMemory(keyring.backend.KeyringBackend):
    """A keyring that works, for tests."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("none")


class _Locked(_InMemory):
    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked("locked")


@pytest.fixture
def chosen_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_secret_is_kept_whole_and_forgotten_when_told(chosen_keyring: None) -> None:
    keyring.set_keyring(_InMemory())
    secrets = KeyringSecrets(keepers=(__name__,))
    assert secrets.find("store-key") is None
    secrets.put("store-key", bytes(range(256)))
    assert secrets.find("store-key") == bytes(range(256))
    secrets.forget("store-key")
    secrets.forget("store-key")
    assert secrets.find("store-key") is None


def test_without_a_keyring_every_call_says_so(chosen_keyring: None) -> None:
    from keyring.backends.chainer import ChainerBackend as Chains
    from keyring.backends.fail import Keyring as Fails
    from keyring.backends.null import Keyring as Forgets

    # One that works and keeps what it is given, but is not the operating system's, counts as none.
    for backend in (Fails, Forgets, Chains, _InMemory):
        keyring.set_keyring(backend())
        secrets = KeyringSecrets()
        with pytest.raises(NoKeyringError):
            secrets.find("store-key")
        with pytest.raises(NoKeyringError):
            secrets.put("store-key", b"x")
        with pytest.raises(NoKeyringError):
            secrets.forget("store-key")


def test_a_locked_keyring_is_told_apart_from_none(chosen_keyring: None) -> None:
    keyring.set_keyring(_Locked())
    secrets = KeyringSecrets(keepers=(__name__,))
    with pytest.raises(KeyringLockedError):
        secrets.find("store-key")
    with pytest.raises(KeyringLockedError):
        secrets.put("store-key", b"x")


def test_what_somebody_else_put_there_is_no_secret_of_ours(chosen_keyring: None) -> None:
    backend = _InMemory()
    backend.held["tajzia", "store-key"] = "not base64!"
    keyring.set_keyring(backend)
    with pytest.raises(KeyringLockedError):
        KeyringSecrets(keepers=(__name__,)).find("store-key")


def test_the_keyring_is_not_loaded_before_it_is_asked() -> None:
    program = (
        "import sys; from desktop_app.system.keyring_secrets import KeyringSecrets; KeyringSecrets();"
        " sys.exit('keyring' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="a disk that is always full is of Linux")
def test_a_log_on_a_full_disk_ends_quietly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tajzia.log").symlink_to("/dev/full")
    monkeypatch.setattr(logging, "raiseExceptions", False)  # as in a program without a console
    handler = start_logging(tmp_path)
    logging.getLogger("desktop_app").info("something")
    stop_logging(handler)
    assert handler not in logging.getLogger().handlers
