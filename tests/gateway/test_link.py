"""The workstation's side: what goes in, how often, and which of the three kinds of trouble each trouble is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from desktop_app.centre.certificates import Authority
from desktop_app.demo.postgres import EmbeddedPostgres
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.gateway.link import connect
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError, TamperingError
from desktop_app.wire.envelope import Signed
from tests.domain.builders import make_content
from tests.postgres_fixture import PASSWORD, SampleCentre


def inbox(centre: SampleCentre) -> list[tuple[str, str]]:
    return centre.query("select state, reason from tajzia.inbox order by arrival")


def test_the_same_command_again_changes_nothing(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk")
    signed = clerk.signed(clerk.envelope(Lodge("r1", "K1-1", make_content()), 0))
    assert clerk.link.submit([signed]) == 1
    assert clerk.link.submit([signed, signed]) == 2
    assert centre.registrar.drain() == 1
    assert clerk.link.submit([signed]) == 1
    assert centre.registrar.drain() == 0
    assert inbox(centre) == [("decided", "")]


def test_another_session_of_the_device_may_deliver_it(centre: SampleCentre) -> None:
    clerk, colleague = centre.hand("clerk"), centre.hand("supervisor")
    signed = clerk.signed(clerk.envelope(Lodge("r1", "K1-1", make_content()), 0))
    assert colleague.link.submit([signed]) == 1
    centre.registrar.drain()
    assert centre.query("select body::json ->> 'by' from tajzia.fact where kind = 'event'") == [("clerk",)]


def test_a_changed_payload_under_the_same_id_is_tampering(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk")
    envelope = clerk.envelope(Lodge("r1", "K1-1", make_content()), 0)
    clerk.link.submit([clerk.signed(envelope)])
    changed = clerk.envelope(Accept("r1"), 0, command_id=envelope.command_id, sequence=envelope.sequence)
    with pytest.raises(TamperingError):
        clerk.link.submit([clerk.signed(changed)])
    assert inbox(centre) == [("waiting", ""), ("quarantined", "tampered")]
    assert centre.registrar.drain() == 1


def test_a_sequence_is_used_once(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk")
    envelope = clerk.envelope(Lodge("r1", "K1-1", make_content()), 0)
    clerk.link.submit([clerk.signed(envelope)])
    with pytest.raises(TamperingError):
        clerk.link.submit([clerk.signed(clerk.envelope(Accept("r1"), 0, sequence=envelope.sequence))])


def test_the_rest_of_a_batch_with_tampering_is_kept(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk")
    envelope = clerk.envelope(Lodge("r1", "K1-1", make_content()), 0)
    clerk.link.submit([clerk.signed(envelope)])
    bad = clerk.envelope(Accept("r1"), 1, sequence=envelope.sequence)
    good = clerk.envelope(Accept("r1"), 1)
    with pytest.raises(TamperingError):
        clerk.link.submit([clerk.signed(bad), clerk.signed(good)])
    assert centre.registrar.drain() == 2


def test_a_large_batch_goes_in_parts(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk")
    batch = [clerk.signed(clerk.envelope(Accept(f"r{at}"), 0)) for at in range(1, 1203)]
    assert clerk.link.submit(batch) == 1202
    assert len(inbox(centre)) == 1202


def test_nothing_is_submitted_by_an_empty_batch(centre: SampleCentre) -> None:
    assert centre.connect("clerk", "K1").submit([]) == 0


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b"[1, 2]", "unreadable"),
        (b'{"command_id": "x"}', "unreadable"),
        (b'{"command_id": "x", "sequence": "many", "device": "K1"}', "unreadable"),
        (b'{"command_id": "x\\u0000", "sequence": 1, "device": "K1"}', "unreadable"),
        (b'{"command_id": "x", "sequence": 99999999999999999999, "device": "K1"}', "unreadable"),
        (b"[" * 100_000, "unreadable"),
        (b'{"command_id": "x", "sequence": 1, "device": "K2"}', "another_device"),
        (b'{"command_id": "x", "sequence": 1}', "another_device"),
    ],
)
def test_what_is_no_command_of_this_device_is_kept_and_not_decided(
    centre: SampleCentre, payload: bytes, reason: str
) -> None:
    clerk = centre.hand("clerk")
    signed = Signed(payload=payload, signature=clerk.key.sign(payload))
    assert clerk.link.submit([signed]) == 1
    assert clerk.link.submit([signed]) == 1
    assert inbox(centre) == [("quarantined", reason)]
    assert centre.registrar.drain() == 0


def test_a_revoked_device_is_let_to_deliver_and_nothing_else(centre: SampleCentre) -> None:
    link = centre.connect("clerk", "X1")
    for call in (link.scope, lambda: link.pull(8, 0, 1), lambda: link.register_key(bytes(32))):
        with pytest.raises(NotAdmittedError):
            call()
    payload = b'{"command_id": "x", "sequence": 1, "device": "X1"}'
    assert link.submit([Signed(payload=payload, signature=bytes(64))]) == 1
    assert inbox(centre) == [("quarantined", "device_revoked")]


def test_oversize_is_refused(centre: SampleCentre) -> None:
    with pytest.raises(TamperingError):
        centre.connect("clerk", "K1").submit([Signed(payload=b"x" * 1_100_000, signature=bytes(64))])
    assert inbox(centre) == []


@pytest.mark.parametrize(("login", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("postgres", PASSWORD)])
def test_a_wrong_name_or_password_is_not_admitted(centre: SampleCentre, login: str, password: str) -> None:
    with pytest.raises(NotAdmittedError) as refused:
        centre.connect(login, "K1", password)
    assert login not in str(refused.value)


def test_no_certificate_is_not_admitted(centre: SampleCentre) -> None:
    with pytest.raises(NotAdmittedError):
        connect(replace(centre.address("K1"), certificate="/nowhere", key="/nowhere"), "clerk", PASSWORD)


def test_a_certificate_of_another_authority_is_not_admitted(centre: SampleCentre, tmp_path: Path) -> None:
    forged = Authority.create().issue_device("K1")
    (tmp_path / "K1.crt").write_bytes(forged.certificate)
    key = tmp_path / "K1.key"
    key.touch(mode=0o600)
    key.write_bytes(forged.key)
    with pytest.raises(NotAdmittedError):
        connect(replace(centre.address("K1"), certificate=str(tmp_path / "K1.crt"), key=str(key)), "clerk", PASSWORD)


def test_an_earlier_certificate_of_a_device_is_worth_nothing(centre: SampleCentre) -> None:
    link = centre.connect("clerk", "K2")
    with centre.admin() as connection:
        connection.execute("update tajzia.device set serial = serial + 1 where id = 'K2'")
    with pytest.raises(NotAdmittedError):
        link.scope()


def test_a_server_that_another_authority_vouches_for_is_no_centre(centre: SampleCentre, tmp_path: Path) -> None:
    (tmp_path / "ca.crt").write_bytes(Authority.create().certificate)
    with pytest.raises(CentreUnreachableError):
        connect(replace(centre.address("K1"), authority=str(tmp_path / "ca.crt")), "clerk", PASSWORD)


def test_another_name_of_the_server_is_no_centre(centre: SampleCentre) -> None:
    with pytest.raises(CentreUnreachableError):
        connect(replace(centre.address("K1"), host="127.0.0.1"), "clerk", PASSWORD)


def test_a_centre_that_is_down_is_unreachable(centre: SampleCentre) -> None:
    with pytest.raises(CentreUnreachableError):
        connect(replace(centre.address("K1"), port=1), "clerk", PASSWORD)


def test_a_session_that_is_ended_is_unreachable(centre: SampleCentre) -> None:
    link = centre.connect("clerk", "K1")
    centre.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'clerk'")
    with pytest.raises(CentreUnreachableError):
        link.scope()
    with pytest.raises(CentreUnreachableError):
        link.wait_for_news(0)


def test_a_person_who_left_is_not_served(centre: SampleCentre) -> None:
    link = centre.connect("clerk", "K1")
    with centre.admin() as connection:
        connection.execute("update tajzia.staff set active = false where login = 'clerk'")
    command = Signed(payload=b"{}", signature=bytes(64))
    for call in (link.scope, lambda: link.pull(0, 0, 1), lambda: link.submit([command]), lambda: link.fetch_paper("x")):
        with pytest.raises(NotAdmittedError):
            call()


def test_news_of_an_own_branch_are_told_even_when_they_came_before_the_question(centre: SampleCentre) -> None:
    clerk, far = centre.hand("clerk"), centre.hand("clerk9", "M1")
    clerk.link.scope()
    far.link.scope()
    assert not clerk.link.wait_for_news(0)
    clerk.send(Lodge("r1", "K1-1", make_content()))
    centre.registrar.drain()
    clerk.link.scope()
    assert clerk.link.wait_for_news(5)
    assert not far.link.wait_for_news(0)


def test_a_page_names_the_epoch_that_stands_when_it_is_read(centre: SampleCentre) -> None:
    link = centre.connect("clerk", "K1")
    before = link.scope().epoch
    assert link.pull(8, 0, 10).epoch == before
    with centre.admin() as connection:
        connection.execute("update tajzia.epoch set name = 'restored'")
    assert link.pull(8, 0, 10).epoch == "restored"
    assert link.scope().epoch == "restored"


def test_a_connection_is_encrypted_and_the_password_never_crosses(postgres_server: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres_server.admin()) as connection:
        assert connection.execute("show ssl_min_protocol_version").fetchone() == ("TLSv1.3",)
        rows = connection.execute("select type, auth_method, options from pg_hba_file_rules").fetchall()
    assert rows == [
        ("local", "scram-sha-256", None),
        ("hostssl", "scram-sha-256", ["clientcert=verify-ca"]),  # staff
        ("hostssl", "scram-sha-256", ["clientcert=verify-ca"]),  # channels
        ("hostssl", "scram-sha-256", None),  # tajzia_enrol: one function, and a code
    ]
