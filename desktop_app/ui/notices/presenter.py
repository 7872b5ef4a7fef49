"""What the list of messages knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.workplace import Workplace
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.notices import Notice, NoticeState
from desktop_app.texts import name_of, strip_marks, tr
from desktop_app.texts.clock_words import short_moment
from desktop_app.texts.quantities import code
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.tables.model import FetchPage, Page


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One message in words. `state` is what has become of it."""

    id: str
    request_id: str
    kind: str
    to: str
    text: str
    when: str
    request: str
    state: NoticeState


class NoticesDisplay(Protocol):
    def show_list(self, fetch: FetchPage[NoticeLine]) -> None: ...

    def refresh_list(self) -> None: ...


class NoticesPresenter:
    """Search in, pages out, and from a message to its request."""

    def __init__(self, display: NoticesDisplay, workplace: Workplace, go: Callable[[Route], bool]) -> None:
        self._display = display
        self._workplace = workplace
        self._go = go
        self._text = ""
        self._begun = False

    def activate(self) -> None:
        if self._begun:
            self._display.refresh_list()
        else:
            self._begun = True
            self._display.show_list(self._fetcher())

    def filter(self, values: Mapping[str, str]) -> None:
        if values.get("text", "") != self._text:
            self._text = values.get("text", "")
            self._display.show_list(self._fetcher())

    def open(self, line: NoticeLine) -> None:
        self._go(Route("request", {"id": line.request_id}))

    def _fetcher(self) -> FetchPage[NoticeLine]:
        text, queries = ascii_digits(strip_marks(self._text)), self._workplace.queries

        def fetch(after: object | None, limit: int) -> Page[NoticeLine]:
            page = queries.message_page(text, after if isinstance(after, str) else None, limit)
            return Page(tuple(line_of(one) for one in page.rows), page.next)

        return fetch


def line_of(notice: Notice) -> NoticeLine:
    numbers = [value for name, value in notice.args if name == "number"]
    return NoticeLine(
        id=notice.id,
        request_id=notice.request_id,
        kind=name_of(notice.kind),
        to=code(notice.to),
        text=notice.text_ar or tr("The centre writes the text when it sends the message."),
        when=short_moment(notice.sent_at or notice.made_at),
        request=code(str(numbers[0])) if numbers else "",
        state=notice.stands,
    )
