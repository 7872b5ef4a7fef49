"""What PostgreSQL and the network say, as one of the three things a workstation must tell apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import psycopg.errors

from desktop_app.sync.attachments import AttachmentRefusedError, AttachmentsFullError
from desktop_app.sync.centre_link import CentreUnreachableError, KeyRetiredError, NotAdmittedError, TamperingError

NOT_ADMITTED, KEY_RETIRED = "TJ001", "TJ002"
_SAID_NO = {NOT_ADMITTED, "28000", "28P01", "42501"}
# libpq gives no code for a connection that failed, only the server's words (which `lc_messages = C` keeps English).
_TURNED_AWAY = re.compile(
    r"FATAL:\s+(?:password authentication failed|no pg_hba\.conf entry|connection requires a valid client certificate"
    r"|role .* (?:does not exist|is not permitted to log in)|permission denied for database"
    r"|(?:certificate|SCRAM) authentication failed|database .* does not exist)"
    r"|tls\w* alert (?:certificate|unknown ca|bad certificate|access denied)|alert (?:certificate|unknown ca)"
)


@contextmanager
def connecting() -> Iterator[None]:
    """A connection that cannot be made is NotAdmittedError where the centre said no, else CentreUnreachableError."""
    try:
        yield
    except psycopg.Error as why:
        if why.sqlstate in _SAID_NO or _TURNED_AWAY.search(str(why)):
            raise NotAdmittedError(_first_line(why)) from why
        raise CentreUnreachableError(_first_line(why)) from why


@contextmanager
def calling() -> Iterator[None]:
    """A call that fails: the same distinction; what is neither is a bug of ours and leaves as it is."""
    try:
        yield
    except psycopg.Error as why:
        if why.sqlstate in _SAID_NO:
            raise NotAdmittedError(_first_line(why)) from why
        if why.sqlstate == KEY_RETIRED:
            raise KeyRetiredError(_first_line(why)) from why
        if isinstance(why, psycopg.OperationalError | psycopg.InterfaceError):
            raise CentreUnreachableError(_first_line(why)) from why
        raise


@contextmanager
def refused_as_tampering() -> Iterator[None]:
    """What the centre does not even store (too large, too many) is of nobody who uses this program."""
    try:
        yield
    except psycopg.errors.InvalidParameterValue as why:
        raise TamperingError(_first_line(why)) from why


@contextmanager
def refused_as_content() -> Iterator[None]:
    """A document whose bytes the centre does not take, or not now."""
    try:
        yield
    except psycopg.Error as why:
        if why.sqlstate == "TJ003":
            raise AttachmentRefusedError(_first_line(why)) from why
        if isinstance(why, psycopg.errors.ConfigurationLimitExceeded):
            raise AttachmentsFullError(_first_line(why)) from why
        raise


def _first_line(why: psycopg.Error) -> str:
    """For the log and the sync page: no names, no statement."""
    text = why.diag.message_primary or str(why)
    return re.sub(r'(user|role) "[^"]*"', r"\1", text.splitlines()[0]) if text else type(why).__name__
