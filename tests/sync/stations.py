"""One workstation with the shipped store, desk and engine, and a line to a fake centre that can be cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.application.command_desk import ReplicaDesk
from desktop_app.application.provisional import decide_again
from desktop_app.application.sealed_keys import make_key
from desktop_app.application.workplace import Session
from desktop_app.domain.commands import Command
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.request import Request
from desktop_app.storage.papers import StorePapers
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.centre_link import CentreUnreachableError
from desktop_app.sync.engine import Engine, Round
from tests.domain.builders import NOW
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeCentre, FakeLink, FixedClock
from tests.workplaces import CHEAP, STAFF


class Cut:
    """Cuts the line before the `after`-th call from now on (None: never)."""

    def __init__(self) -> None:
        self.after: int | None = None
        self.calls: list[str] = []

    def __call__(self, name: str) -> None:
        self.calls.append(name)
        if self.after is not None:
            self.after -= 1
            if self.after < 0:
                raise CentreUnreachableError(name)


class Station:
    """`login` works at `device`; the first round brings everything."""

    def __init__(
        self, file: Path, centre: FakeCentre, device: str, login: str, branches: Sequence[int] = (8, 9)
    ) -> None:
        self.file, self.centre, self.device = file, centre, device
        self.branches = tuple(branches)
        self.cut = Cut()
        self.page: int | None = None
        self.clock = FixedClock(NOW)
        self.store = Store.open(file, STORE_KEY)
        self._log_in(login)
        self.round()

    def _log_in(self, login: str) -> None:
        self.login = login
        actor = next(one for one in STAFF if one.id == login)
        _, signer = make_key("", "", CHEAP)
        self.link().register_key(signer.public)
        self.desk = ReplicaDesk(self.store, Session(actor, self.device, 8, online=True), signer, self.clock)
        self._made_ready()

    def reopen(self) -> None:
        """As a fresh start of the program: the store is opened again, and the same person signs in."""
        self.store = Store.open(self.file, STORE_KEY)
        self._log_in(self.login)

    def _made_ready(self) -> None:
        self.queries = StoreQueries(self.store)
        self.papers = StorePapers(self.store)
        self.engine: Engine[ReplicaWrites] = Engine(self.store, decide_again, self.clock.now)

    def change_user(self, login: str) -> None:
        self._log_in(login)

    def link(self) -> FakeLink:
        return FakeLink(self.centre, self.login, self.device, self.branches, self.cut, page=self.page)

    def round(self) -> Round:
        return self.engine.round(self.link())

    def drain(self) -> None:
        """Until nothing is pending: the centre decides in between."""
        for _ in range(5):
            self.round()
            self.centre.decide_all()
            self.round()
            tally = self.store.tally()
            if not tally.waiting + tally.sent:
                return
        raise AssertionError("what is pending does not drain")

    def give(self, command: Command) -> Outcome:
        outcome = self.desk.give(command)
        assert outcome.accepted, outcome.refusals
        return outcome

    def find_request(self, request_id: str) -> Request | None:
        with self.store.reading() as reads:
            return reads.find_request(request_id)

    def close(self) -> None:
        self.store.close()


def visible(store: Store) -> dict[tuple[str, str], bytes]:
    """All the facts that screens can see, but for outcomes and the bytes of papers."""
    kinds = {
        "request": "id", "licence": "number", "event": "id", "notice": "id",
        "staff": "id", "dues": "id", "reference": "id", "paper": "id",
        "booking": "id",
    }  # fmt: skip
    with store.reading() as reads:
        return {
            (kind, key): body
            for kind, column in kinds.items()
            for key, body in reads.driver.execute(f"SELECT {column}, body FROM {kind}")
        }


def said(centre: FakeCentre, branches: Sequence[int] = (0, 8, 9)) -> dict[tuple[str, str], bytes]:
    """What the centre's feed says stands, in the same shape."""
    return {
        (row.kind.value, row.id): row.body
        for branch in branches
        for row in centre.feed.get(branch, {}).values()
        if row.body is not None and row.kind.value != "outcome"
    }
