"""The keys of a workstation in a real keyring, asked by processes of their own: kept, locked, taken away, not there."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.application.settings import CentreAddress, WorkstationSettings
from tests.at_rest.files import prints_of
from tests.at_rest.secret_service import PROGRAMS, SecretService, ask, secret_service, without_a_session

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is of Linux")

PASSWORD = "the password of the session"
PASSPHRASE = "eleven grey herons over Wadi Saqra"

# Opens the workstation's store as `tajzia open` does, writes down that it was here, and breaks off without closing: the
# next one finds the WAL as a crash leaves it.
_OPEN = """
import os, sys
from pathlib import Path
from desktop_app.application.settings import load_settings
from desktop_app.bootstrap.device import machine_secrets
from desktop_app.bootstrap.door import WorkstationDoor
from desktop_app.system.clock import SystemClock
from desktop_app.system.crash_log import CrashLog
from desktop_app.system.paths import places_in
file = Path(sys.argv[1])
secrets = machine_secrets(file)
settings = load_settings(file)
places = places_in(Path(settings.store))
door = WorkstationDoor(settings, places, SystemClock(), CrashLog(places.crashes, SystemClock()), secrets)
try:
    if len(sys.argv) > 2:
        secrets.open(sys.argv[2])
    store = door._open_store()
    before = store.find_setting("visits") or ""
    store.set_setting("visits", before + "I")
    print(store.find_setting("visits"), flush=True)
except OSError as why:
    print(type(why).__name__, flush=True)
os._exit(0)
"""
_SHOW = """
import sys
from desktop_app.system.keyring_secrets import KeyringSecrets
print(KeyringSecrets().find(sys.argv[1]).hex())
"""
_FORGET = """
import sys
from desktop_app.system.keyring_secrets import KeyringSecrets
KeyringSecrets().forget(sys.argv[1])
"""
_BEGIN = """
import sys
from pathlib import Path
from desktop_app.application.ports.secrets import PassphraseNeededError
from desktop_app.bootstrap.device import machine_secrets
secrets = machine_secrets(Path(sys.argv[1]))
try:
    secrets.put("K1/store-key", bytes(32))
except PassphraseNeededError as needed:
    print("asked for", "a new one" if needed.new else "the old one")
secrets.choose(sys.argv[2])
secrets.put("K1/store-key", bytes(range(32)))
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretService]:
    for program in PROGRAMS:
        assert shutil.which(program), f"{program} is missing: `python3 dev.py test` names its package"
    with secret_service(tmp_path_factory.mktemp("home"), PASSWORD) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Of a workstation of its own for each test: its name is the name of its keys."""
    return _settle(tmp_path, request.node.name)


def test_a_key_is_kept_and_another_process_opens_the_store_with_it(service: SecretService, settings: Path) -> None:
    assert service.ask(_OPEN, settings) == "I"
    assert service.ask(_OPEN, settings) == "II"
    key = bytes.fromhex(service.ask(_SHOW, f"{_device(settings)}/store-key"))
    assert len(key) == 32
    open_forms = (key, key.hex().encode(), base64.b64encode(key))
    for folder in (service.home, settings.parent):
        for file in filter(Path.is_file, folder.rglob("*")):
            assert not any(form in file.read_bytes() for form in open_forms), file
    assert any(service.home.rglob("*.keyring"))


def test_a_locked_keyring_is_a_refusal_and_the_next_try_after_unlocking_goes_on(
    service: SecretService, settings: Path
) -> None:
    assert service.ask(_OPEN, settings) == "I"
    before = prints_of(settings.parent)
    service.lock()
    try:
        assert service.ask(_OPEN, settings) == "KeyringLockedError"
        assert prints_of(settings.parent) == before
    finally:
        service.begin(PASSWORD)
    assert service.ask(_OPEN, settings) == "II"


def test_a_key_that_was_taken_away_is_told_and_no_new_one_is_made(service: SecretService, settings: Path) -> None:
    assert service.ask(_OPEN, settings) == "I"
    before = prints_of(settings.parent)
    service.ask(_FORGET, f"{_device(settings)}/store-key")
    for _ in range(2):
        assert service.ask(_OPEN, settings) == "StoreKeyMissingError"
    assert prints_of(settings.parent) == before


def test_a_keyring_that_is_gone_after_it_was_used_is_no_reason_for_a_passphrase(
    service: SecretService, settings: Path, tmp_path: Path
) -> None:
    assert service.ask(_OPEN, settings) == "I"
    before = prints_of(settings.parent)
    assert ask(without_a_session(tmp_path / "bare"), _OPEN, settings) == "NoKeyringError"
    assert prints_of(settings.parent) == before


def test_where_no_daemon_runs_a_passphrase_is_asked_for_and_opens_from_then_on(tmp_path: Path) -> None:
    bare = without_a_session(tmp_path / "bare")
    file = tmp_path / "profile" / "workstation.json"
    assert ask(bare, _BEGIN, file, PASSPHRASE) == "asked for a new one"
    _settle(file.parent, "K1")
    assert ask(bare, _OPEN, file) == "PassphraseNeededError"
    assert ask(bare, _OPEN, file, "another passphrase altogether") == "WrongPassphraseError"
    assert ask(bare, _OPEN, file, PASSPHRASE) == "I"
    assert ask(bare, _OPEN, file, PASSPHRASE) == "II"


def test_a_subcommand_says_in_a_line_why_it_cannot_look_into_the_store(
    service: SecretService, settings: Path, tmp_path: Path
) -> None:
    assert service.ask(_OPEN, settings) == "I"
    service.ask(_FORGET, f"{_device(settings)}/store-key")
    before = prints_of(settings.parent)
    for environment, said in (
        (service.environment, "store is not among this machine's secrets"),
        (without_a_session(tmp_path / "bare"), "no keyring of the operating system"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app", "audit", "verify", "--settings", settings],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert prints_of(settings.parent) == before


def _settle(folder: Path, device: str) -> Path:
    folder = folder if folder.name == "profile" else folder / "profile"
    folder.mkdir(exist_ok=True)
    nowhere = CentreAddress("localhost", 1, "nowhere", "ca.crt", "device.crt", f"{device}/device-key")
    file = folder / "workstation.json"
    WorkstationSettings(device, 8, str(folder / "store"), nowhere).save(file)
    return file


def _device(settings: Path) -> str:
    from desktop_app.application.settings import load_settings

    return load_settings(settings).device
