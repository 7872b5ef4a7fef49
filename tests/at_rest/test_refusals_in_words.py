"""Every way in which keys or store refuse has its own three sentences: what, what was kept, what to do."""

from __future__ import annotations

import pytest

from desktop_app import texts
from desktop_app.application.device_key import DeviceKeyMissingError
from desktop_app.application.ports.secrets import (
    KeyringLockedError,
    NoKeyringError,
    SealDamagedError,
    WrongPassphraseError,
)
from desktop_app.application.ports.store_trouble import (
    KeepsNoDocumentsError,
    StoreDamagedError,
    StoreInUseError,
    StoreIsPlainError,
    WrongStoreKeyError,
)
from desktop_app.application.store_key import StoreKeyMissingError
from desktop_app.ui.errors import explain

REFUSALS = (
    WrongStoreKeyError("/store.db"),
    StoreDamagedError("1 of 3"),
    KeepsNoDocumentsError(),
    StoreIsPlainError("/store.db"),
    StoreInUseError("/store"),
    StoreKeyMissingError("K1"),
    KeyringLockedError("locked"),
    NoKeyringError("none"),
    WrongPassphraseError(),
    SealDamagedError("/secrets.sealed"),
)


@pytest.mark.parametrize("refusal", [*REFUSALS, DeviceKeyMissingError("K1")], ids=lambda one: type(one).__name__)
def test_a_refusal_says_what_happened_what_was_kept_and_what_to_do(refusal: OSError) -> None:
    with texts.using("ar"):
        said = explain(refusal)
    for sentence in (said.happened, said.kept, said.todo):
        assert sentence.endswith(".")
        assert not any("a" <= letter.lower() <= "z" for letter in sentence)


def test_no_two_of_them_are_told_in_the_same_words() -> None:
    assert len({explain(refusal).happened for refusal in REFUSALS}) == len(REFUSALS)
