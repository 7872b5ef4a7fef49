"""The board of the day on screen. Names: `today.view.<view>` for each counter, `today.visits`, `today.late`,
`today.day_close` for a cashier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.application.ports.queue import QueueView
from desktop_app.texts import name_of, tr
from desktop_app.ui.background import Background
from desktop_app.ui.icons import Icon
from desktop_app.ui.queue.lines import QueueLine
from desktop_app.ui.queue.table import queue_columns
from desktop_app.ui.tables.columns import Column
from desktop_app.ui.tables.model import FetchPage, LazyTableModel
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.today.counter import Counter
from desktop_app.ui.today.presenter import VisitLine
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.states import Stateful, empty, loading

if TYPE_CHECKING:
    from desktop_app.ui.letters.presenter import LettersPresenter
    from desktop_app.ui.letters.window import LetterWindow

_TONES = {QueueView.LATE: Tone.LATE, QueueView.ESCALATED: Tone.LATE}


@dataclass(frozen=True, slots=True)
class TodayCalls:
    view: Callable[[QueueView], None] = field(compare=False)
    visit: Callable[[str], None] = field(compare=False)
    request: Callable[[str], None] = field(compare=False)


class TodayWidget(QWidget):
    """Counters over two lists."""

    def __init__(self, counters: tuple[QueueView, ...], background: Background, cashier: bool = False) -> None:
        super().__init__()
        self._letters: LettersPresenter | None = None
        self.letter_window: LetterWindow | None = None
        self.day_close = button(tr("Day close"), "quiet", Icon.PRINT)
        self.day_close.setObjectName("today.day_close")
        self.day_close.setToolTip(tr("What you took today on this computer, on paper"))
        self.day_close.setVisible(cashier)
        self.setObjectName("today")
        self.day = label(kind=Type.BODY, tone=Tone.MUTED)
        self.greeting = label(kind=Type.HEADING)
        self.counters = {
            view: Counter(f"today.view.{view.value}", name_of(view), _TONES.get(view, Tone.ACCENT)) for view in counters
        }
        self.visits_model: LazyTableModel[VisitLine] = LazyTableModel(_visit_columns(), _visit_id, background, self)
        self.late_model: LazyTableModel[QueueLine] = LazyTableModel(_late_columns(), _line_id, background, self)
        self.visits, self.late = TableView(self.visits_model), TableView(self.late_model)
        self.visits.setObjectName("today.visits")
        self.late.setObjectName("today.late")
        self._visits_place, self._late_place = Stateful(self.visits), Stateful(self.late)
        tiles = row(*self.counters.values(), gap=2)
        whole = column(
            row(self.greeting, 1, self.day_close, self.day, gap=2),
            tiles,
            label(tr("Today's visits"), Type.BODY, strong=True),
            self._visits_place,
            label(tr("Past the promised time"), Type.BODY, strong=True),
            self._late_place,
            gap=1.5,
            margin=3,
        )
        whole.setStretch(3, 1)
        whole.setStretch(5, 1)
        self.setLayout(whole)
        self.visits_model.filled.connect(self._visits_filled)
        self.late_model.filled.connect(self._late_filled)

    def attach(self, calls: TodayCalls) -> None:
        for view, counter in self.counters.items():
            counter.clicked.connect(lambda _=False, wanted=view: calls.view(wanted))
        self.visits.opened.connect(lambda row_id: calls.visit(str(row_id)))
        self.late.opened.connect(lambda row_id: calls.request(str(row_id)))

    def show_letter(self, title: str, pdf: bytes, printers: tuple[str, ...], background: Background) -> None:
        from desktop_app.ui.letters.window import open_letter

        letters = self._letters
        assert letters is not None
        self.letter_window = open_letter(title, pdf, printers, background, letters, self)

    def attach_close(self, letters: Callable[[], LettersPresenter], draw: Callable[[], bytes]) -> None:
        """`letters` is asked for at the first click: the day begins without the windows of papers."""

        def close() -> None:
            if self._letters is None:
                self._letters = letters()
            self._letters.draw(tr("Day close"), draw)

        self.day_close.clicked.connect(close)

    def focus_work(self) -> None:
        """Where the day begins: the first counter."""
        next(iter(self.counters.values())).setFocus()

    def show_day(self, words: str, greeting: str) -> None:
        self.day.setText(words)
        self.greeting.setText(greeting)

    def show_counts(self, counts: Mapping[QueueView, int]) -> None:
        for view, counter in self.counters.items():
            counter.show_count(counts.get(view, 0))

    def show_visits(self, fetch: FetchPage[VisitLine]) -> None:
        if not self.visits_model.settled:
            self._visits_place.show_state(loading())
        self.visits_model.show(fetch)

    def show_late(self, fetch: FetchPage[QueueLine]) -> None:
        if not self.late_model.settled:
            self._late_place.show_state(loading())
        self.late_model.show(fetch)

    def _visits_filled(self) -> None:
        if self.visits_model.rowCount():
            self._visits_place.show_content()
        else:
            self._visits_place.show_state(empty(tr("No visit is booked for today")))

    def _late_filled(self) -> None:
        if self.late_model.rowCount():
            self._late_place.show_content()
        else:
            self._late_place.show_state(empty(tr("Nothing is late")))


def _visit_id(line: VisitLine) -> str:
    return line.id


def _line_id(line: QueueLine) -> str:
    return line.id


def _visit_columns() -> tuple[Column[VisitLine], ...]:
    return (
        Column("window", tr("Time"), lambda line: line.window, 20),
        Column("number", tr("Number"), lambda line: line.number, 18),
        Column("applicant", tr("Applicant"), lambda line: line.applicant),
        Column("where", tr("Where"), lambda line: line.where, 48),
        Column("inspector", tr("Inspector"), lambda line: line.inspector, 20, tone=_mine),
    )


def _mine(line: VisitLine) -> Tone:
    return Tone.ACCENT if line.mine else Tone.MUTED


def _late_columns() -> tuple[Column[QueueLine], ...]:
    wanted = ("number", "applicant", "district", "status", "waits", "time")
    return tuple(one for one in queue_columns() if one.name in wanted)
