"""Enrolment by a one-time code, against a real PostgreSQL: the device's own key, the registrar's signature."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest
from cryptography import x509

from desktop_app.application.enrolling import (
    Asked,
    Enrolled,
    EnrolmentRefusedError,
    RegistrarAwayError,
    enrol,
    make_request,
)
from desktop_app.application.ports.enrolment import EnrolmentState
from desktop_app.centre.certificates import Authority, Signed
from desktop_app.centre.devices import DeviceRefusedError, invite_device, revoke_device
from desktop_app.centre.steward import Steward
from desktop_app.demo.postgres import HOST
from desktop_app.gateway.enrolment import PostgresEnrolment
from desktop_app.gateway.link import connect
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError
from desktop_app.wire.invitation import Invitation, clean_code, digest_of, new_code, read_invitation, write_invitation
from tests.postgres_fixture import PASSWORD, SampleCentre


class Drawer:
    """Keeps what was asked for in memory."""

    def __init__(self) -> None:
        self.asked: Asked | None = None

    def find_asked(self) -> Asked | None:
        return self.asked

    def keep_asked(self, asked: Asked) -> None:
        self.asked = asked


@pytest.fixture
def steward(centre: SampleCentre) -> Iterator[Steward]:
    made = Steward(centre.registrar_conninfo, lambda: centre.server.authority, centre.clock.now)
    yield made
    made.close()


def invited(centre: SampleCentre, device: str = "N1", *, again: bool = False, hours: int = 24) -> Invitation:
    with centre.admin() as admin:
        made = invite_device(admin, device, 8, hours, again=again)
    return Invitation(
        device=device,
        host=HOST,
        port=centre.server.port,
        database=centre.database,
        authority=centre.server.authority.certificate.decode("ascii"),
        password=made.password,
        code=made.code,
        again=again,
    )


def taken_up(invitation: Invitation, steward: Steward, drawer: Drawer | None = None) -> Enrolled:
    return enrol(
        invitation.device,
        invitation.code,
        PostgresEnrolment(invitation),
        drawer or Drawer(),
        lambda _seconds: steward.work(),
    )


def let_in(centre: SampleCentre, folder: Path, enrolled: Enrolled, login: str = "clerk") -> tuple[int, ...]:
    """The branches that this person sees on the device that was enrolled."""
    (folder / "device.crt").write_bytes(enrolled.certificate)
    (folder / "device.key").touch(mode=0o600)
    (folder / "device.key").write_bytes(enrolled.key)
    address = replace(centre.address("K1"), certificate=str(folder / "device.crt"), key=str(folder / "device.key"))
    link = connect(address, login, PASSWORD)
    try:
        return link.scope().branches
    finally:
        link.close()


def test_a_computer_becomes_a_device_with_a_key_that_it_made(
    centre: SampleCentre, steward: Steward, tmp_path: Path
) -> None:
    invitation = read_invitation(write_invitation(invited(centre)))
    enrolled = taken_up(invitation, steward)
    assert (enrolled.device, enrolled.branch) == ("N1", 8)
    assert let_in(centre, tmp_path, enrolled) == (0, 8)
    everything = "".join(str(row) for row in centre.query("select i::text from tajzia.invitation i"))
    assert "PRIVATE" not in everything
    assert clean_code(invitation.code) not in everything


def test_a_code_is_good_once(centre: SampleCentre, steward: Steward) -> None:
    invitation, drawer = invited(centre), Drawer()
    first = taken_up(invitation, steward, drawer)
    with pytest.raises(EnrolmentRefusedError) as refused:
        taken_up(invitation, steward)
    assert refused.value.state is EnrolmentState.USED
    # An answer that was lost on its way is given again to whoever asked.
    assert taken_up(invitation, steward, drawer).certificate == first.certificate
    assert centre.query("select count(*) from tajzia.device where id = 'N1'") == [(1,)]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("update tajzia.invitation set expires_at = now() - interval '1 second'", EnrolmentState.EXPIRED),
        ("update tajzia.invitation set state = 'withdrawn'", EnrolmentState.UNKNOWN),
        ("delete from tajzia.invitation", EnrolmentState.UNKNOWN),
    ],
)
def test_a_code_that_is_worth_nothing_is_told_apart(
    centre: SampleCentre, steward: Steward, change: str, state: EnrolmentState
) -> None:
    invitation = invited(centre)
    with centre.admin() as admin:
        admin.execute(change.encode())
    with pytest.raises(EnrolmentRefusedError) as refused:
        taken_up(invitation, steward)
    assert refused.value.state is state
    assert centre.query("select count(*) from tajzia.device where id = 'N1'") == [(0,)]


def test_a_later_invitation_makes_the_earlier_worthless(centre: SampleCentre, steward: Steward) -> None:
    before, after = invited(centre), invited(centre)
    with pytest.raises(EnrolmentRefusedError) as refused:
        taken_up(before, steward)
    assert refused.value.state is EnrolmentState.UNKNOWN
    assert taken_up(after, steward).device == "N1"


def test_without_a_registrar_the_device_waits_and_goes_on_later(centre: SampleCentre, steward: Steward) -> None:
    invitation, drawer = invited(centre), Drawer()
    without = Steward(centre.registrar_conninfo, None, centre.clock.now)
    door = PostgresEnrolment(invitation)
    tries: list[float] = []

    def work(seconds: float) -> None:
        without.work()
        tries.append(seconds)
        if len(tries) == 2:
            raise RegistrarAwayError("long enough")

    with pytest.raises(RegistrarAwayError):
        enrol("N1", invitation.code, door, drawer, work)
    without.close()
    assert taken_up(invitation, steward, drawer).device == "N1"


@pytest.mark.expects_log("a device asked for a certificate in the wrong way")
@pytest.mark.parametrize("wrong", ["another device", "no request", "another key", "not its own"])
def test_what_is_no_request_of_this_device_is_not_signed(centre: SampleCentre, steward: Steward, wrong: str) -> None:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    invitation = invited(centre)
    request = make_request("K1" if wrong == "another device" else "N1", b"").request
    if wrong == "no request":
        request = b"\x30\x03\x02\x01\x00"
    elif wrong == "another key":
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "N1")])
        key = rsa.generate_private_key(65537, 2048)
        built = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
        request = built.public_bytes(serialization.Encoding.DER)
    elif wrong == "not its own":
        request = request[:-4] + bytes(one ^ 1 for one in request[-4:])
    door = PostgresEnrolment(invitation)
    letters = clean_code(invitation.code)
    assert door.ask(letters, request).state is EnrolmentState.WAITING
    steward.work()
    answer = door.ask(letters, request)
    assert (answer.state, answer.certificate) == (EnrolmentState.REFUSED, "")
    assert centre.query("select count(*) from tajzia.device where id = 'N1'") == [(0,)]


def test_a_known_device_is_asked_for_on_purpose(centre: SampleCentre, steward: Steward, tmp_path: Path) -> None:
    with pytest.raises(DeviceRefusedError, match="is called K1 already"):
        invited(centre, "K1")
    with pytest.raises(DeviceRefusedError, match="no device is called N1"):
        invited(centre, "N1", again=True)
    with centre.admin() as admin:
        assert revoke_device(admin, "K1", "lost, and found again")
    enrolled = taken_up(invited(centre, "K1", again=True), steward)
    assert let_in(centre, tmp_path, enrolled) == (0, 8)
    with pytest.raises(NotAdmittedError):
        centre.connect("clerk", "K1").scope()  # the certificate it had before


class SlowAuthority:
    """Signs once whatever else it was told to see has happened."""

    def __init__(self, authority: Authority, see: Callable[[], None]) -> None:
        self._authority = authority
        self._see = see

    def sign_device(self, device: str, request: bytes) -> Signed:
        self._see()
        return self._authority.sign_device(device, request)


def test_a_device_is_revoked_while_the_registrar_signs_for_it(centre: SampleCentre) -> None:
    """Both want the invitation and the device: they take them in the same order, and neither is thrown out."""
    said = list[bool]()
    invitation = invited(centre, "K1", again=True)
    asked = make_request("K1", digest_of(invitation.code))
    assert PostgresEnrolment(invitation).ask(clean_code(invitation.code), asked.request).state is EnrolmentState.WAITING

    def revoke() -> None:
        with centre.admin() as admin:
            said.append(revoke_device(admin, "K1", "lost"))

    revoking = threading.Thread(target=revoke)

    def begin_to_revoke() -> None:
        revoking.start()
        waits = "wait_event_type = 'Lock' and query like 'select tajzia.revoke_device%'"
        while revoking.is_alive() and centre.query(f"select count(*) from pg_stat_activity where {waits}") == [(0,)]:
            pass

    slow = cast(Authority, SlowAuthority(centre.server.authority, begin_to_revoke))
    with closing(Steward(centre.registrar_conninfo, lambda: slow, centre.clock.now)) as signing:
        signing.work()
    revoking.join()
    assert said == [True]
    assert centre.query("select active from tajzia.device where id = 'K1'") == [(False,)]


def test_guessing_takes_its_time_whatever_is_rolled_back(centre: SampleCentre) -> None:
    """The pause comes before the look: who cuts it short learns nothing, and only four may knock at a time."""
    invitation = invited(centre)
    way: dict[str, Any] = {
        "host": HOST, "port": centre.server.port, "dbname": centre.database, "user": "tajzia_enrol",
        "password": invitation.password, "sslmode": "verify-full",
        "sslrootcert": str(centre.server.authority_certificate), "autocommit": True,
    }  # fmt: skip
    sessions = [psycopg.connect(**way) for _ in range(4)]
    try:
        with pytest.raises(psycopg.OperationalError, match="too many connections"):
            psycopg.connect(**way)
        sessions[0].execute("set statement_timeout = 100")
        with pytest.raises(psycopg.errors.QueryCanceled):
            sessions[0].execute("select tajzia.enrol(%s, %s)", (clean_code(invitation.code), b"x"))
    finally:
        for one in sessions:
            one.close()
    assert centre.query("select state from tajzia.invitation where device = 'N1'") == [("open",)]


def test_a_centre_that_is_not_the_one_of_the_invitation_is_not_spoken_to(centre: SampleCentre) -> None:
    false = replace(invited(centre), authority=Authority.create().certificate.decode("ascii"))
    with pytest.raises((NotAdmittedError, CentreUnreachableError)):
        PostgresEnrolment(false).ask(new_code(), b"x")
    other = replace(invited(centre), host="127.0.0.1")  # the certificate names localhost
    with pytest.raises((NotAdmittedError, CentreUnreachableError)):
        PostgresEnrolment(other).ask(new_code(), b"x")


def test_the_key_of_the_authority_is_out_of_every_roles_reach(centre: SampleCentre, steward: Steward) -> None:
    taken_up(invited(centre), steward)
    key = (centre.server.authority_folder / "ca.key").read_text("ascii").splitlines()[1]
    dump = centre.query(
        "select string_agg(query_to_xml('select * from ' || c.oid::regclass, true, true, '')::text, '')"
        " from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'tajzia' and relkind = 'r'"
    )
    assert key not in dump[0][0]
    assert digest_of(new_code()) != digest_of(new_code())
