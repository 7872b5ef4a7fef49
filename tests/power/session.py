"""A morning at a counter that is recorded: commands given and rounds with the centre, each told to somebody as done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.domain.commands import Command
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.storage import connections, opening
from desktop_app.storage.opening import Connection, StoreKey
from tests.power.recording import Recording
from tests.workplaces import TestWorkplace, content_for, make_workplace, sample_centre

STORE = "K1.db"
REQUESTS = 48
COMMAND, REFERENCE = "command", "reference"
"""What somebody is told of, each with its number."""


def record(folder: Path) -> Recording:
    """Runs it in `folder` and gives back all that was asked of the disk."""
    recording = Recording(folder)
    with recording.running():
        workplace = make_workplace(folder, centre=sample_centre(0, REQUESTS, ()), online=True)
        try:
            _work(workplace, recording)
        finally:
            workplace.close()
    return recording


def _work(workplace: TestWorkplace, recording: Recording) -> None:
    told = 0
    for at in range(REQUESTS):
        reference = workplace.commands.next_reference()
        recording.done(f"{REFERENCE} {reference}")
        request_id = workplace.commands.new_request_id()
        given: list[Command] = [Lodge(request_id, reference, content_for(at))]
        if at % 3:
            given.append(Accept(request_id))
        if at % 5 == 4:
            given.append(Withdraw(request_id, "زالت الحاجة"))
        for command in given:
            outcome = workplace.commands.give(command)
            assert outcome.accepted, outcome.refusals
            told += 1
            recording.done(f"{COMMAND} {told}")
        if at % 12 == 11:
            workplace.runner.run_once()


@contextmanager
def less_careful(synchronous: str) -> Iterator[None]:
    """The store with another `synchronous` than it ships with: what the cuts must find."""

    def open_writer(file: Path, key: StoreKey) -> Connection:
        connection = opening.open_writer(file, key)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "open_writer", open_writer)
        yield
