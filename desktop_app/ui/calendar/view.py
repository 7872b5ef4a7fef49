"""The calendar. Names: calendar.back, calendar.this_week, calendar.forth, calendar.by_inspector, calendar.by_district,
calendar.district, calendar.lists, calendar.lists_menu, calendar.tray, calendar.menu,
calendar.<inspector or district-n>.<day>.<window>."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QLabel, QMenu, QPushButton, QWidget

from desktop_app.domain.reference import District
from desktop_app.texts import tr
from desktop_app.texts.clock_words import day_of_month, long_date, weekday_name
from desktop_app.texts.quantities import digits
from desktop_app.ui.background import Background
from desktop_app.ui.calendar.cell import SlotCell
from desktop_app.ui.calendar.presenter import CalendarPresenter
from desktop_app.ui.calendar.rows import Box, Grouping, Place, Row, district_name
from desktop_app.ui.calendar.tray import Tray, request_of
from desktop_app.ui.calendar.week import Day, Week, stands
from desktop_app.ui.icons import Icon
from desktop_app.ui.letters.presenter import LettersPresenter
from desktop_app.ui.letters.window import LetterWindow, open_letter
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row, scrolled
from desktop_app.ui.widgets.sections import Card, holding

_FIRST_DAY = 2
"""Column 0 holds the titles, column 1 the hours."""


class CalendarWidget(QWidget):
    """The week beside the tray."""

    presenter: CalendarPresenter

    def __init__(
        self, presenter_of: Callable[[CalendarWidget], CalendarPresenter], open_request: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._open_request = open_request
        self._letters: LettersPresenter | None = None
        self.letter_window: LetterWindow | None = None
        self.cells: dict[Place, SlotCell] = {}
        self._order: dict[tuple[int, int], SlotCell] = {}
        self._shown: object = None
        self._dragging = False
        self._waiting: tuple[Week, tuple[Row, ...]] | None = None
        self.tray = Tray()
        self.tray.itemSelectionChanged.connect(lambda: self.presenter.choose(self.tray.chosen))
        self.tray.itemDoubleClicked.connect(lambda item: open_request(request_of(item)))
        self.tray.lifted.connect(self._lift)
        self.tray.let_go.connect(self._let_go)
        self.heading = label(kind=Type.HEADING, strong=True)
        self.district = QComboBox()
        self.district.setObjectName("calendar.district")
        self.district.setAccessibleName(tr("District"))
        self.district.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.district.currentIndexChanged.connect(lambda _: self.presenter.show_district(self.district.currentData()))
        self.lists = button(tr("Day lists"), "quiet", Icon.PRINT, self._offer_lists)
        self.lists.setObjectName("calendar.lists")
        self.lists.setToolTip(tr("The visits of one inspector on one day, on paper"))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(0.25))
        self._nobody = label(tr("No inspector serves this district."), tone=Tone.MUTED)
        self._nothing = label(tr("No visit waits to be booked."), tone=Tone.MUTED, wrap=True)
        hint = tr("Choose a visit, then drag it into the week, or press Enter on a time.")
        self._waits = Card(
            tr("Visits to be booked"), self._nothing, self.tray, label(hint, Type.SMALL, Tone.MUTED, wrap=True)
        )
        self._waits.setFixedWidth(space(36))
        self.setLayout(self._arranged())
        self.presenter = presenter_of(self)
        self._waits.setVisible(self.presenter.may_book)

    def _arranged(self) -> QGridLayout:
        head = row(
            self._turn("calendar.back", tr("Week before"), -1, Icon.BACK),
            self._turn("calendar.this_week", tr("This week"), 0),
            self._turn("calendar.forth", tr("Week after"), 1, Icon.NEXT),
            self.heading,
            1,
            self.lists,
            *self._groupings(),
            self.district,
            gap=1,
        )
        stage = scrolled(holding(column(holding(self._grid), 1)))
        whole = QGridLayout()
        margin = space(2)
        whole.setContentsMargins(margin, margin, margin, margin)
        whole.setSpacing(space(2))
        whole.addLayout(head, 0, 0, 1, 2)
        whole.addWidget(self._waits, 1, 0)
        whole.addLayout(column(self._nobody, stage), 1, 1)
        whole.setColumnStretch(1, 1)
        whole.setRowStretch(1, 1)
        return whole

    def attach(self, letters: LettersPresenter) -> None:
        self._letters = letters

    def show_letter(self, title: str, pdf: bytes, printers: tuple[str, ...], background: Background) -> None:
        letters = self._letters
        assert letters is not None
        self.letter_window = open_letter(title, pdf, printers, background, letters, self)

    def focus_work(self) -> None:
        """Puts the focus where booking begins."""
        self.tray.setFocus()

    def show_districts(self, districts: tuple[District, ...]) -> None:
        if self.district.count():
            return
        self.district.blockSignals(True)
        self.district.addItem(tr("All districts"), None)
        for one in districts:
            self.district.addItem(district_name(one), one.number)
        self.district.blockSignals(False)

    def show_week(self, week: Week, rows: tuple[Row, ...]) -> None:
        if self._dragging:
            self._waiting = week, rows  # what is held in the hand must not be torn away under it
            return
        self.heading.setText(tr("Week of {day}", day=long_date(week.days[0].day)))
        self._nobody.setVisible(not week.inspectors)
        shown = (week.days, week.today, week.tray, rows)
        if shown != self._shown:
            self._shown = shown
            self._show_grid(week, rows)
        self.tray.show_visits(week.tray, week.chosen.request_id if week.chosen else "")
        self.tray.setVisible(bool(week.tray))
        self._nothing.setVisible(not week.tray)

    def show_conflicts(self, choosing: bool, conflicts: Mapping[Place, str]) -> None:
        for place, cell in self.cells.items():
            cell.show_conflict(choosing and cell.works, conflicts.get(place, "") if cell.works else "")

    def _turn(self, name: str, text: str, weeks: int, icon: Icon | None = None) -> QWidget:
        made = button(text, "quiet", icon, lambda: self.presenter.go_to_week(weeks))
        made.setObjectName(name)
        return made

    def _groupings(self) -> tuple[QPushButton, ...]:
        self._group = QButtonGroup(self)
        words = {Grouping.INSPECTOR: tr("By inspector"), Grouping.DISTRICT: tr("By district")}
        made = {grouping: button(text, "view") for grouping, text in words.items()}
        for grouping, one in made.items():
            one.setObjectName(f"calendar.by_{grouping.value}")
            one.setCheckable(True)
            one.setChecked(grouping is Grouping.INSPECTOR)
            one.clicked.connect(lambda _=False, wanted=grouping: self.presenter.group_by(wanted))
            self._group.addButton(one)
        return tuple(made.values())

    def _show_grid(self, week: Week, rows: tuple[Row, ...]) -> None:
        focused = next((place for place, cell in self.cells.items() if cell.hasFocus()), None)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cells, self._order = {}, {}
        for at, day in enumerate(week.days, _FIRST_DAY):
            self._grid.addWidget(_day_head(day, today=day.day == week.today), 0, at)
            self._grid.setColumnStretch(at, 1)
        line = 1
        for one in rows:
            self._grid.addWidget(_title(one.title), line, 0, len(one.lines), 1)
            for offset, (window, boxes) in enumerate(one.lines):
                hours = digits(f"{window.begins}–{window.ends}")
                self._grid.addWidget(_hours(hours), line + offset, 1)
                for at, box in enumerate(boxes):
                    self._put_cell(one.key, hours, box, line + offset, at)
            line += len(one.lines)
            self._grid.setRowMinimumHeight(line, space(1))
            line += 1
        if focused in self.cells:
            self.cells[focused].setFocus()

    def _put_cell(self, key: str, hours: str, box: Box, line: int, at: int) -> None:
        name = f"calendar.{key}.{box.place.day.isoformat()}.{box.place.window}"
        cell = SlotCell(box, hours, name, movable=self.presenter.may_book)
        cell.booked.connect(lambda request_id, dropped: self.presenter.book(request_id, dropped.slots))
        cell.asked.connect(self._asked)
        cell.lifted.connect(self._lift)
        cell.let_go.connect(self._let_go)
        cell.walked.connect(self._walk)
        self.cells[box.place] = cell
        self._order[line, at] = cell
        self._grid.addWidget(cell, line, at + _FIRST_DAY)

    def _lift(self, request_id: str = "") -> None:
        self._dragging = True
        if request_id:
            self.presenter.choose(request_id)

    def _let_go(self) -> None:
        self._dragging = False
        if self._waiting is not None:
            self._waiting = None
            self.presenter.reload()

    def _walk(self, cell: SlotCell, down: int, across: int) -> None:
        line, at = next(place for place, one in self._order.items() if one is cell)
        lines = sorted({known for known, _ in self._order})
        for _ in range(len(self._order)):
            if down:
                wanted = lines.index(line) + down
                line = lines[wanted] if 0 <= wanted < len(lines) else -1
            at += across
            found = self._order.get((line, at))
            if found is None or found.works:
                break
        if found is not None:
            found.setFocus()

    def _asked(self, box: Box) -> None:
        """Books the chosen visit; without one, offers what can be done with those that stand here."""
        cell = self.cells[box.place]
        if self.presenter.chosen:
            if cell.conflict:
                self.presenter.refuse(cell.conflict)
            else:
                self.presenter.book(self.presenter.chosen, box.slots)
        elif box.visits:
            menu = self._menu(box)
            menu.popup(cell.mapToGlobal(QPoint(0, cell.height())))

    def _offer_lists(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("calendar.lists_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for day, login, name, count in self.presenter.days_with_visits:
            title = tr("{weekday} {day} — {name}", weekday=weekday_name(day), day=day_of_month(day), name=name)
            said = menu.addAction(f"{title} ({digits(str(count))})")
            said.triggered.connect(
                lambda _=False, title=title, day=day, login=login: self._draw_list(title, day, login)
            )
        if menu.isEmpty():
            menu.addAction(tr("No visit is booked in this week.")).setEnabled(False)
        menu.popup(self.lists.mapToGlobal(QPoint(0, self.lists.height())))

    def _draw_list(self, title: str, day: date, login: str) -> None:
        if self._letters is not None:
            self._letters.draw(title, lambda: self.presenter.draw_list(day, login))

    def _menu(self, box: Box) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("calendar.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for visit in box.visits:
            menu.addSection(visit.trade_name)
            request_id = visit.request_id
            opens = menu.addAction(tr("Open the request"))
            opens.triggered.connect(lambda _=False, wanted=request_id: self._open_request(wanted))
            if self.presenter.may_book and stands(visit):
                again = menu.addAction(tr("Book at another time"))
                again.triggered.connect(lambda _=False, wanted=request_id: self.presenter.choose(wanted))
        return menu


def _day_head(day: Day, *, today: bool) -> QWidget:
    tone = Tone.ACCENT if today else Tone.PLAIN
    weekday = label(weekday_name(day.day), tone=tone, strong=True)
    said = day.holiday or (tr("Today, {day}", day=day_of_month(day.day)) if today else day_of_month(day.day))
    under = label(said, Type.SMALL, Tone.BLOCKED if day.holiday else Tone.ACCENT if today else Tone.MUTED, wrap=True)
    for one in (weekday, under):
        one.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made = panel(column(weekday, under, gap=0, margin=0.5), "note" if today else "")
    made.setProperty("tone", Tone.ACCENT.value)
    made.setObjectName(f"calendar.head.{day.day.isoformat()}")
    return made


def _title(name: str) -> QLabel:
    made = label(name, strong=True, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    made.setFixedWidth(space(12))
    return made


def _hours(hours: str) -> QLabel:
    made = label(hours, Type.SMALL, Tone.MUTED)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    made.setContentsMargins(space(1), space(0.5), space(1), 0)
    return made
