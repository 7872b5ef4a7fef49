"""The code on a certificate: it comes back as it was, and no byte of it changes unseen."""

from __future__ import annotations

import base64
import zlib
from datetime import UTC, date, datetime

import base45
import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.application.certificate_keys import SigningKey, kid_of, throw_away_key
from desktop_app.domain.area import Area
from desktop_app.domain.certificate_check import CertifiedLicence
from desktop_app.wire.certificate_code import PREFIX, NoCodeError, pack, read_licence, unpack, write_licence
from desktop_app.wire.cose import NotCanonicalError, open_sign1
from desktop_app.wire.raw_signature import BadSignatureError
from tests.software_token import es256_key

KEY = throw_away_key()
SAID = CertifiedLicence(
    number="L-2026-08-000123",
    holder="سالم عبد الله الخطيب",
    vocations=("4701", "4702"),
    area=Area(12_050),
    district=8,
    valid_until=date(2026, 12, 31),
    parent="L-2019-08-004410",
    issued_at=datetime(2026, 11, 22, 8, 5, 7, tzinfo=UTC),
)
CONTAINER = KEY.sign(write_licence(SAID))
CODE = pack(CONTAINER)
ES256 = es256_key()
ES256_CODE = pack(ES256.sign(write_licence(SAID)))
EITHER = pytest.mark.parametrize(("code", "key"), [(CODE, KEY), (ES256_CODE, ES256)], ids=["ed25519", "es256"])
"""Of either kind of key."""
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def believed(text: str, key: SigningKey = KEY) -> CertifiedLicence:
    """What a reader who knows the key takes from the text; raises where it refuses."""
    opened = unpack(text)
    if opened.kid != key.kid:
        raise BadSignatureError("a key that nobody knows")
    opened.check(key.public)
    return read_licence(opened.payload)


def assert_refused(text: str, key: SigningKey = KEY) -> None:
    with pytest.raises((NoCodeError, NotCanonicalError, BadSignatureError)):
        believed(text, key)


licences = st.builds(
    CertifiedLicence,
    number=st.text(max_size=20),
    holder=st.text(max_size=60),
    vocations=st.lists(st.text(max_size=6), max_size=12).map(tuple),
    area=st.integers(0, 10**9).map(Area),
    district=st.integers(0, 99),
    valid_until=st.dates(date(1970, 1, 1)),
    parent=st.none() | st.text(max_size=20),
    issued_at=st.integers(0, 10**10).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    sample=st.booleans(),
)


@given(licences)
def test_what_is_written_is_read(said: CertifiedLicence) -> None:
    assert read_licence(write_licence(said)) == said


@settings(max_examples=25)
@given(licences)
def test_a_signed_code_comes_back_whole(said: CertifiedLicence) -> None:
    assert believed(pack(KEY.sign(write_licence(said)))) == said


def test_the_same_licence_is_the_same_code() -> None:
    assert pack(KEY.sign(write_licence(SAID))) == CODE
    assert set(CODE) <= set(ALPHABET), "more than the alphanumeric mode of a QR code holds"


def test_the_layers_are_the_published_ones() -> None:
    packed = base45.b45decode(CODE.removeprefix(PREFIX))
    tag = cbor2.loads(zlib.decompress(packed))
    head, unprotected, payload, signature = tag.value
    assert tag.tag == 18
    assert cbor2.loads(head) == {1: -8, 4: kid_of(KEY.public)}
    assert (unprotected, len(signature)) == ({}, 64)
    assert cbor2.loads(payload) == {
        1: 1,
        2: "L-2026-08-000123",
        3: "سالم عبد الله الخطيب",
        4: ["4701", "4702"],
        5: 12_050,
        6: 8,
        7: 20_818,
        8: "L-2019-08-004410",
        9: 1_795_334_707,
    }


@EITHER
def test_every_character_of_the_text_counts(code: str, key: SigningKey) -> None:
    assert believed(code, key) == SAID
    for at, was in enumerate(code):
        for other in {ALPHABET[(ALPHABET.index(was) + 1) % 45], ALPHABET[(ALPHABET.index(was) + 22) % 45], "a", "é"}:
            assert_refused(code[:at] + other + code[at + 1 :], key)
        assert_refused(code[:at] + code[at + 1 :], key)


def test_an_es256_code_is_of_the_published_algorithm_and_has_no_second_signature() -> None:
    head, _, payload, signature = cbor2.loads(unpack(ES256_CODE).container).value
    assert cbor2.loads(head) == {1: -7, 4: kid_of(ES256.public)}
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    r, s = signature[:32], int.from_bytes(signature[32:], "big")
    assert s <= order // 2
    for other in ((order - s).to_bytes(32, "big"), bytes(32), order.to_bytes(32, "big")):
        assert_refused(pack(cbor2.dumps(cbor2.CBORTag(18, [head, {}, payload, r + other]))), ES256)
    assert pack(ES256.sign(write_licence(SAID))) != ES256_CODE, "ECDSA signs with chance"


def test_a_key_signs_by_its_own_algorithm_only() -> None:
    for code, other in ((CODE, ES256), (ES256_CODE, KEY)):
        with pytest.raises(BadSignatureError):
            unpack(code).check(other.public)


def test_every_byte_of_the_zlib_stream_counts() -> None:
    packed = base45.b45decode(CODE.removeprefix(PREFIX))
    for at in range(len(packed)):
        for change in (0x01, 0x80, 0xFF):
            changed = packed[:at] + bytes([packed[at] ^ change]) + packed[at + 1 :]
            assert_refused(PREFIX + base45.b45encode(changed).decode())


def test_every_bit_of_the_container_counts() -> None:
    for at in range(len(CONTAINER)):
        for bit in range(8):
            changed = CONTAINER[:at] + bytes([CONTAINER[at] ^ 1 << bit]) + CONTAINER[at + 1 :]
            assert_refused(pack(changed))


@pytest.mark.parametrize("level", [1, 6, 9])
def test_another_packing_of_the_same_is_refused(level: int) -> None:
    packed = zlib.compress(CONTAINER, level)
    assert zlib.decompress(packed) == CONTAINER
    assert_refused(PREFIX + base45.b45encode(packed).decode())


def test_what_is_added_is_refused() -> None:
    packed = base45.b45decode(CODE.removeprefix(PREFIX))
    for changed in (packed + b"\0", CODE.encode(), b""):
        assert_refused(PREFIX + base45.b45encode(changed).decode())
    for text in (CODE + " ", CODE + "0", CODE.lower(), PREFIX, PREFIX + "0" * 5_000, base64.b64encode(packed).decode()):
        assert_refused(text)
    assert_refused(pack(CONTAINER + b"\0"))


def test_another_encoding_of_the_same_container_is_refused() -> None:
    head, _, payload, signature = cbor2.loads(CONTAINER).value
    reversed_head = b"\xa2\x04\x48" + KEY.kid + b"\x01\x27"
    assert cbor2.loads(reversed_head) == cbor2.loads(head)
    for changed in (
        cbor2.dumps([head, {}, payload, signature]),
        cbor2.dumps(cbor2.CBORTag(18, [head, {1: -8}, payload, signature])),
        cbor2.dumps(cbor2.CBORTag(18, [reversed_head, {}, payload, signature])),
        cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps({1: -7, 4: KEY.kid}), {}, payload, signature])),
        cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps({1: -8, 4: KEY.kid, 5: 0}), {}, payload, signature])),
        CONTAINER[:2] + b"\x9f" + CONTAINER[2:]
        if CONTAINER[1] != 0x84
        else CONTAINER[:1] + b"\x9f" + CONTAINER[2:] + b"\xff",
    ):
        with pytest.raises((NotCanonicalError, BadSignatureError)):
            open_sign1(changed).check(KEY.public)


def test_a_signed_content_in_another_form_is_refused() -> None:
    fields = cbor2.loads(write_licence(SAID))
    for changed in (
        cbor2.dumps(dict(reversed(list(fields.items())))),
        cbor2.dumps({**fields, 1: 2}, canonical=True),
        cbor2.dumps({**fields, 5: -1}, canonical=True),
        cbor2.dumps({**fields, 5: True}, canonical=True),
        cbor2.dumps({**fields, 7: 10**12}, canonical=True),
        cbor2.dumps({**fields, 4: "4701"}, canonical=True),
        cbor2.dumps({**fields, 10: False}, canonical=True),
        cbor2.dumps({**fields, 11: 1}, canonical=True),
        cbor2.dumps({key: value for key, value in fields.items() if key != 3}, canonical=True),
        b"\xff",
        b"",
    ):
        with pytest.raises(NotCanonicalError):
            read_licence(changed)


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for given_text in (text, PREFIX + text):
        assert_refused(given_text)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    assert_refused(pack(content))
