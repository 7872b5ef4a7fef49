"""Which of the two keeps this machine's secrets, and what is said where neither can.

A vault that stands is asked, for the secrets lie there. Otherwise the operating system's keyring is; where there is
none, somebody who begins here is asked for a passphrase. A keyring that is locked, or that is gone after it was used,
is no reason to begin another place: that is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop_app.application.ports.secrets import NoKeyringError, PassphraseNeededError, Secrets, Vault

T = TypeVar("T")


class MachineSecrets:
    """`Secrets` over both. `begun` tells whether secrets of this machine were put somewhere before.

    Safe to use from any thread as long as the two are.
    """

    def __init__(self, keyring: Secrets, vault: Vault, begun: Callable[[], bool]) -> None:
        self._keyring = keyring
        self._vault = vault
        self._begun = begun

    def find(self, name: str) -> bytes | None:
        return self._ask(lambda place: place.find(name))

    def put(self, name: str, secret: bytes) -> None:
        self._ask(lambda place: place.put(name, secret))

    def forget(self, name: str) -> None:
        self._ask(lambda place: place.forget(name))

    @property
    def sealed(self) -> bool:
        """Whether the passphrase has to be typed before anything can be asked. Looks at the folder alone."""
        return self._vault.stands() and not self._vault.is_open()

    def open(self, passphrase: str) -> None:
        """As `Vault.open`."""
        self._vault.open(passphrase)

    def choose(self, passphrase: str) -> None:
        """As `Vault.choose`; raises NoKeyringError where this machine's secrets are in a keyring that is gone."""
        if self._begun():
            raise NoKeyringError("the keyring that holds this machine's secrets is not there")
        self._vault.choose(passphrase)

    def _ask(self, question: Callable[[Secrets], T]) -> T:
        if self._vault.stands():
            return question(self._vault)
        try:
            return question(self._keyring)
        except NoKeyringError:
            if self._begun():
                raise
            raise PassphraseNeededError(new=True) from None
