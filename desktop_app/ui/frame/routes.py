"""Where one can be: a screen and what it shows; and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.icons import Icon


@dataclass(frozen=True, slots=True)
class Route:
    """``Route("request", {"id": …})``: a place one can return to."""

    screen: str
    args: Mapping[str, str] = field(default_factory=dict)


class Screen(Protocol):
    """One screen. It is made at its first visit and kept."""

    @property
    def title(self) -> str:
        """What the frame writes above it now."""
        ...

    def widget(self) -> QWidget: ...

    def activate(self, route: Route) -> None:
        """Come on stage (also again, with other arguments): ask for data, put the focus where work begins."""
        ...

    def deactivate(self) -> bool:
        """Leave the stage; keep what was typed. False means: stay, something must be decided first."""
        ...


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """How the frame knows a screen. ``navigated`` ones stand in the navigation; ``shortcut`` goes there."""

    name: str
    title: str
    icon: Icon
    make: Callable[[], Screen] = field(compare=False)
    navigated: bool = True
    shortcut: str = ""


class Router(QObject):
    """Keeps the way one came. ``changed`` tells the route that is now shown."""

    changed = Signal(object)

    def __init__(self, may_leave: Callable[[], bool] = lambda: True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.may_leave = may_leave
        self._way: list[Route] = []

    @property
    def current(self) -> Route | None:
        return self._way[-1] if self._way else None

    @property
    def can_go_back(self) -> bool:
        return len(self._way) > 1

    def go(self, route: Route) -> bool:
        """Go to a route; False if the present screen does not let go. Going where one is refreshes it."""
        if self._way and not self.may_leave():
            return False
        if route != self.current:
            self._way.append(route)
        self.changed.emit(route)
        return True

    def start(self, route: Route) -> bool:
        """Go to a route and forget the way: what the navigation does."""
        if self._way and not self.may_leave():
            return False
        self._way = [route]
        self.changed.emit(route)
        return True

    def back(self) -> bool:
        """Return to where one came from."""
        if not self.can_go_back or not self.may_leave():
            return False
        self._way.pop()
        self.changed.emit(self._way[-1])
        return True
