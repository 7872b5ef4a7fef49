"""The calendar. Names: calendar.back, calendar.this_week, calendar.forth, calendar.district, calendar.tray,
calendar.<inspector>.<day>.<window>."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QListWidget, QListWidgetItem, QWidget

from desktop_app.domain.reference import District
from desktop_app.texts import tr
from desktop_app.texts.clock_words import day_and_date, long_date
from desktop_app.texts.quantities import digits
from desktop_app.ui.calendar.cell import VISIT, SlotCell
from desktop_app.ui.calendar.presenter import CalendarPresenter
from desktop_app.ui.calendar.week import Slot, Week
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, scrolled
from desktop_app.ui.widgets.sections import Card

_REQUEST = int(Qt.ItemDataRole.UserRole)


class Tray(QListWidget):
    """The visits that wait; each can be dragged into the week."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("calendar.tray")
        self.setAccessibleName(tr("Visits to be booked"))
        self.setDragEnabled(True)
        self.setWordWrap(True)

    def mimeTypes(self) -> list[str]:
        return [VISIT]

    def mimeData(self, items: object) -> QMimeData:
        carried = QMimeData()
        for item in self.selectedItems():
            carried.setData(VISIT, str(item.data(_REQUEST)).encode())
        return carried

    @property
    def chosen(self) -> str:
        chosen = self.selectedItems()
        return str(chosen[0].data(_REQUEST)) if chosen else ""


class CalendarWidget(QWidget):
    """The week beside the tray."""

    def __init__(
        self, presenter_of: Callable[[CalendarWidget], CalendarPresenter], open_request: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._open_request = open_request
        self.cells: dict[Slot, SlotCell] = {}
        self._titles: dict[str, str] = {}
        self.tray = Tray()
        self.tray.itemSelectionChanged.connect(self._chose)
        self.tray.itemDoubleClicked.connect(lambda item: open_request(str(item.data(_REQUEST))))
        self.heading = label(kind=Type.HEADING, strong=True)
        self.district = QComboBox()
        self.district.setObjectName("calendar.district")
        self.district.setAccessibleName(tr("District"))
        self.district.currentIndexChanged.connect(self._filter)
        self._grid = QGridLayout()
        self._grid.setSpacing(space(0.25))
        self._stage = QWidget()
        self._stage.setLayout(column(self._held_grid(), 1, margin=1))
        self._nobody = label(tr("No inspector serves this district."), tone=Tone.MUTED)
        self._hint = label(
            tr("Choose a visit, then drag it into the week, or press Enter on a time."),
            Type.SMALL,
            Tone.MUTED,
            wrap=True,
        )
        waiting = Card(tr("Visits to be booked"), self.tray, self._hint)
        waiting.setFixedWidth(space(38))
        head = row(
            self._turn("calendar.back", tr("Week before"), -1, Icon.BACK),
            self._turn("calendar.this_week", tr("This week"), 0),
            self._turn("calendar.forth", tr("Week after"), 1, Icon.NEXT),
            self.heading,
            1,
            self.district,
            gap=1,
        )
        whole = column(head, row(waiting, column(self._nobody, scrolled(self._stage)), gap=2), gap=1.5, margin=2)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.presenter = presenter_of(self)

    def show_districts(self, districts: tuple[District, ...]) -> None:
        if self.district.count():
            return
        self.district.blockSignals(True)
        self.district.addItem(tr("All districts"), None)
        for one in districts:
            self.district.addItem(one.name_ar, one.number)
        self.district.blockSignals(False)

    def show_week(self, week: Week, chosen: str) -> None:
        self._titles = {person.id: person.name_ar for person in week.inspectors}
        self.heading.setText(tr("Week of {day}", day=long_date(week.days[0].day)))
        self._show_tray(week, chosen)
        self._show_grid(week)
        self._nobody.setVisible(not week.inspectors)

    def show_conflicts(self, conflicts: Mapping[Slot, str]) -> None:
        choosing = bool(self.tray.chosen)
        for slot, cell in self.cells.items():
            cell.show_conflict(choosing, conflicts.get(slot, ""))

    def _held_grid(self) -> QWidget:
        held = QWidget()
        held.setLayout(self._grid)
        return held

    def _turn(self, name: str, text: str, weeks: int, icon: Icon | None = None) -> QWidget:
        made = button(text, "quiet", icon, lambda: self.presenter.go_to_week(weeks))
        made.setObjectName(name)
        return made

    def _show_tray(self, week: Week, chosen: str) -> None:
        self.tray.blockSignals(True)
        self.tray.clear()
        for visit in week.tray:
            again = tr("visit {ordinal}", ordinal=visit.ordinal) if visit.ordinal > 1 else ""
            item = QListWidgetItem(
                tr(
                    "{number} {again}\n{name}\n{address}",
                    number=visit.number,
                    again=again,
                    name=visit.trade_name,
                    address=visit.address_ar,
                )
            )
            item.setData(_REQUEST, visit.request_id)
            self.tray.addItem(item)
            if visit.request_id == chosen:
                self.tray.setCurrentItem(item)
                item.setSelected(True)
        if not chosen:
            self.tray.clearSelection()
            self.tray.setCurrentIndex(QModelIndex())
        self.tray.blockSignals(False)

    def _show_grid(self, week: Week) -> None:
        focused = next((slot for slot, cell in self.cells.items() if cell.hasFocus()), None)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cells = {}
        for at, day in enumerate(week.days, 1):
            words = day_and_date(day.day)
            head = label(tr("{day}\n{holiday}", day=words, holiday=day.holiday) if day.holiday else words, strong=True)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, at)
            self._grid.setColumnStretch(at, 1)
        line = 1
        for person in week.inspectors:
            self._grid.addWidget(self._name(person.name_ar), line, 0, len(week.windows), 1)
            for offset, window in enumerate(week.windows):
                hours = digits(f"{window.begins}–{window.ends}")
                for at, day in enumerate(week.days, 1):
                    slot = Slot(person.id, day.day, window.code)
                    elsewhere = week.booked_elsewhere(slot)
                    cell = SlotCell(slot, hours, window.capacity, week.visits_in(slot), elsewhere, day.works)
                    cell.booked.connect(self.presenter.book)
                    cell.asked.connect(self._asked)
                    cell.opened.connect(self._open_request)
                    self.cells[slot] = cell
                    self._grid.addWidget(cell, line + offset, at)
            line += len(week.windows)
        if focused in self.cells:
            self.cells[focused].setFocus()

    @staticmethod
    def _name(name: str) -> QLabel:
        made = label(name, strong=True, wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        made.setFixedWidth(space(14))
        return made

    def _chose(self) -> None:
        self.presenter.choose(self.tray.chosen)

    def _filter(self, _place: int) -> None:
        self.presenter.show_district(self.district.currentData())

    def _asked(self, slot: Slot) -> None:
        if self.tray.chosen:
            self.presenter.book(self.tray.chosen, slot)
