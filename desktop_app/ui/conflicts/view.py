"""The inbox of refused commands on screen. Names: `conflicts.list`, `conflicts.redo`, `conflicts.open`,
`conflicts.reason`, `conflicts.dismiss`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QWidget

from desktop_app.texts import name_of, tr
from desktop_app.ui.conflicts.refused_shown import RefusedShown
from desktop_app.ui.icons import Icon
from desktop_app.ui.status_look import icon_of, tone_of
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts, holding
from desktop_app.ui.widgets.states import Stateful, StatePage, empty, loading

_ID = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class ConflictsCalls:
    open: Callable[[str], None] = field(compare=False)
    redo: Callable[[str], None] = field(compare=False)
    dismiss: Callable[[str, str], None] = field(compare=False)


class ConflictsWidget(Stateful):
    """The list at the leading side; beside it the four things one must know of the chosen one."""

    def __init__(self) -> None:
        self._page = QWidget()
        super().__init__(self._page)
        self.setObjectName("conflicts")
        self._calls: ConflictsCalls | None = None
        self._refused: dict[str, RefusedShown] = {}
        self.list = QListWidget()
        self.list.setObjectName("conflicts.list")
        self.list.setAccessibleName(tr("Refused by the centre"))
        self.list.setFixedWidth(space(46))
        self.what = label(kind=Type.HEADING, wrap=True)
        self.who = label(kind=Type.SMALL, tone=Tone.MUTED, wrap=True)
        self.said = Facts()
        self.now_said = Facts()
        self.moved = label(kind=Type.SMALL, tone=Tone.MUTED, wrap=True)
        self.status = Chip()
        self.stands = Facts()
        self._why = column(gap=0.5)
        self.reason = LineEdit()
        self.reason.setObjectName("conflicts.reason")
        self.reason_field = Field("reason", tr("Why it is no longer needed"), self.reason, tr("Kept in the history"))
        self.redo = button(tr("Do it again on what stands now"), "main", on_click=self._redo)
        self.redo.setObjectName("conflicts.redo")
        self.look = button(tr("Open the request"), "plain", on_click=self._open)
        self.look.setObjectName("conflicts.open")
        self.away = button(tr("Put it aside"), "plain", on_click=self._dismiss)
        self.away.setObjectName("conflicts.dismiss")
        self._detail = Stateful(self._arranged())
        body = row(self.list, self._detail, gap=2, margin=3)
        body.setStretch(1, 1)
        self._page.setLayout(body)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.show_state(loading())

    def _arranged(self) -> QWidget:
        did = Card(tr("What was done here"), self.what, self.who, self.said)
        why = Card(tr("Why the centre refused it"), holding(self._why))
        stands = Card(tr("What stands now"), row(self.status, 1), self.moved, self.now_said, self.stands)
        both = row(did, stands, gap=2)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        can = Card(
            tr("What you can do"),
            label(
                tr("The form is opened with what was said here. Look whether it is still right before you give it."),
                wrap=True,
            ),
            row(self.redo, self.look, 1),
            self.reason_field,
            row(self.away, 1),
            gap=1.5,
        )
        inner = holding(column(why, holding(both), can, 1, gap=2))
        return scrolled(inner)

    def attach(self, calls: ConflictsCalls) -> None:
        self._calls = calls

    def show_refused(self, refused: tuple[RefusedShown, ...]) -> None:
        if not refused:
            self._refused = {}
            self.show_state(
                empty(
                    tr("Nothing was refused"),
                    tr("If the centre cannot take something that was done here, it is kept here whole."),
                )
            )
            return
        chosen = self._chosen()
        self._refused = {one.command_id: one for one in refused}
        self.list.clear()
        for one in refused:
            item = QListWidgetItem("\n".join(filter(None, (one.what, f"{one.number}  {one.applicant}", one.made))))
            item.setData(_ID, one.command_id)
            self.list.addItem(item)
            if chosen is not None and one.command_id == chosen.command_id:
                self.list.setCurrentItem(item)
        self._show_chosen()
        self.show_content()

    def show_problem(self, sentence: str) -> None:
        self.reason_field.show_problem(sentence)
        if sentence:
            self.reason.setFocus()

    def clear_reason(self) -> None:
        self.reason.clear()

    def _chosen(self) -> RefusedShown | None:
        chosen = (self._refused.get(str(item.data(_ID))) for item in self.list.selectedItems())
        return next(chosen, None)

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            self._detail.show_state(StatePage(Icon.CONFLICT, tr("Choose one to see why it was refused")))
            return
        self.what.setText(chosen.what)
        self.who.setText(tr("{who}, {when}", who=chosen.author, when=chosen.made))
        # Line for line: what was said, and what the request holds in its place.
        self.said.show_pairs(*chosen.said)
        self.said.setVisible(bool(chosen.said))
        self.now_said.show_pairs(*((title, stands or "—") for title, _, stands in chosen.versions))
        self.now_said.setVisible(chosen.status is not None and bool(chosen.versions))
        self.moved.setText(chosen.moved)
        self.moved.setVisible(bool(chosen.moved))
        self.look.setVisible(chosen.status is not None)
        _fill(self._why, chosen.why)
        self.status.setVisible(chosen.status is not None)
        if chosen.status is not None:
            self.status.show_status(name_of(chosen.status), tone_of(chosen.status), icon_of(chosen.status))
        self.stands.show_pairs(
            (tr("Request"), chosen.number),
            (tr("Applicant"), chosen.applicant),
            (tr("Step that is due"), chosen.step),
            (tr("Refused on"), chosen.decided),
        )
        self._detail.show_content()

    def _open(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._calls is not None:
            self._calls.open(chosen.request_id)

    def _redo(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._calls is not None:
            self._calls.redo(chosen.command_id)

    def _dismiss(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._calls is not None:
            self._calls.dismiss(chosen.command_id, self.reason.typed)


def _fill(box: QBoxLayout, lines: tuple[str, ...]) -> None:
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for line in lines:
        box.addWidget(label(line, tone=Tone.LATE, wrap=True, selectable=True))
