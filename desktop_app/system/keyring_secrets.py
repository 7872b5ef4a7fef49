"""The operating system's keyring behind `application.ports.secrets.Secrets`. Loaded when it is first asked."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.application.ports.secrets import NoKeyringError

SERVICE = "tajzia"


class KeyringSecrets:
    """Every method raises NoKeyringError where there is no usable keyring; nothing is ever kept in another way."""

    def __init__(self, service: str = SERVICE) -> None:
        self._service = service

    def find(self, name: str) -> bytes | None:
        import keyring

        with _refusing_clearly():
            held = keyring.get_password(self._service, name)
            if held is None:
                _refuse_without_keyring()
                return None
        try:
            return base64.b64decode(held, validate=True)
        except binascii.Error as error:
            raise NoKeyringError(f"what the keyring holds under {name!r} was not put there by this program") from error

    def put(self, name: str, secret: bytes) -> None:
        import keyring

        with _refusing_clearly():
            _refuse_without_keyring()
            keyring.set_password(self._service, name, base64.b64encode(secret).decode())

    def forget(self, name: str) -> None:
        import keyring
        from keyring.errors import PasswordDeleteError

        with _refusing_clearly():
            _refuse_without_keyring()
            try:
                keyring.delete_password(self._service, name)
            except PasswordDeleteError:
                if keyring.get_password(self._service, name) is not None:
                    raise


def _refuse_without_keyring() -> None:
    """Backends that keep nothing, or keep it in plain text, count as none."""
    import keyring

    backend = keyring.get_keyring()
    chosen = [backend, *getattr(backend, "backends", ())]
    modules = [type(one).__module__ for one in chosen]
    if any(module.startswith(("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")) for module in modules):
        raise NoKeyringError("this machine has no keyring that keeps a secret")


@contextmanager
def _refusing_clearly() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise NoKeyringError(f"the keyring refused: {type(error).__name__}") from error
