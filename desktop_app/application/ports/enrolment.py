"""The centre's door for a device that has no certificate yet. `gateway` answers over PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class EnrolmentState(StrEnum):
    """What becomes of a code. WAITING: the registrar has not signed yet; come again with the same request."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    REFUSED = "refused"
    WAITING = "waiting"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer:
    """`certificate` (PEM) is there once it is ISSUED; device and branch as soon as the code is good."""

    state: EnrolmentState
    certificate: str = ""
    device: str = ""
    branch: int = 0


class EnrolmentDoor(Protocol):
    def ask(self, code: str, request: bytes) -> EnrolmentAnswer:
        """Shows the code and asks for a certificate (PKCS #10, DER). The same request again gets the same answer.

        Raises CentreUnreachableError, or NotAdmittedError where this login is not let in. Blocks.
        """
