"""Finding a widget by its name, as the guided tour does: a test that names what is not there fails at once."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def found(within: QWidget, kind: type[W], name: str) -> W:
    """The newest widget of that name that is not on its way out."""
    standing = [one for one in within.findChildren(kind, name) if one.isVisibleTo(within)]
    assert standing, f"no {kind.__name__} called {name}"
    return standing[-1]
