"""A screen on the desk of someone in particular, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from desktop_app.application.ports.queue import QueueFilter, QueueView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actor import Actor
from desktop_app.domain.commands import Command
from desktop_app.domain.request import Status
from desktop_app.ui.background import Background
from desktop_app.ui.frame.routes import Route, Screen
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.screens import Ports
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.ui.finding import found
from tests.workplaces import TestWorkplace

V = TypeVar("V", bound=QWidget)
W = TypeVar("W", bound=QWidget)


def draw() -> None:
    """Lets Qt put on screen what was added to a layout."""
    QApplication.processEvents()


def strike(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)
    assert line.text() == text
    draw()


@dataclass
class Desk(Generic[V]):
    """A screen with what it was given, and what it asked of its frame."""

    workplace: Workplace
    screen: Screen
    view: V
    went: list[Route] = field(default_factory=list)
    news: list[Callable[[], None]] = field(default_factory=list)

    def tell_news(self) -> None:
        for told in self.news:
            told()

    def find(self, kind: type[W], name: str) -> W:
        draw()
        return found(self.view, kind, name)

    def click(self, name: str) -> None:
        self.button(name).click()
        draw()

    def button(self, name: str) -> QPushButton:
        return self.find(QPushButton, name)

    def line(self, name: str) -> QLineEdit:
        return self.find(QLineEdit, name)

    def type(self, name: str, text: str) -> None:
        """In place of what stands there, as an input method gives it: QTest strikes no Arabic keys."""
        strike(self.line(name), text)

    def offers(self, name: str) -> bool:
        draw()
        return any(one.isVisibleTo(self.view) for one in self.view.findChildren(QPushButton, name))


def desk_of(
    workplace: Workplace,
    make: Callable[[Ports], Screen],
    view: type[V],
    background: Background,
    messages: MessageChannel,
) -> Desk[V]:
    """The screen, not yet on stage."""
    went: list[Route] = []
    news: list[Callable[[], None]] = []

    def go(route: Route) -> bool:
        went.append(route)
        return True

    screen = make(Ports(workplace, background, messages, go, on_news=news.append))
    widget = screen.widget()
    assert isinstance(widget, view)
    return Desk(workplace, screen, widget, went, news)


def requests_in(workplace: Workplace, status: Status) -> list[str]:
    """The ids of the requests that stand in this status, in the order of the queue."""
    views = (QueueView.ALL_OPEN, QueueView.ENDED, *QueueView)
    ids: list[str] = []
    for view in views:
        page = workplace.queries.queue_page(QueueFilter(view, workplace.clock.now(), status=status), None, 500)
        ids += [row.id for row in page.rows if row.status is status and row.id not in ids]
    assert ids, f"no request in {status}"
    return ids


def meanwhile(workplace: TestWorkplace, actor: Actor, command: Command) -> None:
    """Somebody else gives this at the centre, and this workstation, which is online, hears of it."""
    outcome = workplace.centre.centre.give(actor, command)
    assert outcome.request is not None, outcome.refusals
    request = outcome.request
    workplace.centre.publish(FactKind.REQUEST, request.id, request.branch, encode(request))
    workplace.runner.run_once()
