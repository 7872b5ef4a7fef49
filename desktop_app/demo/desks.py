"""Who of the sample staff sits where, on which device, and which series their devices have reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.demo.staff import STAFF
from desktop_app.domain.actor import REGISTRAR, Actor, Role
from desktop_app.domain.identifiers import receipt_number


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at a device."""

    actor: Actor
    device: str


@dataclass
class Desks:
    """The seats of every branch and the running numbers of their devices. The devices are of the past: none bears
    the name of a workstation that is in use."""

    staff: tuple[Actor, ...] = STAFF
    _serials: dict[str, int] = field(default_factory=dict)

    def clerk(self, branch: int) -> Seat:
        return Seat(self._first(Role.CLERK, branch), f"D{branch:02d}")

    def cashier(self, branch: int) -> Seat:
        seated = next(one for one in self.staff if one.cashier and one.serves(branch))
        return Seat(seated, f"Q{branch:02d}")

    def supervisor(self, branch: int) -> Seat:
        return Seat(self._first(Role.SUPERVISOR, branch), f"S{branch:02d}")

    def inspectors(self, branch: int) -> tuple[Seat, ...]:
        serving = [one for one in self.staff if one.role is Role.INSPECTOR and one.serves(branch)]
        return tuple(Seat(one, f"T-{one.id}") for one in serving)

    def answering(self, body: str, branch: int) -> Seat:
        """Who records an outside body's answer: its own officer if the staff has one, else the counter."""
        officer = next((one for one in self.staff if one.body == body), None)
        return Seat(officer, f"B-{body}") if officer else self.clerk(branch)

    def centre(self) -> Seat:
        return Seat(REGISTRAR, "centre")

    def reference(self, branch: int) -> str:
        """The next readable number for a new request of the branch's counter."""
        device = self.clerk(branch).device
        return f"{device}-{self._next(device):06d}"

    def receipt(self, branch: int, year: int) -> str:
        """The next number of the branch's receipt series of a year."""
        device = self.cashier(branch).device
        return receipt_number(year, branch, device, self._next(f"{device}/{year}"))

    def sheet(self, branch: int) -> str:
        """The serial on the next blank certificate sheet."""
        return f"{branch:02d}{self._next(f'sheets/{branch}'):06d}"

    def _first(self, role: Role, branch: int) -> Actor:
        return next(one for one in self.staff if one.role is role and one.serves(branch))

    def _next(self, series: str) -> int:
        self._serials[series] = self._serials.get(series, 0) + 1
        return self._serials[series]
