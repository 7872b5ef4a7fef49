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

from desktop_app.application.certificate_keys import kid_of, throw_away_key
from desktop_app.domain.area import Area
from desktop_app.domain.certificate_check import CertifiedLicence
from desktop_app.wire.certificate_code import PREFIX, NoCodeError, pack, read_licence, unpack, write_licence
from desktop_app.wire.cose import BadSignatureError, NotCanonicalError, open_sign1

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
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def believed(text: str) -> CertifiedLicence:
    """What a reader who knows the key takes from the text; raises where it refuses."""
    opened = unpack(text)
    if opened.kid != KEY.kid:
        raise BadSignatureError("a key that nobody knows")
    opened.check(KEY.public)
    return read_licence(opened.payload)


def assert_refused(text: str) -> None:
    with pytest.raises((NoCodeError, NotCanonicalError, BadSignatureError)):
        believed(text)


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


def test_every_character_of_the_text_counts() -> None:
    for at, was in enumerate(CODE):
        for other in {ALPHABET[(ALPHABET.index(was) + 1) % 45], ALPHABET[(ALPHABET.index(was) + 22) % 45], "a", "é"}:
            assert_refused(CODE[:at] + other + CODE[at + 1 :])
        assert_refused(CODE[:at] + CODE[at + 1 :])


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
        with pytest.raises(NotCanonicalError):
            open_sign1(changed)


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
