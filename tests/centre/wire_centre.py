"""The real centre behind the face of `tests.domain.centre_in_memory`: what is given goes by `submit`, what is seen
comes by `pull`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desktop_app.domain.actions import row_of
from desktop_app.domain.actor import Actor
from desktop_app.domain.commands import Command, kind_of
from desktop_app.domain.deciding import Context, NoNumbers, Outcome
from desktop_app.domain.history import Event
from desktop_app.domain.licence import Licence
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import TYPE_OF, FactKind, StoredOutcome, StoredPaper
from tests.domain.builders import make_reference
from tests.postgres_fixture import Hand, SampleCentre


class WireCentre:
    """A workstation per person, all at the device K1 unless `devices` says otherwise."""

    def __init__(self, centre: SampleCentre, devices: dict[str, str] | None = None, page: int = 7) -> None:
        self.centre = centre
        self.reference: Reference = make_reference()
        self.dues: dict[str, Any] = {}
        self.rows: dict[FactKind, dict[str, Any]] = {kind: {} for kind in FactKind}
        self._devices = devices or {}
        self._page = page
        self._hands: dict[str, Hand] = {}
        self._reached: dict[int, int] = {}

    @property
    def now(self) -> datetime:
        return self.centre.clock.now()

    @now.setter
    def now(self, moment: datetime) -> None:
        self.centre.clock.moment = moment

    @property
    def requests(self) -> dict[str, Request]:
        return self.rows[FactKind.REQUEST]

    @property
    def licences(self) -> dict[str, Licence]:
        return self.rows[FactKind.LICENCE]

    @property
    def events(self) -> list[Event]:
        return list(self.rows[FactKind.EVENT].values())

    @property
    def notices(self) -> list[Notice]:
        return list(self.rows[FactKind.NOTICE].values())

    @property
    def papers(self) -> list[StoredPaper]:
        return list(self.rows[FactKind.PAPER].values())

    def case(self, request_id: str, *, content: object = None, day: date | None = None) -> Any:
        raise NotImplementedError("a workstation's own affair")

    def context(self, actor: Actor, base: int = 0) -> Context:
        return Context("-", actor, "K1", self.now, self.now, base, self.reference, NoNumbers())

    def hand(self, login: str) -> Hand:
        if login not in self._hands:
            self._hands[login] = self.centre.hand(login, self._devices.get(login, "K1"))
        return self._hands[login]

    def base_of(self, command: Command) -> int:
        request = self.requests.get(command.request_id)
        kind = kind_of(command)
        return request.version_of(row_of(kind.action).track, kind.part(command)) if request else 0

    def give(self, actor: Actor, command: Command, *, base: int | None = None, final: bool = True) -> Outcome:
        sent = self.hand(actor.id).send(command, self.base_of(command) if base is None else base)
        self.decide()
        self.pull(actor.id)
        stored: StoredOutcome = self.rows[FactKind.OUTCOME][sent]
        return Outcome(refusals=stored.refusals)

    def decide(self) -> None:
        self.centre.registrar.drain()

    def pull(self, login: str = "clerk") -> None:
        """Everything new of every branch in scope, page by small page."""
        link = self.hand(login).link
        for branch in link.scope().branches:
            more = True
            while more:
                page = link.pull(branch, self._reached.get(branch, 0), self._page)
                for row in page.rows:
                    assert row.sequence > self._reached.get(branch, 0)
                    self._reached[branch] = row.sequence
                    if row.body is None:
                        self.rows[row.kind].pop(row.id, None)
                    else:
                        self.rows[row.kind][row.id] = decode(row.body, TYPE_OF[row.kind])
                self._reached[branch] = page.reached
                more = page.more
