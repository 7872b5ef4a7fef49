"""The operating system's keyring behind `application.ports.secrets.Secrets`. Loaded when it is first asked."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop_app.application.ports.secrets import KeyringLockedError, NoKeyringError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "tajzia"
KEEPERS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
"""The backends that keep a secret by the operating system's own means. Whatever else calls itself a keyring (a file,
plain text, one that forgets) counts as none."""


class KeyringSecrets:
    """Every method raises NoKeyringError where there is no usable keyring, and KeyringLockedError where it is locked;
    nothing is ever kept in another way."""

    def __init__(self, service: str = SERVICE, keepers: tuple[str, ...] = KEEPERS) -> None:
        self._service = service
        self._keepers = keepers

    def find(self, name: str) -> bytes | None:
        with _refusing_clearly():
            held = self._keeper().get_password(self._service, name)
        if held is None:
            return None
        try:
            return base64.b64decode(held, validate=True)
        except binascii.Error as error:
            raise KeyringLockedError(f"what the keyring holds under {name!r} is not this program's") from error

    def put(self, name: str, secret: bytes) -> None:
        with _refusing_clearly():
            self._keeper().set_password(self._service, name, base64.b64encode(secret).decode())

    def forget(self, name: str) -> None:
        from keyring.errors import PasswordDeleteError

        with _refusing_clearly():
            keeper = self._keeper()
            try:
                keeper.delete_password(self._service, name)
            except PasswordDeleteError:
                if keeper.get_password(self._service, name) is not None:
                    raise

    def _keeper(self) -> KeyringBackend:
        import keyring

        chosen = keyring.get_keyring()
        backend: KeyringBackend
        for backend in (chosen, *getattr(chosen, "backends", ())):
            if type(backend).__module__.startswith(self._keepers):
                return backend
        raise NoKeyringError(f"no keyring of the operating system: {type(chosen).__module__}")


@contextmanager
def _refusing_clearly() -> Iterator[None]:
    from keyring import errors

    try:
        yield
    except (NoKeyringError, KeyringLockedError):
        raise
    except errors.NoKeyringError as error:
        raise NoKeyringError("the keyring says that there is none") from error
    except Exception as error:
        # Whatever lies beneath (D-Bus, a daemon that ended, a prompt that was dismissed) has kinds of its own.
        raise KeyringLockedError(f"the keyring refused: {type(error).__name__}") from error
