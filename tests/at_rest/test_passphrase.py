"""Machine secrets under a passphrase: sealed on the disk, and never beside a keyring that is only away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.application.machine_secrets import MachineSecrets
from desktop_app.application.passphrase import SHORTEST, Strength, strength
from desktop_app.application.ports.secrets import (
    KeyringLockedError,
    NoKeyringError,
    PassphraseNeededError,
    SealDamagedError,
    WrongPassphraseError,
)
from desktop_app.system.given_secrets import GivenSecrets
from desktop_app.system.sealed_secrets import FILE, Cost, SealedSecrets

CHEAP = Cost(memory=64, passes=1, lanes=1)
PASSPHRASE = "زيتون قطار نافذة سبعة"
SECRET = b"a very secret key of 32 bytes..."


class Nothing(GivenSecrets):
    """A machine without a keyring, or with one that refuses."""

    def __init__(self, why: OSError) -> None:
        super().__init__()
        self._why = why

    def find(self, name: str) -> bytes | None:
        raise self._why

    def put(self, name: str, secret: bytes) -> None:
        raise self._why


def test_what_is_put_under_a_passphrase_comes_back_with_it_and_lies_nowhere_in_the_clear(tmp_path: Path) -> None:
    vault = SealedSecrets(tmp_path, CHEAP)
    vault.choose(PASSPHRASE)
    vault.put("K1/store-key", SECRET)
    vault.put("gone", b"x")
    vault.forget("gone")
    later = SealedSecrets(tmp_path)
    with pytest.raises(PassphraseNeededError):
        later.find("K1/store-key")
    later.open(PASSPHRASE)
    assert later.find("K1/store-key") == SECRET
    assert later.find("gone") is None
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    content = file.read_bytes()
    for plain in (SECRET, PASSPHRASE.encode(), b"store-key", SECRET.hex().encode()):
        assert plain not in content


def test_the_cost_of_a_guess_is_what_is_promised(tmp_path: Path) -> None:
    SealedSecrets(tmp_path).choose(PASSPHRASE)
    assert json.loads((tmp_path / FILE).read_bytes())["cost"] == {"memory": 128 * 1024, "passes": 4, "lanes": 4}


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    SealedSecrets(tmp_path, CHEAP).choose(PASSPHRASE)
    before = (tmp_path / FILE).read_bytes()
    vault = SealedSecrets(tmp_path)
    with pytest.raises(WrongPassphraseError):
        vault.open(PASSPHRASE + " ")
    assert not vault.is_open()
    with pytest.raises(FileExistsError):
        vault.choose("another passphrase of mine")
    assert (tmp_path / FILE).read_bytes() == before


def test_a_changed_passphrase_opens_the_same_secrets_and_the_one_before_nothing(tmp_path: Path) -> None:
    vault = SealedSecrets(tmp_path, CHEAP)
    vault.choose(PASSPHRASE)
    vault.put("K1/key", b"secret")
    before = json.loads((tmp_path / FILE).read_bytes())["salt"]
    vault.change("another passphrase of mine")
    assert json.loads((tmp_path / FILE).read_bytes())["salt"] != before
    vault.put("K1/store", b"after the change")
    again = SealedSecrets(tmp_path)
    with pytest.raises(WrongPassphraseError):
        again.open(PASSPHRASE)
    again.open("another passphrase of mine")
    assert (again.find("K1/key"), again.find("K1/store")) == (b"secret", b"after the change")
    with pytest.raises(PassphraseNeededError):
        SealedSecrets(tmp_path).change(PASSPHRASE)


def test_the_same_words_from_another_keyboard_open_it(tmp_path: Path) -> None:
    SealedSecrets(tmp_path, CHEAP).choose("caf\u00e9 au lait et croissants")
    SealedSecrets(tmp_path).open("cafe\u0301 au lait et croissants")


def _changed(seal: dict[str, object], **what: object) -> bytes:
    return json.dumps(seal | what).encode()


def test_a_file_that_was_changed_is_refused_without_being_believed(tmp_path: Path) -> None:
    SealedSecrets(tmp_path, CHEAP).choose(PASSPHRASE)
    seal = json.loads((tmp_path / FILE).read_bytes())
    greedy = {"memory": 1 << 40, "passes": 1, "lanes": 1}
    cheaper = {"memory": 32, "passes": 1, "lanes": 1}
    for content, expected in (
        (b"{", SealDamagedError),
        (b"", SealDamagedError),
        (_changed(seal, version=2), SealDamagedError),
        (_changed(seal, cost=greedy), SealDamagedError),
        (_changed(seal, salt="AA=="), SealDamagedError),
        (_changed(seal, cost=cheaper), WrongPassphraseError),
        (_changed(seal, nonce="AAAAAAAAAAAAAAAA"), WrongPassphraseError),
    ):
        (tmp_path / FILE).write_bytes(content)
        with pytest.raises(expected):
            SealedSecrets(tmp_path).open(PASSPHRASE)
        assert (tmp_path / FILE).read_bytes() == content


def _machine(tmp_path: Path, keyring: GivenSecrets, *, begun: bool) -> MachineSecrets:
    return MachineSecrets(keyring, SealedSecrets(tmp_path, CHEAP), lambda: begun)


def test_a_keyring_that_is_there_is_used_and_no_passphrase_is_asked_for(tmp_path: Path) -> None:
    keyring = GivenSecrets()
    secrets = _machine(tmp_path, keyring, begun=False)
    secrets.put("key", SECRET)
    assert (secrets.find("key"), keyring.find("key"), secrets.sealed) == (SECRET, SECRET, False)
    assert list(tmp_path.iterdir()) == []


def test_without_a_keyring_somebody_who_begins_chooses_and_later_types_it(tmp_path: Path) -> None:
    secrets = _machine(tmp_path, Nothing(NoKeyringError("none")), begun=False)
    assert not secrets.sealed
    with pytest.raises(PassphraseNeededError) as needed:
        secrets.put("key", SECRET)
    assert needed.value.new
    secrets.choose(PASSPHRASE)
    secrets.put("key", SECRET)
    # A keyring that comes later does not hold what lies here.
    later = _machine(tmp_path, GivenSecrets(), begun=True)
    assert later.sealed
    with pytest.raises(PassphraseNeededError) as needed:
        later.find("key")
    assert not needed.value.new
    later.open(PASSPHRASE)
    assert later.find("key") == SECRET
    assert not later.sealed


@pytest.mark.parametrize("begun", [True, False])
def test_a_locked_keyring_is_no_reason_for_another_place(tmp_path: Path, begun: bool) -> None:
    secrets = _machine(tmp_path, Nothing(KeyringLockedError("locked")), begun=begun)
    with pytest.raises(KeyringLockedError):
        secrets.find("key")
    with pytest.raises(KeyringLockedError):
        secrets.put("key", SECRET)
    assert list(tmp_path.iterdir()) == []


def test_a_keyring_that_is_gone_after_it_was_used_is_refused(tmp_path: Path) -> None:
    secrets = _machine(tmp_path, Nothing(NoKeyringError("none")), begun=True)
    with pytest.raises(NoKeyringError):
        secrets.find("key")
    with pytest.raises(NoKeyringError):
        secrets.choose(PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", Strength.TOO_SHORT),
        ("x" * (SHORTEST - 1), Strength.TOO_SHORT),
        ("x" * 40, Strength.TOO_PLAIN),
        ("abcabcabcabcabcabc", Strength.TOO_PLAIN),
        ("passwordpasswordpassword", Strength.TOO_PLAIN),
        ("abcdefghijklmnopqrstuv", Strength.TOO_PLAIN),
        ("0987654321098765", Strength.FAIR),
        ("زيتون قطار نافذة", Strength.FAIR),
        ("زيتون قطار نافذة سبعة مطر", Strength.GOOD),
    ],
)
def test_a_passphrase_is_weighed_by_its_length_and_by_what_repeats(said: str, found: Strength) -> None:
    assert strength(said) is found
    assert found.will_do is (found in (Strength.FAIR, Strength.GOOD))
