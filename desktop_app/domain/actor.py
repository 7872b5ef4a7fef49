"""Who acts: a member of staff with a role, rights and branches. Identity always comes in as an argument."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of domain.md. `REGISTRAR` is the centre itself, which lets time limits run out and speaks for the
    systems that have a channel to it."""

    CLERK = "clerk"
    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    BODY_OFFICER = "body_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    REGISTRAR = "registrar"


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff as the centre knows them.

    `id` is the login name. `branches` are district numbers; an empty set together with `all_branches` means the
    whole municipality. `cashier` is the right to take money (قبض), held beside a role. `body` is the outside
    body an officer speaks for. `districts` are those an inspector usually visits.
    """

    id: str
    name_ar: str
    role: Role
    branches: frozenset[int] = frozenset()
    all_branches: bool = False
    cashier: bool = False
    body: str = ""
    districts: frozenset[int] = frozenset()
    active: bool = True

    @property
    def takes_money(self) -> bool:
        """Whether the right of the till counts: it is held beside a role that works on cases, never alone."""
        return self.cashier and self.role in (Role.CLERK, Role.INSPECTOR, Role.SUPERVISOR)

    def speaks_for(self, body: str) -> bool:
        """Whether this person may bring this outside body's answer: an officer their own body's, staff any."""
        return self.role is not Role.BODY_OFFICER or (self.body == body and body != "")

    def serves(self, branch: int) -> bool:
        """Whether this person's rights hold in `branch`."""
        return self.active and (self.all_branches or branch in self.branches)


REGISTRAR = Actor(id="registrar", name_ar="السجل المركزي", role=Role.REGISTRAR, all_branches=True)
# What they are called no member of staff can be called: logins do not begin so.
PORTAL = Actor(id="tajzia_portal", name_ar="البوابة الإلكترونية", role=Role.REGISTRAR, all_branches=True)
EPAYMENT = Actor(id="tajzia_epay", name_ar="الدفع الإلكتروني", role=Role.REGISTRAR, all_branches=True)
CHANNELS = {actor.id: actor for actor in (PORTAL, EPAYMENT)}
"""In whose name the centre acts on what another system handed in."""
