"""More bugs put in on purpose: such as a hurried change to the store, the engine or the registrar could bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from desktop_app.application.ports.centre import CentreWork
from desktop_app.application.provisional import decide_again
from desktop_app.application.registrar import Registrar
from desktop_app.application.verification import Verified
from desktop_app.domain.actions import row_of
from desktop_app.domain.actor import Actor
from desktop_app.domain.commands import kind_of
from desktop_app.domain.deciding import Context
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.engine import Engine
from desktop_app.sync.replica import PendingCommand
from desktop_app.wire.facts import FeedPage
from tests.torture.tale import PlainPapers, notice_words
from tests.torture.workstation import MortalStore, Writes
from tests.torture.world import Parts, World


class CursorFirstEngine(Engine[ReplicaWrites]):
    """Sets the cursor in a transaction of its own, before the page it belongs to is stored."""

    def _take(self, page: FeedPage) -> None:
        with self._replica.writing() as writing:
            writing.advance(page.branch, page.epoch, page.reached)
        super()._take(page)


class HastyWrites(ReplicaWrites):
    """A command leaves the log when the centre has taken it, and not when its outcome has come by."""

    def mark_sent(self, commands: Sequence[PendingCommand]) -> None:
        self.driver.executemany("DELETE FROM command WHERE id = ?", [(one.command_id,) for one in commands])


class SilentWrites(ReplicaWrites):
    """After a restore, what the centre had confirmed before is not sent again."""

    def begin_epoch(self, epoch: str) -> None:
        confirmed = self.driver.execute("SELECT id FROM command WHERE state <> 'waiting'").fetchall()
        super().begin_epoch(epoch)
        self.driver.executemany("UPDATE command SET state = 'confirmed' WHERE id = ? AND state = 'waiting'", confirmed)


class ForgivingRegistrar(Registrar):
    """Takes every command as if it had been given on what stands now: what followed on a refused one, and what two
    people did unseen by each other."""

    def _context(self, verified: Verified, actor: Actor, work: CentreWork) -> Context:
        context, command = super()._context(verified, actor, work), verified.command
        request = work.facts.find_request(verified.envelope.request_id)
        if request is None:
            return context
        kind = kind_of(command)
        return replace(context, base=request.version_of(row_of(kind.action).track, kind.part(command)))


def _writing(kind: type[ReplicaWrites]) -> Writes:
    return lambda opened: kind(opened.driver)


def _cursor_first(store: MortalStore, now: Callable[[], datetime]) -> Engine[ReplicaWrites]:
    return CursorFirstEngine(store, decide_again, now)


def _forgiving(world: World) -> Registrar:
    return ForgivingRegistrar(world.store, world, notice_words, PlainPapers())


DEEPER: dict[str, Parts] = {
    "a cursor without its page": Parts(engine=_cursor_first),
    "a command dropped when it was taken": Parts(writes=_writing(HastyWrites)),
    "nothing sent again after a restore": Parts(writes=_writing(SilentWrites)),
    "a decision that looks at no version": Parts(registrar=_forgiving),
}
