"""A gateway for tests that does as it is told, and remembers whom it told what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.application.sending import Sender
from desktop_app.centre.outbox import PostgresOutbox
from desktop_app.centre.store import PostgresStore
from desktop_app.domain.delivery import Answer
from tests.postgres_fixture import SampleCentre


class PowerCut(BaseException):
    """Ends the sending process, wherever it is."""


@dataclass
class ScriptedGateway:
    """`plan` says for each attempt what happens: whether the notice reaches the network, and what is answered."""

    plan: Callable[[Attempt], tuple[bool, Answered | BaseException]] = lambda _: (True, Answered(Answer.ACCEPTED))
    knows_ids: bool = False
    name: str = "scripted"
    lease: timedelta = timedelta(minutes=2)
    tried: list[Attempt] = field(default_factory=list)
    told: list[Attempt] = field(default_factory=list)
    """What went out to telephones, in order."""

    def send(self, attempt: Attempt) -> Answered:
        self.tried.append(attempt)
        reaches, answer = self.plan(attempt)
        if reaches and not (self.knows_ids and any(one.notice_id == attempt.notice_id for one in self.told)):
            self.told.append(attempt)
        if isinstance(answer, BaseException):
            raise answer
        return answer


def always(answer: Answer, *, reaches: bool | None = None) -> Callable[[Attempt], tuple[bool, Answered]]:
    return lambda _: (answer is Answer.ACCEPTED if reaches is None else reaches, Answered(answer, detail="as told"))


def outbox_of(centre: SampleCentre) -> PostgresOutbox:
    """With a connection of its own, as another process has."""
    store = PostgresStore(centre.registrar_conninfo)
    centre.at_end(store.close)
    return PostgresOutbox(store)


def sender_of(centre: SampleCentre, gateway: ScriptedGateway) -> Sender:
    return Sender(outbox_of(centre), gateway, centre.clock, lambda: 1.0)


def write_letters(centre: SampleCentre, *notices: str, to: str = "+962791234567", words: str = "نص") -> None:
    """Straight into the outbox, as a decision leaves them; no case knows of them."""
    with centre.store.statements() as connection:
        for notice in notices:
            connection.execute(
                "insert into tajzia.outbox (notice_id, recipient, words, written_at) values (%s, %s, %s, %s)",
                (notice, to, words, centre.clock.now()),
            )


def states(centre: SampleCentre) -> dict[str, str]:
    return dict(centre.query("select notice_id, state from tajzia.outbox order by place"))
