"""The centre's key file for certificates, and what opens it: a passphrase from a file, or typed; never an argument."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.passphrase import SHORTEST, normal, strength

if TYPE_CHECKING:
    from desktop_app.application.certificate_keys import KeyBook, OpenKey, SigningKeys


class CertificateKeysError(ValueError):
    """The key file or its passphrase will not do; the text says why."""


def add_key_arguments(parser: ArgumentParser, *, needed: bool = True) -> None:
    parser.add_argument(
        "--certificate-keys", type=Path, required=needed, metavar="FILE", help="the file of the certificates' keys"
    )
    parser.add_argument(
        "--certificate-passphrase-file", type=Path, metavar="FILE", help="what opens the keys (default: asked for)"
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


def open_book(file: Path, passphrase_file: Path | None) -> tuple[KeyBook, SigningKeys]:
    """Raises CertificateKeysError, OSError."""
    from desktop_app.application.certificate_keys import open_keys
    from desktop_app.application.sealed_keys import WrongPasswordError

    book = read_book(file)
    try:
        return book, open_keys(book, read_passphrase(passphrase_file))
    except WrongPasswordError as why:
        raise CertificateKeysError("the passphrase does not open the certificate keys") from why


@dataclass(frozen=True, slots=True)
class KeptKeyFile:
    """`application.certificate_renewing.KeyFile`. A passphrase that was typed is not kept, so that it opens nothing
    later."""

    file: Path
    passphrase_file: Path | None

    def mark(self) -> object:
        seen = self.file.stat()
        return seen.st_mtime_ns, seen.st_ino, seen.st_size

    def read(self) -> KeyBook:
        return read_book(self.file)

    def open_current(self, book: KeyBook) -> OpenKey | None:
        from desktop_app.application.certificate_keys import open_keys

        if self.passphrase_file is None:
            return None
        return open_keys(book, read_passphrase(self.passphrase_file)).certificates
