"""The private key of a device's certificate lies in no file that opens: not asking, enrolled, renewed or connecting."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from desktop_app.application.device_key import DeviceKeyMissingError, get_device_key
from desktop_app.application.enrolling import Asked, Enrolled, make_request
from desktop_app.centre.certificates import Authority
from desktop_app.gateway.key_file import key_file
from desktop_app.system.device_home import DeviceFolder, with_key_taken_in
from desktop_app.system.given_secrets import GivenSecrets
from desktop_app.wire.invitation import Invitation

INVITATION = Invitation(
    host="centre.example", port=5432, database="tajzia", authority="an authority", password="x", device="K7", code=""
)


@pytest.fixture
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create()


def open_forms(pem: bytes) -> Iterator[bytes]:
    """The key in every form in which a program would read it, and the bare number of which it is made."""
    key = load_pem_private_key(pem, password=None)
    for shape in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        der = key.private_bytes(Encoding.DER, shape, NoEncryption())
        yield der
        yield base64.b64encode(der)
        text = key.private_bytes(Encoding.PEM, shape, NoEncryption())
        yield text.splitlines()[1]
        yield text.replace(b"\n", b"\\n")
    number = key.private_numbers().private_value.to_bytes(32, "big")  # type: ignore[union-attr]
    yield number
    yield number.hex().encode()


def in_the_clear(folder: Path, *keys: bytes) -> list[str]:
    forms = [form for key in keys for form in open_forms(key)]
    return [
        file.name for file in folder.rglob("*") if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]


def enrolled(asked: Asked, authority: Authority) -> Enrolled:
    return Enrolled("K7", 8, authority.sign_device("K7", asked.request).certificate, asked.key)


def test_the_search_finds_a_key_that_lies_open(tmp_path: Path) -> None:
    asked = make_request("K7", b"digest")
    (tmp_path / "device.key").write_bytes(asked.key)
    assert in_the_clear(tmp_path, asked.key) == ["device.key"]


def test_from_the_question_to_a_renewal_no_file_holds_a_key(tmp_path: Path, authority: Authority) -> None:
    secrets = GivenSecrets()
    home = DeviceFolder(tmp_path / "workstation.json", secrets)
    first, second = make_request("K7", b"first"), make_request("K7", b"second")
    home.keep_asked(first)
    assert (tmp_path / "enrolment.json").exists()
    assert in_the_clear(tmp_path, first.key) == []
    assert home.find_asked() == first

    settings = home.move_in(enrolled(first, authority), INVITATION)
    assert get_device_key(secrets, settings) == first.key
    assert in_the_clear(tmp_path, first.key) == []

    home.keep_asked(second)
    renewed = home.move_in(enrolled(second, authority), replace(INVITATION, again=True))
    assert get_device_key(secrets, renewed) == second.key
    assert in_the_clear(tmp_path, first.key, second.key) == []
    assert list(secrets.held().values()) == [second.key]


def test_what_was_asked_without_its_key_is_asked_anew(tmp_path: Path) -> None:
    """The folder came from another machine: its request cannot be gone on with here."""
    DeviceFolder(tmp_path / "workstation.json", GivenSecrets()).keep_asked(make_request("K7", b"digest"))
    assert DeviceFolder(tmp_path / "workstation.json", GivenSecrets()).find_asked() is None


def test_a_key_that_an_earlier_version_left_in_a_file_is_taken_in(tmp_path: Path, authority: Authority) -> None:
    secrets = GivenSecrets()
    home = DeviceFolder(tmp_path / "workstation.json", secrets)
    asked = make_request("K7", b"digest")
    settings = home.move_in(enrolled(asked, authority), INVITATION)
    secrets.forget(settings.centre.key)
    left = tmp_path / "device.key"
    left.write_bytes(asked.key)
    beside = tmp_path / "hard link"
    beside.hardlink_to(left)
    old = replace(settings, centre=replace(settings.centre, key=str(left)))
    for _ in range(2):
        assert get_device_key(secrets, with_key_taken_in(old, secrets)) == asked.key
        assert not left.exists()
    # The bytes themselves were written over, not just the name taken away.
    assert in_the_clear(tmp_path, asked.key) == []


def test_settings_from_another_machine_find_no_key(tmp_path: Path, authority: Authority) -> None:
    settings = DeviceFolder(tmp_path / "workstation.json", GivenSecrets()).move_in(
        enrolled(make_request("K7", b"digest"), authority), INVITATION
    )
    with pytest.raises(DeviceKeyMissingError):
        get_device_key(GivenSecrets(), settings)


def test_a_connection_is_made_with_a_sealed_file_that_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    key = make_request("K7", b"digest").key
    with key_file(key) as (place, password):
        file = Path(place)
        assert in_the_clear(tmp_path, key) == []
        assert password.encode() not in file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0
        assert file.parent.stat().st_mode & 0o077 == 0
        opened = load_pem_private_key(file.read_bytes(), password.encode())
        assert opened.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) == key
    assert list(tmp_path.iterdir()) == []
