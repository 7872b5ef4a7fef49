"""The one channel by which the program tells the user something. Modal boxes are for decisions only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Signal


class Level(StrEnum):
    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something said, in the language in use.

    An error has three parts: what happened, what was kept, what to do. ``reference`` is the code under which
    the log holds more. ``action`` is a labelled thing to do about it at once.
    """

    level: Level
    happened: str
    kept: str = ""
    todo: str = ""
    reference: str = ""
    passing: bool = False
    """Trouble that is over as soon as something could be done again: the notice goes then."""
    action_label: str = ""
    action: Callable[[], None] | None = field(default=None, compare=False)


class MessageChannel(Protocol):
    """What presenters hold."""

    def done(self, happened: str) -> None: ...
    def info(self, happened: str, *, todo: str = "") -> None: ...
    def warning(self, happened: str, *, kept: str = "", todo: str = "") -> None: ...
    def error(self, happened: str, *, kept: str = "", todo: str = "") -> None: ...
    def post(self, notice: Notice) -> None: ...


class Messages(QObject):
    """The channel of a window: whoever shows notices listens to ``posted``."""

    posted = Signal(object)

    def post(self, notice: Notice) -> None:
        self.posted.emit(notice)

    def done(self, happened: str) -> None:
        """A thing the user asked for is done; goes away by itself."""
        self.post(Notice(Level.DONE, happened))

    def info(self, happened: str, *, todo: str = "") -> None:
        self.post(Notice(Level.INFO, happened, todo=todo))

    def warning(self, happened: str, *, kept: str = "", todo: str = "") -> None:
        self.post(Notice(Level.WARNING, happened, kept, todo))

    def error(self, happened: str, *, kept: str = "", todo: str = "") -> None:
        """Stays until it is closed."""
        self.post(Notice(Level.ERROR, happened, kept, todo))
