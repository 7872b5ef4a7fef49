"""Devices at the centre: each has a name, a home branch, and a certificate that proves it."""

from __future__ import annotations

import re

from desktop_app.centre.certificates import Authority, Issued
from desktop_app.centre.provisioning import Admin

_NAME = re.compile(r"[A-Z][A-Z0-9]{0,11}")


class DeviceRefusedError(ValueError):
    """A device's name is a capital letter and up to eleven capitals or digits: it stands in its receipts."""


def enrol_device(admin: Admin, authority: Authority, device: str, branch: int) -> Issued:
    """Issues a certificate for `device`; one that it had before is worth nothing from now on.

    Raises DeviceRefusedError.
    """
    if not _NAME.fullmatch(device):
        raise DeviceRefusedError(f"{device!r} cannot be the name of a device")
    issued = authority.issue_device(device)
    with admin.transaction():
        admin.execute(
            "insert into tajzia.device (id, branch, serial) values (%s, %s, %s)"
            " on conflict (id) do update set branch = excluded.branch, serial = excluded.serial, active = true,"
            " enrolled_at = now()",
            (device, branch, issued.serial),
        )
    return issued
