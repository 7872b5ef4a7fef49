"""Devices at the centre: each has a name, a home branch, and a certificate that proves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
import structlog
from psycopg import Connection

from desktop_app.centre.certificates import Authority, BadRequestError, Issued
from desktop_app.centre.provisioning import Admin
from desktop_app.wire.invitation import digest_of, new_code

_log = structlog.get_logger(__name__)


class DeviceRefusedError(ValueError):
    """This cannot be done to a device of this name; the text says why."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code that lets one device make its certificate, until `expires_at` and once. `password` is that of the login
    with which it comes to the door."""

    code: str
    expires_at: datetime
    password: str


def invite_device(admin: Admin, device: str, branch: int, hours: int, *, again: bool = False) -> Code:
    """A fresh code for `device`; codes it was given before are worth nothing. `again`: a device that is known gets a
    new certificate, where its store still is.

    Raises DeviceRefusedError.
    """
    code = new_code()
    with _refusing(device):
        row = admin.execute(
            "select expires_at, password from tajzia.invite_device(%s, %s, %s, %s, %s)",
            (device, branch, digest_of(code), hours, again),
        ).fetchone()
    assert row is not None
    return Code(code, row[0], row[1])


def revoke_device(admin: Admin, device: str, why: str) -> bool:
    """Ends the device's sessions and admits it no more; what it holds and delivers is put aside. False when it was
    revoked before. Raises DeviceRefusedError."""
    with _refusing(device):
        return admin.execute("select tajzia.revoke_device(%s, %s)", (device, why)).fetchone() == (True,)


def enrol_device(admin: Connection[Any], authority: Authority, device: str, branch: int) -> Issued:
    """Makes key and certificate of `device` here, for a device that is on this machine (tests do).

    A certificate that it had before is worth nothing from now on.
    """
    issued = authority.issue_device(device)
    _enter(admin, device, branch, issued.serial)
    return issued


def sign_requests(connection: Connection[Any], authority: Authority) -> int:
    """Signs for every device whose code was good and whose request waits; returns how many were dealt with."""
    with connection.transaction():
        asked = connection.execute(
            "select digest, device, branch, request from tajzia.invitation where state = 'asked'"
            " order by asked_at for update skip locked"
        ).fetchall()
        for digest, device, branch, request in asked:
            try:
                issued = authority.sign_device(device, bytes(request))
            except BadRequestError as why:
                _log.warning("a device asked for a certificate in the wrong way", device=device, why=str(why))
                _end(connection, digest, "refused", None)
                continue
            _enter(connection, device, branch, issued.serial)
            _end(connection, digest, "issued", issued.certificate.decode("ascii"))
    return len(asked)


def _enter(connection: Connection[Any], device: str, branch: int, serial: int) -> None:
    connection.execute(
        "insert into tajzia.device (id, branch, serial) values (%s, %s, %s)"
        " on conflict (id) do update set branch = excluded.branch, serial = excluded.serial, active = true,"
        " enrolled_at = now(), revoked_at = null, revoked_by = '', revoked_why = ''",
        (device, branch, serial),
    )


def _end(connection: Connection[Any], digest: bytes, state: str, certificate: str | None) -> None:
    connection.execute(
        "update tajzia.invitation set state = %s, certificate = %s, ended_at = now() where digest = %s",
        (state, certificate, digest),
    )


@contextmanager
def _refusing(device: str) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.InvalidParameterValue as why:
        known = why.diag.message_hint == "known"
        advice = "; --again renews its certificate where its store still is" if known else ""
        raise DeviceRefusedError(f"{why.diag.message_primary or device}{advice}") from why
