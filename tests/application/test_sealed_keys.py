"""How dear a guess at a sealed signing key is, and that no two are sealed alike."""

from __future__ import annotations

import pytest

from desktop_app.application.sealed_keys import WrongPasswordError, make_key, open_key


def test_a_guess_costs_what_is_promised_and_no_two_are_sealed_alike() -> None:
    first, signer = make_key("a long password", "clerk K1")
    second, _ = make_key("a long password", "clerk K1")
    assert (first.memory, first.passes, first.lanes) == (64 * 1024, 3, 4)
    assert (len(first.salt), len(first.nonce)) == (16, 12)
    assert {first.salt, first.nonce, first.sealed}.isdisjoint({second.salt, second.nonce, second.sealed})
    assert open_key(first, "a long password", "clerk K1").public == signer.public


def test_long_passwords_count_to_their_last_letter() -> None:
    sealed, _ = make_key("x" * 200 + "a", "clerk K1")
    for near in ("x" * 200 + "b", "x" * 200 + "A", "x" * 200):
        with pytest.raises(WrongPasswordError):
            open_key(sealed, near, "clerk K1")
