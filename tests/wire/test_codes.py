"""The code of an invitation: random, long enough to be kept as a plain hash, and meant as it was typed."""

from __future__ import annotations

from math import log2

from desktop_app.wire.invitation import ALPHABET, CODE_LETTERS, clean_code, new_code


def test_a_code_has_more_than_112_bits_and_no_two_are_alike() -> None:
    codes = [clean_code(new_code()) for _ in range(1_200)]
    assert CODE_LETTERS * log2(len(set(ALPHABET))) >= 112
    assert {len(code) for code in codes} == {CODE_LETTERS}
    assert len(set(codes)) == len(codes)
    assert all({code[place] for code in codes} == set(ALPHABET) for place in range(CODE_LETTERS))


def test_what_is_misread_is_read_as_it_was_meant() -> None:
    assert clean_code("oil2a 3b4c5-d6e7f 8g9h0 jkmnp") == "0112A3B4C5D6E7F8G9H0JKMNP"
