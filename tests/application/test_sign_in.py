"""Who is let in, online and offline, and what is kept of a password: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop_app.application.provisional import decide_again
from desktop_app.application.sign_in import SignIn
from desktop_app.domain.actor import Role
from desktop_app.storage.authors import StoreAuthors
from desktop_app.storage.store import Store
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.centre_link import CentreLink, CentreUnreachableError, NotAdmittedError
from desktop_app.sync.engine import Engine
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain.builders import NOW
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeCentre, FakeLink, FixedClock
from tests.sync.stations import Cut
from tests.workplaces import CHEAP, STAFF, sample_centre

PASSWORD = "كلمة-السر-Tr0ub4dor"


class Device:
    """One device at a centre that knows everybody's password."""

    def __init__(self, folder: Path, centre: FakeCentre) -> None:
        self.file = folder / "store.db"
        self.centre = centre
        self.passwords = dict.fromkeys((one.id for one in STAFF), PASSWORD)
        self.reachable = True
        self.cut = Cut()
        self.clock = FixedClock(NOW)
        self.store = Store.open(self.file, STORE_KEY)
        engine: Engine[ReplicaWrites] = Engine(self.store, decide_again, self.clock.now)
        self.authors = StoreAuthors(self.store)
        self.sign_in = SignIn(
            self.authors, self._connect, lambda link: engine.catch_up(link, (EVERYWHERE,)), self.clock, "K1", 8, CHEAP
        )

    def _connect(self, login: str, password: str) -> CentreLink:
        if not self.reachable:
            raise CentreUnreachableError
        if self.passwords.get(login) != password:
            raise NotAdmittedError
        return FakeLink(self.centre, login, "K1", before_call=self.cut)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    made = Device(tmp_path, sample_centre(each=0, spare_licences=1))
    yield made
    made.store.close()


def test_the_first_sign_in_makes_a_key_that_the_centre_knows(device: Device) -> None:
    signed_in = device.sign_in.sign_in("clerk", PASSWORD)
    assert signed_in.session.online
    assert (signed_in.session.actor.role, signed_in.session.device, signed_in.session.branch) == (Role.CLERK, "K1", 8)
    (public,) = device.centre.keys["clerk", "K1"]
    assert public == signed_in.signer.public
    Ed25519PublicKey.from_public_bytes(public).verify(signed_in.signer.sign(b"x"), b"x")
    assert signed_in.connect().scope().branches == (0, 8, 9)
    assert [(one.login, one.name_ar, one.branch) for one in device.sign_in.people()] == [("clerk", "ليلى حدّاد", 8)]


def test_someone_who_has_been_here_signs_in_offline_with_the_same_key(device: Device) -> None:
    first = device.sign_in.sign_in("clerk", PASSWORD)
    device.reachable = False
    again = device.sign_in.sign_in("clerk", PASSWORD)
    assert not again.session.online
    assert again.signer.public == first.signer.public
    assert again.session.actor == first.session.actor
    with pytest.raises(CentreUnreachableError):
        again.connect()
    device.reachable = True
    assert again.connect().scope().epoch == device.centre.epoch


def test_the_second_sign_in_online_registers_no_second_key(device: Device) -> None:
    device.sign_in.sign_in("clerk", PASSWORD)
    device.sign_in.sign_in("clerk", PASSWORD)
    assert len(device.centre.keys["clerk", "K1"]) == 1


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("wrong", ["", PASSWORD + " ", PASSWORD.swapcase()])
def test_a_wrong_password_is_refused_online_and_offline(device: Device, wrong: str, online: bool) -> None:
    device.sign_in.sign_in("clerk", PASSWORD)
    device.reachable = online
    with pytest.raises(NotAdmittedError):
        device.sign_in.sign_in("clerk", wrong)


def test_only_the_centre_can_tell_about_someone_who_has_never_been_here(device: Device) -> None:
    device.sign_in.sign_in("clerk", PASSWORD)
    device.reachable = False
    with pytest.raises(CentreUnreachableError):
        device.sign_in.sign_in("supervisor", PASSWORD)


def test_a_password_that_was_changed_elsewhere_gives_a_fresh_key(device: Device) -> None:
    old = device.sign_in.sign_in("clerk", PASSWORD)
    device.passwords["clerk"] = "جديدة"
    new = device.sign_in.sign_in("clerk", "جديدة")
    assert device.centre.keys["clerk", "K1"] == [old.signer.public, new.signer.public]
    device.reachable = False
    assert device.sign_in.sign_in("clerk", "جديدة").signer.public == new.signer.public
    with pytest.raises(NotAdmittedError):
        device.sign_in.sign_in("clerk", PASSWORD)


def test_a_centre_that_was_restored_from_before_the_key_learns_it_again(device: Device) -> None:
    first = device.sign_in.sign_in("clerk", PASSWORD)
    device.centre.keys.clear()
    device.sign_in.sign_in("clerk", PASSWORD)
    assert device.centre.keys["clerk", "K1"] == [first.signer.public]


@pytest.mark.parametrize("calls", range(4))
def test_a_line_that_breaks_during_sign_in_lets_in_who_has_been_here(device: Device, calls: int) -> None:
    device.sign_in.sign_in("clerk", PASSWORD)
    device.cut.after = calls
    assert device.sign_in.sign_in("clerk", PASSWORD).session.online == (calls >= 3)


@pytest.mark.parametrize("calls", range(3))
def test_a_first_sign_in_that_breaks_off_leaves_no_key_that_the_centre_does_not_know(
    device: Device, calls: int
) -> None:
    device.cut.after = calls
    with pytest.raises(CentreUnreachableError):
        device.sign_in.sign_in("clerk", PASSWORD)
    assert device.authors.find_author("clerk") is None


@pytest.mark.parametrize("online", [True, False])
def test_someone_who_left_the_staff_is_not_let_in(device: Device, online: bool) -> None:
    signed_in = device.sign_in.sign_in("clerk", PASSWORD)
    gone = replace(signed_in.session.actor, active=False)
    device.centre.publish(FactKind.STAFF, gone.id, EVERYWHERE, encode(gone))
    with pytest.raises(NotAdmittedError):
        device.sign_in.sign_in("clerk", PASSWORD)
    device.reachable = online
    with pytest.raises(NotAdmittedError):
        device.sign_in.sign_in("clerk", PASSWORD)
    assert device.sign_in.people() == ()


def test_a_key_that_is_moved_to_another_persons_name_does_not_open(device: Device) -> None:
    device.sign_in.sign_in("clerk", PASSWORD)
    device.sign_in.sign_in("supervisor", PASSWORD)
    clerks = device.authors.find_author("clerk")
    assert clerks is not None
    device.authors.save_author(replace(clerks, login="supervisor"))
    device.reachable = False
    with pytest.raises(NotAdmittedError):
        device.sign_in.sign_in("supervisor", PASSWORD)


def _everything_in(store: Store) -> bytes:
    with store.glancing() as driver:
        tables = [name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values = [value for name in tables for row in driver.execute(f"SELECT * FROM [{name}]") for value in row]
    return b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def test_neither_the_password_nor_the_open_key_is_kept(device: Device) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signed_in = device.sign_in.sign_in("clerk", PASSWORD)
    key = signed_in.signer._key  # type: ignore[attr-defined]
    assert isinstance(key, Ed25519PrivateKey)
    held = _everything_in(device.store)
    assert PASSWORD.encode() not in held
    assert key.private_bytes_raw() not in held
    assert signed_in.signer.public in held  # or this test would look in the wrong place
