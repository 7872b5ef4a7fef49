"""What the queue knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from desktop_app.application.ports.queue import QueueFilter, QueueKey, QueueView
from desktop_app.domain.actor import Role
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.request_status import Status
from desktop_app.texts import name_of, strip_marks
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.queue.lines import district_name, line_of
from desktop_app.ui.tables.model import Page
from desktop_app.ui.theme import Tone

if TYPE_CHECKING:
    from desktop_app.application.ports.queue import Ground
    from desktop_app.application.workplace import Workplace
    from desktop_app.domain.actor import Actor
    from desktop_app.ui.background import Background, Task
    from desktop_app.ui.messages import MessageChannel
    from desktop_app.ui.queue.lines import QueueLine
    from desktop_app.ui.request.glance import Glance
    from desktop_app.ui.tables.model import FetchPage

Choices = tuple[tuple[str, str], ...]
"""Pairs of value and title."""


FROM_PORTAL = "portal"
"""The one value of the filter "source"."""


class QueueDisplay(Protocol):
    def show_tabs(self, views: tuple[QueueView, ...]) -> None:
        """Which saved views this person has at all."""

    def show_choices(self, branches: Choices, statuses: Choices) -> None: ...

    def show_view(self, view: QueueView) -> None:
        """The tab that is on."""

    def show_counts(self, counts: Mapping[QueueView, int]) -> None: ...

    def show_list(self, fetch: FetchPage[QueueLine]) -> None: ...

    def refresh_list(self) -> None:
        """Read again what is shown; the selection stays."""

    def show_preview(self, glance: Glance | None) -> None: ...


def first_view(actor: Actor) -> QueueView:
    """The saved view that this person's desk works from."""
    match actor.role:
        case Role.SUPERVISOR:
            return QueueView.FEES_TO_APPROVE
        case Role.INSPECTOR:
            return QueueView.TODAYS_VISITS
        case Role.BODY_OFFICER:
            return QueueView.LETTERS
        case Role.CLERK if actor.cashier:
            return QueueView.AWAITING_PAYMENT
        case Role.CLERK:
            return QueueView.NEW
        case _:
            return QueueView.ALL_OPEN


def views_of(actor: Actor) -> tuple[QueueView, ...]:
    """The saved views that this person has: an outside body's officer has the letters to their body, and no more; what
    is escalated is the supervisors', and the auditors' to look at."""
    if actor.role is Role.BODY_OFFICER:
        return (QueueView.LETTERS,)
    over_others = actor.role in (Role.SUPERVISOR, Role.AUDITOR)
    return tuple(view for view in QueueView if over_others or view is not QueueView.ESCALATED)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a line are made of; read once and again with every piece of news."""

    ground: Ground
    names: dict[str, str]


class QueuePresenter:
    """Saved view and filters in, pages and a preview out."""

    def __init__(
        self,
        display: QueueDisplay,
        workplace: Workplace,
        background: Background,
        messages: MessageChannel,
        go: Callable[[Route], bool],
        show_count: Callable[..., None],
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._go = go
        self._show_count = show_count
        self._view = first_view(workplace.session.actor)
        self._values: Mapping[str, str] = {}
        self._preview: Task | None = None
        self._begun = False
        self.selected = ""

    @property
    def view(self) -> QueueView:
        return self._view

    def activate(self, wanted: str = "") -> None:
        """Comes on stage; `wanted` names a saved view, "" stays with the present one."""
        changed = wanted in views_of(self._workplace.session.actor) and QueueView(wanted) is not self._view
        if changed:
            self._view = QueueView(wanted)
        self._display.show_tabs(views_of(self._workplace.session.actor))
        self._display.show_view(self._view)
        if not self._begun:
            self._begun = True
            self._list()
            self._count()
            self._background.read(self._read_words, self._offer_choices)
        elif changed:
            self._list()
        else:
            self.news()

    def choose(self, view: str) -> None:
        if QueueView(view) is not self._view:
            self._view = QueueView(view)
            self._list()
        self._count()

    def filter(self, values: Mapping[str, str]) -> None:
        """`values` may hold "branch", "status", "source" and "text"."""
        if dict(values) != dict(self._values):
            self._values = dict(values)
            self._list()
            self._count()

    def news(self) -> None:
        """What the replica holds may have changed."""
        if self._begun:
            self._display.refresh_list()
            self._count()
            if self.selected:
                self.select(self.selected)

    def select(self, request_id: str) -> None:
        """The preview follows the selection."""
        self.selected = request_id
        if self._preview is not None:
            self._preview.cancel()
        self._preview = self._background.read(lambda: self._glance(request_id), self._display.show_preview)

    def open(self, request_id: str) -> None:
        self._go(Route("request", {"id": request_id}))

    def lost(self) -> None:
        """Nothing is selected any more; a preview that is still being read comes too late."""
        self.selected = ""
        if self._preview is not None:
            self._preview.cancel()
        self._display.show_preview(None)

    def _offer_choices(self, words: _Words) -> None:
        actor = self._workplace.session.actor
        branches = tuple(
            (str(one.number), district_name(one.number, words.ground))
            for one in words.ground.districts
            if actor.serves(one.number)
        )
        statuses = tuple((status.value, name_of(status)) for status in Status)
        self._display.show_choices(branches, statuses)

    def _read_words(self) -> _Words:
        queries = self._workplace.queries
        return _Words(queries.ground(), {one.id: one.name_ar for one in queries.staff()})

    def _list(self) -> None:
        self.lost()
        self._display.show_list(self._fetcher())

    def _fetcher(self) -> FetchPage[QueueLine]:
        view, values = self._view, dict(self._values)
        asked: list[tuple[_Words, datetime]] = []

        def fetch(after: object | None, limit: int) -> Page[QueueLine]:
            if after is None or not asked:
                asked[:] = [(self._read_words(), self._workplace.clock.now())]
            words, now = asked[0]
            wanted = self._wanted(view, values, now)
            key = after if isinstance(after, QueueKey) else None
            page = self._workplace.queries.queue_page(wanted, key, limit)
            lines = tuple(line_of(row, words.ground, words.names, now) for row in page.rows)
            if view is QueueView.LETTERS:
                lines = self._with_letters(lines, now)
            elif view is QueueView.ESCALATED:
                lines = _with_reasons(lines, words)
            return Page(lines, page.next)

        return fetch

    def _with_letters(self, lines: tuple[QueueLine, ...], now: datetime) -> tuple[QueueLine, ...]:
        # Only this view needs the whole of the reference data, and the rules of letters.
        from desktop_app.ui.queue.letter_lines import letter_line
        from desktop_app.ui.request.naming import Naming

        naming = Naming(self._workplace.queries.reference())
        return tuple(letter_line(line, naming, self._workplace.session.actor, now) for line in lines)

    def _wanted(self, view: QueueView, values: Mapping[str, str], now: datetime) -> QueueFilter:
        branch, status = values.get("branch", ""), values.get("status", "")
        return QueueFilter(
            view=view,
            as_of=now,
            branch=int(branch) if branch else None,
            status=Status(status) if status else None,
            from_portal=values.get("source", "") == FROM_PORTAL,
            text=ascii_digits(strip_marks(values.get("text", ""))),
        )

    def _count(self) -> None:
        branch = self._values.get("branch", "")
        wanted = int(branch) if branch else None
        queries, clock = self._workplace.queries, self._workplace.clock
        self._background.read(lambda: queries.queue_counts(clock.now(), wanted), self._counted)

    def _counted(self, counts: Mapping[QueueView, int]) -> None:
        self._display.show_counts(counts)
        late = counts.get(QueueView.LATE, 0)
        own = counts.get(first_view(self._workplace.session.actor), 0)
        self._show_count("queue", own, Tone.LATE if late and own else Tone.PLAIN)

    def _glance(self, request_id: str) -> Glance | None:
        # The first preview comes after the first page, and needs the whole of the domain.
        from desktop_app.ui.request.glance import glance_at
        from desktop_app.ui.request.naming import Naming

        queries, names = self._workplace.queries, self._read_words().names
        try:
            view = queries.get_request(request_id)
        except KeyError:
            return None  # it has left this person's scope since the page was read
        return glance_at(view, Naming(queries.reference(), names, view.parent), self._workplace.clock.now())


def _with_reasons(lines: tuple[QueueLine, ...], words: _Words) -> tuple[QueueLine, ...]:
    # Only this view needs the rules of forecasts.
    from desktop_app.ui.queue.escalated_lines import escalated_line

    return tuple(escalated_line(line, words.ground.calendar) for line in lines)
