"""The door: who may sign in here, and the workplace that stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desktop_app.domain.actor import Role

if TYPE_CHECKING:
    # Behind it stands the whole domain, which the sign-in window does without.
    from desktop_app.application.workplace import Workplace


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody the sign-in screen offers by name. `branch` is the district's number, 0 for the whole municipality."""

    login: str
    name_ar: str
    role: Role
    branch: int
    cashier: bool = False


class Door(Protocol):
    """What the sign-in screen knows of the rest of the program."""

    @property
    def device(self) -> str:
        """The name of this device."""

    @property
    def demo_password(self) -> str:
        """The demonstration's shared password, to be shown on the screen; "" anywhere else."""

    def people(self) -> tuple[KnownPerson, ...]:
        """Those who signed in here before and, in a demonstration, its whole staff."""

    def sign_in(self, login: str, password: str) -> Workplace:
        """Proves the password at the centre, or without it for someone who signed in here before.

        Raises NotAdmittedError for a wrong name or password, CentreUnreachableError where only the centre could
        tell. Blocks: call it off the UI thread.
        """

    def leave(self) -> None:
        """Ends the session: nothing is synchronised in this person's name any more. Blocks."""
