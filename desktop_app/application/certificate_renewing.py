"""Signing that follows the key file: a key that was rotated or revoked counts from the next signature on."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import structlog

from desktop_app.application.certificate_keys import KeyBook, SigningKey, key_list
from desktop_app.application.certificate_publishing import CentreSigning, SignedLists
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.key_token import SigningUnavailableError
from desktop_app.application.ports.papers import PaperSeal
from desktop_app.domain.certificate_check import RevocationList, distrust, whole_second
from desktop_app.domain.licence import Licence

_log = structlog.get_logger(__name__)


class KeyNotReadyError(SigningUnavailableError):
    """There is no key that would be believed: what is to be signed waits. The text says what to do."""


class KeyFile(Protocol):
    """The centre's key file."""

    def mark(self) -> object:
        """What differs whenever the file was written anew. Raises OSError."""

    def read(self) -> KeyBook:
        """Raises OSError, ValueError."""

    def open_current(self, book: KeyBook) -> SigningKey | None:
        """None where nothing is kept that opens it. Raises OSError, ValueError."""


class RenewedSigning:
    """`CentreSigning` that looks at the key file before it signs anything. Not safe across threads.

    A paper is signed by a key that was in use at the paper's own time, so that a rotation between the decision and
    the drawing makes no certificate that nobody believes. A file that cannot be read, or that has another list key,
    is not taken: what was held goes on, and the log says so once.
    """

    def __init__(self, first: CentreSigning, file: KeyFile) -> None:
        self._lists = first.lists
        self._book = first.book
        self._certifiers: tuple[Certifier, ...] = (first.certify,)
        self._file = file
        self._mark: object = None
        self._said = ""

    @property
    def book(self) -> KeyBook:
        """As the file has it now."""
        self._look()
        return self._book

    def signed(self, revocations: RevocationList) -> SignedLists:
        return CentreSigning(self.book, self._lists, self._certifiers[0]).signed(revocations)

    def certify(self, licence: Licence, issued_at: datetime, sample: bool) -> str:
        """`certifying.Certify`. Raises KeyNotReadyError."""
        return self._in_use(issued_at)(licence, issued_at, sample)

    def seal(self, kind: str, at: datetime) -> PaperSeal:
        """`certifying.Sealing`. Raises KeyNotReadyError."""
        return self._in_use(at).seal(kind, at)

    def _in_use(self, at: datetime) -> Certifier:
        keys = {key.public: key for key in key_list(self.book, at).keys}
        for certifier in self._certifiers:
            key = keys.get(certifier.key.public)
            if key is not None and distrust(key, whole_second(at)) is None:
                return certifier
        raise KeyNotReadyError("no certificate key is ready: rotate, or start anew to give the passphrase")

    def _look(self) -> None:
        try:
            mark = self._file.mark()
            if mark == self._mark:
                return
            book = self._file.read()
        except (OSError, ValueError) as why:
            self._say("the file of certificate keys cannot be read: the keys that are held go on", why)
            return
        if book.list_public != self._lists.public:
            self._mark = mark
            self._say("the file of certificate keys has another list key, which is not taken while at work")
            return
        # Whatever becomes of the new key: what was revoked is revoked from here on.
        self._book = book
        if self._opened(book):
            self._mark, self._said = mark, ""

    def _opened(self, book: KeyBook) -> bool:
        """Whether there is nothing to open (any more)."""
        current = book.current
        if current is None or current.public in {one.key.public for one in self._certifiers}:
            return True
        try:
            key = self._file.open_current(book)
        except (OSError, ValueError) as why:
            self._say("the new certificate key cannot be opened: tried again before the next signature", why)
            return False
        if key is None:
            self._say("the certificate key was rotated, and its passphrase is in no file: start anew to give it")
            return False
        self._certifiers = (Certifier(key), *self._certifiers)
        _log.info("a new certificate key signs", kid=key.kid.hex())
        return True

    def _say(self, what: str, why: Exception | None = None) -> None:
        if what != self._said:
            self._said = what
            _log.warning(what, trouble=str(why) if why else "")
