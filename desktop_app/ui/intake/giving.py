"""Gives what the form says: off the UI thread, with a number of the device's series only for what will stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_app.application.workplace import Workplace
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.request import Request


def giving(place: Workplace, command: Lodge | SaveDraft, before: Request | None) -> Callable[[], Outcome]:
    """The work of giving `command` on the request that stood `before`, or as a new one."""

    def give() -> Outcome:
        if before is not None:
            return place.commands.give(command, before.intake.version)
        if not place.commands.rehearse(command).accepted:
            return place.commands.give(command)
        return place.commands.give(replace(command, reference=place.commands.next_reference()))

    return give


def as_draft(command: Lodge) -> SaveDraft:
    """The same content, kept for any counter of the branch to go on with."""
    return SaveDraft(command.request_id, command.reference, command.content)
