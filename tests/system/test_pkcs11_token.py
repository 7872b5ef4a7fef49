"""A token of PKCS #11 as it is asked to make keys and to sign, and what is said when it does not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.application.ports.key_token import SigningUnavailableError, TokenKey
from desktop_app.system.pkcs11_token import Pkcs11Token, find_place
from desktop_app.wire.raw_signature import BadSignatureError, KeyKind, check_raw, kind_of
from tests.soft_hsm import PIN, SoftHsm, soft_hsm


@pytest.fixture
def hsm(tmp_path: Path) -> Iterator[SoftHsm]:
    with soft_hsm(tmp_path) as hsm:
        hsm.add_token("tajzia")
        yield hsm


class Minutes:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def opened(hsm: SoftHsm, pin: str = PIN, now: Minutes | None = None) -> Pkcs11Token:
    return Pkcs11Token(find_place(str(hsm.module), "tajzia"), pin, now or Minutes())


@pytest.mark.parametrize("kind", list(KeyKind))
def test_a_key_is_made_inside_and_signs_in_the_one_form(hsm: SoftHsm, kind: KeyKind) -> None:
    token = opened(hsm)
    key = token.make_key("tajzia certificate key", kind)
    assert kind_of(key.public) is kind
    signed = {token.sign(key, b"something") for _ in range(20)}
    assert len(signed) == (1 if kind is KeyKind.ED25519 else 20)
    for raw in signed:
        check_raw(key.public, b"something", raw)
        with pytest.raises(BadSignatureError):
            check_raw(key.public, b"something else", raw)
    later = opened(hsm)
    assert kind_of(key.public) is KeyKind.ES256 or later.sign(key, b"something") in signed


def test_ed25519_is_taken_where_the_token_has_it(hsm: SoftHsm) -> None:
    assert kind_of(opened(hsm).make_key("a key").public) is KeyKind.ED25519


def test_the_private_half_does_not_leave_the_token(hsm: SoftHsm) -> None:
    import pkcs11

    token = opened(hsm)
    key = token.make_key("a key")
    with pkcs11.lib(str(hsm.module)).get_token(token_label="tajzia").open(user_pin=PIN) as session:
        held = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, id=key.name)
        assert held[pkcs11.Attribute.EXTRACTABLE] is False
        with pytest.raises(pkcs11.AttributeSensitive):
            held[pkcs11.Attribute.VALUE]


def test_a_refused_pin_is_not_tried_again(hsm: SoftHsm) -> None:
    right, now = opened(hsm), Minutes()
    key = right.make_key("a key")
    wrong = opened(hsm, "000000", now)
    for _ in range(3):
        with pytest.raises(SigningUnavailableError, match="refuses the PIN; it is not asked again"):
            wrong.sign(key, b"something")
        now.seconds += 3600
    wrong._pin = PIN
    with pytest.raises(SigningUnavailableError, match="refuses the PIN"):
        wrong.sign(key, b"something")


def test_a_token_that_is_gone_is_said_left_alone_and_found_again(hsm: SoftHsm) -> None:
    now = Minutes()
    token = opened(hsm, now=now)
    key = token.make_key("a key")
    with hsm.taken_away():
        hsm.look_again()
        with pytest.raises(SigningUnavailableError, match="there is no token tajzia"):
            token.sign(key, b"something")
    with pytest.raises(SigningUnavailableError, match="there is no token tajzia"):
        token.sign(key, b"something")  # it is left alone for a while
    now.seconds += 11
    check_raw(key.public, b"something", token.sign(key, b"something"))


def test_a_session_that_ended_is_opened_anew(hsm: SoftHsm) -> None:
    token = opened(hsm)
    key = token.make_key("a key")
    token.sign(key, b"something")
    hsm.look_again()  # ends every session
    check_raw(key.public, b"something", token.sign(key, b"something"))


def test_another_token_of_the_same_label_is_another(hsm: SoftHsm) -> None:
    token = opened(hsm)
    key = token.make_key("a key")
    shutil.rmtree(hsm.folder)
    hsm.folder.mkdir()
    hsm.add_token("tajzia")
    with pytest.raises(SigningUnavailableError, match="there is no token tajzia"):
        token.sign(key, b"something")


def test_keys_that_are_not_there_or_not_these_are_told(hsm: SoftHsm) -> None:
    token = opened(hsm)
    key, other = token.make_key("a key"), token.make_key("another")
    with pytest.raises(SigningUnavailableError, match="another key than the key file names"):
        token.sign(replace(key, public=other.public), b"something")
    with pytest.raises(SigningUnavailableError, match="does not hold the key"):
        token.sign(TokenKey(key.public, b"unknown"), b"something")


def test_what_is_no_token_is_told(hsm: SoftHsm, tmp_path: Path) -> None:
    with pytest.raises(SigningUnavailableError, match="there is no token elsewhere"):
        find_place(str(hsm.module), "elsewhere")
    with pytest.raises(SigningUnavailableError, match="cannot open shared object"):
        find_place(str(tmp_path / "nothing.so"), "tajzia")
