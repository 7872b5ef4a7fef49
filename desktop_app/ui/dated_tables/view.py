"""The dated tables. Names: `dated_tables.tabs.<table>`, `.table`, `.value`, `.needs`, `.bodies`, `.valid_from`,
`.reason`, `.save`, `.add`, `.source`, `.confirm`, `.look`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from desktop_app.domain.dated_rows import TableKind
from desktop_app.domain.messages import Message
from desktop_app.texts import N_, name_of, tr
from desktop_app.texts.clock_words import short_date
from desktop_app.ui.background import Background
from desktop_app.ui.dated_tables.lines import TableLine
from desktop_app.ui.dated_tables.presenter import Chosen, TypedRow
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.tables.columns import ChipOf, Column
from desktop_app.ui.tables.model import LazyTableModel, Page
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, button
from desktop_app.ui.widgets.edits import DateEdit, LineEdit, TextArea
from desktop_app.ui.widgets.filters import ViewTabs
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, scrolled
from desktop_app.ui.widgets.sections import Card, holding
from desktop_app.ui.widgets.states import Stateful, loading, offline
from desktop_app.ui.widgets.timeline import Timeline

_SIDE = 52
_VALUE = int(Qt.ItemDataRole.UserRole)
_NEEDS = {
    TableKind.CERTIFICATE: N_("needs the construction certificate"),
    TableKind.CIVIL_DEFENCE: N_("needs the Civil Defence's word after the visit"),
}


@dataclass(frozen=True, slots=True)
class TablesCalls:
    look: Callable[[], None] = field(compare=False)
    choose_table: Callable[[TableKind], None] = field(compare=False)
    choose: Callable[[str], None] = field(compare=False)
    keep: Callable[[dict[str, str]], None] = field(compare=False)
    save: Callable[[TypedRow], None] = field(compare=False)
    confirm: Callable[[int, str], None] = field(compare=False)


class TablesWidget(QWidget):
    """Four tables under tabs; beside them the chosen line: another value, its confirmation, its history."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setObjectName("dated_tables")
        self._calls: TablesCalls | None = None
        self._chosen: Chosen | None = None
        self._filling = False
        self.tabs = ViewTabs(*((one.value, name_of(one)) for one in TableKind))
        for name, made in self.tabs.buttons.items():
            made.setObjectName(f"dated_tables.tabs.{name}")
            self.tabs.show_count(name, None)  # makes room for the heavier face of the chosen one
        self.tabs.chosen.connect(self._choose_table)
        self.model: LazyTableModel[TableLine] = LazyTableModel(_columns(), lambda line: line.id, background, self)
        self.table = TableView(self.model)
        self.table.setObjectName("dated_tables.table")
        self.table.current_changed.connect(lambda _: self._choose())
        self.model.filled.connect(self._filled)
        self.title = label("", Type.HEADING, wrap=True)
        self.needs = QCheckBox(tr(_NEEDS[TableKind.CERTIFICATE]))
        self.bodies = QListWidget()
        self.bodies.setFixedHeight(space(24))
        self.value = LineEdit()
        self.valid_from = DateEdit()
        self.reason = TextArea(lines=2)
        self.source = LineEdit()
        for name in ("needs", "bodies", "value", "valid_from", "reason", "source"):
            getattr(self, name).setObjectName(f"dated_tables.{name}")
        fields = (
            Field("value", tr("Value"), self.value),
            Field("valid_from", tr("Counts from"), self.valid_from),
            Field("reason", tr("Reason"), self.reason),
            Field("source", tr("What confirms it"), self.source, tr("A decision or a letter, with number and date")),
        )
        self.form = Form(*fields, parent=self)
        self.save = button(tr("Save"), "main", Icon.DONE, self._save)
        self.save.setObjectName("dated_tables.save")
        self.confirm = button(tr("Mark as confirmed"), "plain", Icon.DONE, self._confirm)
        self.confirm.setObjectName("dated_tables.confirm")
        self.confirming = Card(tr("The newest change is not confirmed"), fields[3], row(self.confirm, 1))
        self.history = Timeline()
        self.never = label(tr("As the data came with the program."), tone=Tone.MUTED)
        self._pause = Pause(self._keep, self)
        for edit in (self.value, self.valid_from, self.source):
            edit.edited.connect(self._typed)
        self.reason.textChanged.connect(self._typed)
        self.needs.toggled.connect(lambda _: self._typed())
        self.bodies.itemChanged.connect(lambda _: self._typed())
        editor = column(
            self.title, self.needs, self.bodies, *fields[:3], row(self.save, 1), self.confirming,
            Card(tr("Changes"), self.never, self.history), 1, gap=1.5, margin=1,
        )  # fmt: skip
        self.side = scrolled(holding(editor))
        self.side.setFixedWidth(space(_SIDE))
        self.side.hide()
        look = button(tr("Read again"), "quiet", Icon.SYNCING, lambda: self._call().look())
        look.setObjectName("dated_tables.look")
        self.add = button(tr("Add a day off"), "plain", Icon.ADD, lambda: self._call().choose(""))
        self.add.setObjectName("dated_tables.add")
        self.add.hide()
        listed = column(row(self.tabs, 1, self.add, look), self.table, gap=1)
        listed.setStretch(1, 1)
        whole = row(holding(listed), self.side, gap=2)
        whole.setStretch(0, 1)
        self._place = Stateful(holding(whole))
        self.setLayout(column(self._place, margin=2))

    def attach(self, calls: TablesCalls) -> None:
        self._calls = calls

    def show_loading(self) -> None:
        self._place.show_state(loading())

    def show_offline(self, sentence: str) -> None:
        self._place.show_state(offline(sentence, Action("dated_tables.again", tr("Try again"), self._call().look)))

    def show_lines(self, lines: tuple[TableLine, ...], bodies: tuple[tuple[str, str], ...]) -> None:
        self._place.show_content()
        if self.bodies.count() != len(bodies):
            self._filling = True
            self.bodies.clear()
            for name, title in bodies:
                item = QListWidgetItem(title)
                item.setData(_VALUE, name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                self.bodies.addItem(item)
            self._filling = False
        self.model.show(lambda after, limit: Page(lines))

    def show_chosen(self, chosen: Chosen, today: date) -> None:
        self._chosen = chosen
        holiday = chosen.table is TableKind.HOLIDAY
        self.title.setText(chosen.title)
        self.needs.setVisible(chosen.table in _NEEDS)
        self.needs.setText(tr(_NEEDS.get(chosen.table, _NEEDS[TableKind.CERTIFICATE])))
        self.bodies.setVisible(chosen.table is TableKind.BODIES)
        titles = {TableKind.HOLIDAY: tr("Name of the day off"), TableKind.PERIOD: tr("Working days")}
        named = self.form.fields["value"]
        named.setVisible(chosen.table in titles)
        named.title.setText(titles.get(chosen.table, ""))
        self.value.setPlaceholderText(tr("Left empty, the day is worked") if holiday else "")
        known = holiday and bool(chosen.key)
        self.valid_from.setEnabled(not known)
        day = chosen.key if known else "" if holiday else today.isoformat()
        self._put({"value": chosen.value, "valid_from": short_date(date.fromisoformat(day)) if day else ""})
        self.confirming.setVisible(chosen.open_place is not None)
        self.never.setVisible(not chosen.history)
        self.history.show_events(chosen.history)
        self.form.show_findings(())
        self.side.show()

    def show_typed(self, fields: dict[str, str]) -> None:
        self._put(fields)

    def show_findings(self, findings: tuple[Message, ...]) -> None:
        self.form.show_findings(findings)

    def settle(self) -> None:
        """Keeps what was typed since the last pause."""
        self._pause.settle()

    def _put(self, fields: dict[str, str]) -> None:
        self._filling = True
        value = fields.get("value", "")
        self.value.setText(value)
        self.needs.setChecked(value == "yes")
        for item in self._items():
            chosen = item.data(_VALUE) in value.split()
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self.valid_from.setText(fields.get("valid_from", ""))
        self.reason.setPlainText(fields.get("reason", ""))
        self.source.setText(fields.get("source", ""))
        self._filling = False

    def _items(self) -> list[QListWidgetItem]:
        return [self.bodies.item(at) for at in range(self.bodies.count())]

    def _raw(self) -> str:
        match self._chosen.table if self._chosen else None:
            case TableKind.CERTIFICATE | TableKind.CIVIL_DEFENCE:
                return "yes" if self.needs.isChecked() else "no"
            case TableKind.BODIES:
                checked = (one for one in self._items() if one.checkState() is Qt.CheckState.Checked)
                return " ".join(str(one.data(_VALUE)) for one in checked)
            case TableKind.PERIOD:
                return self.value.typed
            case _:
                return self.value.text()

    def _typed(self) -> None:
        if not self._filling and self._chosen is not None:
            self._pause.typed()

    def _keep(self) -> None:
        typed = {
            "valid_from": self.valid_from.text(),
            "reason": self.reason.toPlainText(),
            "source": self.source.text(),
        }
        self._call().keep({"value": self._raw(), **typed})

    def _save(self) -> None:
        self._pause.stop()
        self._call().save(TypedRow(self._raw(), self.valid_from.find_value(), self.reason.typed))

    def _confirm(self) -> None:
        self._pause.stop()
        if self._chosen is not None and self._chosen.open_place is not None:
            self._call().confirm(self._chosen.open_place, self.source.text())

    def _choose_table(self, name: str) -> None:
        self._pause.settle()
        self._chosen = None
        self.side.hide()
        self.add.setVisible(name == TableKind.HOLIDAY.value)
        self._call().choose_table(TableKind(name))

    def _choose(self) -> None:
        index = self.table.currentIndex()
        line = self.model.row_at(index.row()) if index.isValid() else None
        if line is not None:
            self._pause.settle()  # what was typed beside the line before is kept under its own name
            self._call().choose(line.id)

    def _filled(self) -> None:
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        if self._chosen is None:
            self._choose()

    def _call(self) -> TablesCalls:
        assert self._calls is not None
        return self._calls


def _columns() -> tuple[Column[TableLine], ...]:
    return (
        Column("title", tr("What"), lambda line: line.title, 29),
        Column("value", tr("Counts today"), lambda line: line.value, tooltip=lambda line: line.value),
        Column("state", tr("State"), lambda line: line.state, 13, chip=lambda line: ChipOf(line.state, line.tone)),
        Column("coming", tr("Later"), lambda line: line.coming, 28, tooltip=lambda line: line.coming),
    )
