"""The centre's key file for certificates, and what opens it: a passphrase, or a token's PIN; in a file, or typed.

Neither is ever an argument.
"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.passphrase import SHORTEST, normal, strength

if TYPE_CHECKING:
    from desktop_app.application.certificate_keys import KeyBook, SigningKey, SigningKeys
    from desktop_app.application.ports.key_token import KeyToken


class CertificateKeysError(ValueError):
    """The key file or its passphrase will not do; the text says why."""


def add_key_arguments(parser: ArgumentParser, *, needed: bool = True) -> None:
    parser.add_argument(
        "--certificate-keys", type=Path, required=needed, metavar="FILE", help="the file of the certificates' keys"
    )
    parser.add_argument(
        "--certificate-passphrase-file", type=Path, metavar="FILE", help="what opens the keys (default: asked for)"
    )
    parser.add_argument(
        "--pin-file", type=Path, metavar="FILE", help="the PIN of the token that holds the keys (default: asked for)"
    )


def read_passphrase(file: Path | None) -> str:
    """Raises OSError."""
    if file is None:
        return normal(getpass("Passphrase of the certificate keys: "))
    return normal(file.read_text(encoding="utf-8").rstrip("\r\n"))


def choose_passphrase(file: Path | None) -> str:
    """A new one. Raises CertificateKeysError for one that is easily guessed or typed in two ways; OSError."""
    passphrase = read_passphrase(file)
    if not strength(passphrase).will_do:
        raise CertificateKeysError(f"this passphrase is {strength(passphrase).value}: {SHORTEST} characters or more")
    if file is None and normal(getpass("The same again: ")) != passphrase:
        raise CertificateKeysError("the two are not the same")
    return passphrase


def read_pin(file: Path | None) -> str:
    """The PIN of a token. Raises OSError."""
    if file is None:
        return getpass("PIN of the token: ")
    return file.read_text(encoding="utf-8").rstrip("\r\n")


def open_token(module: Path, label: str, pin_file: Path | None) -> KeyToken:
    """Raises SigningUnavailableError."""
    from desktop_app.system.pkcs11_token import Pkcs11Token, find_place

    return Pkcs11Token(find_place(str(module.absolute()), label), read_pin(pin_file))


def known_token(book: KeyBook, pin_file: Path | None) -> KeyToken | None:
    """The token that holds keys of the book; nothing is asked of it yet. Raises OSError."""
    if book.token is None:
        return None
    from desktop_app.system.pkcs11_token import Pkcs11Token

    return Pkcs11Token(book.token, read_pin(pin_file))


def read_book(file: Path) -> KeyBook:
    """Raises CertificateKeysError, OSError."""
    from desktop_app.application.certificate_keys import book_from_bytes
    from desktop_app.wire.codec import MalformedError

    if file.stat().st_mode & 0o077:
        raise CertificateKeysError(f"{file} may be read by others than its owner: set its mode to 600")
    try:
        return book_from_bytes(file.read_bytes())
    except MalformedError as why:
        raise CertificateKeysError(f"{file} is no file of certificate keys") from why


def open_book(file: Path, passphrase_file: Path | None, pin_file: Path | None) -> tuple[KeyBook, SigningKeys]:
    """A token is not asked before something is signed. Raises CertificateKeysError, OSError."""
    from desktop_app.application.certificate_keys import open_keys
    from desktop_app.application.sealed_keys import WrongPasswordError

    book = read_book(file)
    try:
        passphrase = read_passphrase(passphrase_file) if book.needs_passphrase else ""
        return book, open_keys(book, passphrase, known_token(book, pin_file) if book.needs_token else None)
    except WrongPasswordError as why:
        raise CertificateKeysError("the passphrase does not open the certificate keys") from why


def token_of(keys: SigningKeys) -> KeyToken | None:
    """The token that holds one of them, None where none does."""
    from desktop_app.application.certificate_keys import TokenSigningKey

    return next((one.token for one in (keys.lists, keys.certificates) if isinstance(one, TokenSigningKey)), None)


@dataclass(frozen=True, slots=True)
class KeptKeyFile:
    """`application.certificate_renewing.KeyFile`. A passphrase that was typed is not kept, so that it opens nothing
    later. A token that was opened is."""

    file: Path
    passphrase_file: Path | None
    pin_file: Path | None = None
    token: KeyToken | None = None

    def mark(self) -> object:
        seen = self.file.stat()
        return seen.st_mtime_ns, seen.st_ino, seen.st_size

    def read(self) -> KeyBook:
        return read_book(self.file)

    def open_current(self, book: KeyBook) -> SigningKey | None:
        from desktop_app.application.certificate_keys import open_current

        current = book.current
        if current is None or (current.sealed is not None and self.passphrase_file is None):
            return None
        if current.sealed is not None:
            return open_current(book, read_passphrase(self.passphrase_file))
        if self.token is None and self.pin_file is None:
            return None
        return open_current(book, token=self.token or known_token(book, self.pin_file))
