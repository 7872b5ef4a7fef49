"""The table of the program's screens: what the frame may go to, and how each is made at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.application.workplace import Workplace
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.frame.routes import Route, Screen, ScreenEntry
from desktop_app.ui.icons import Icon
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.theme import Tone


def _nothing() -> None:
    """For a screen that stands without a frame."""


def _no_count(screen: str, count: int, tone: Tone = Tone.PLAIN) -> None:
    """For a screen that stands without a frame."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What every screen is given. `go` navigates, `retitle` asks the frame to read the title anew, `show_count`
    puts a figure beside a screen's name in the navigation."""

    workplace: Workplace
    background: Background
    messages: MessageChannel
    go: Callable[[Route], bool]
    retitle: Callable[[], None] = _nothing
    show_count: Callable[..., None] = _no_count


def screen_entries(ports: Ports) -> tuple[ScreenEntry, ...]:
    """All screens in the order of the navigation. A screen's module is imported at its first visit."""
    return (
        ScreenEntry("intake", tr("New request"), Icon.INTAKE, lambda: _intake(ports), shortcut="Ctrl+N"),
        ScreenEntry("dues", tr("Dues notice"), Icon.MONEY, lambda: _dues(ports), navigated=False),
    )


def _intake(ports: Ports) -> Screen:
    from desktop_app.ui.intake.screen import IntakeScreen

    return IntakeScreen(ports)


def _dues(ports: Ports) -> Screen:
    from desktop_app.ui.dues.screen import DuesScreen

    return DuesScreen(ports)
