"""The small form under an action: built from its row in the table, shown in place, never a dialog.

Names: `action.<action>.<field>` for each field, `action.<action>.give` and `action.<action>.cancel`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.messages import Message
from desktop_app.texts import tr
from desktop_app.ui.request.action_forms import FieldKind, FieldSpec, Options
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.request.presenter import FormShown
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.edits import DateEdit, DigitsEdit, LineEdit, TextArea
from desktop_app.ui.widgets.file_edit import FileEdit
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.signature_pad import SignaturePad

RESTS_MS = 400
"""How long typing must rest before what stands in the form is kept."""


@dataclass(frozen=True, slots=True)
class FormCalls:
    """What the panel asks of its presenter."""

    give: Callable[[Mapping[str, str]], None] = field(compare=False)
    cancel: Callable[[], None] = field(compare=False)
    keep: Callable[[Mapping[str, str]], None] = field(compare=False)


class FormPanel(QFrame):
    """One open form."""

    def __init__(self, shown: FormShown, calls: FormCalls) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._shown, self._calls = shown, calls
        self.name = f"action.{shown.form.action.value}"
        self.setObjectName(f"{self.name}.form")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTS_MS)
        self._rest.timeout.connect(self.keep)
        fields = [self._field(spec) for spec in shown.form.fields]
        self.form = Form(*fields, parent=self)
        kind = "destructive" if shown.form.destructive else "main"
        self.do = button(shown.text, kind, on_click=lambda: calls.give(self.values()))
        self.do.setObjectName(f"{self.name}.give")
        self.stop = button(tr("Not now"), "quiet", on_click=self._close)
        self.stop.setObjectName(f"{self.name}.cancel")
        explained = shown.form.explains()
        self._rest_of_findings = QVBoxLayout()
        self._rest_of_findings.setContentsMargins(0, 0, 0, 0)
        self.setLayout(
            column(
                label(shown.text, Type.HEADING),
                label(explained, tone=Tone.MUTED, wrap=True) if explained else None,
                *fields,
                self._rest_of_findings,
                row(self.do, self.stop, 1),
                gap=1.5,
                margin=2,
            )
        )
        for made in fields:
            made.setMaximumWidth(space(56))

    def start(self) -> None:
        """Puts the cursor where typing begins: the first field that is empty."""
        values = self.values()
        empty = next((name for name, value in values.items() if not value), next(iter(values), ""))
        if empty:
            self.form.fields[empty].edit.setFocus()

    def values(self) -> dict[str, str]:
        """What stands in each field, as typed."""
        return {name: _text_of(made.edit) for name, made in self.form.fields.items()}

    def keep(self) -> None:
        self._rest.stop()
        self._calls.keep(self.values())

    def _close(self) -> None:
        self.keep()
        self._calls.cancel()

    @property
    def typing(self) -> bool:
        """Whether something was typed that has not been kept yet."""
        return self._rest.isActive()

    def show_findings(self, refusals: tuple[Message, ...], naming: Naming) -> None:
        """Beside the fields they are about; the rest above the buttons."""
        while (item := self._rest_of_findings.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for message in self.form.show_findings(refusals):
            self._rest_of_findings.addWidget(label(naming.say(message), tone=Tone.LATE, wrap=True))

    def show_busy(self, busy: bool) -> None:
        self.do.setEnabled(not busy)

    def _field(self, spec: FieldSpec) -> Field:
        edit = _edit(spec, self._shown.options.get(spec.name, ()), self._shown.values.get(spec.name, ""))
        edit.setObjectName(f"{self.name}.{spec.name}")
        match edit:
            case QComboBox():
                edit.currentIndexChanged.connect(lambda _: self._rest.start())
            case QPlainTextEdit():
                edit.textChanged.connect(self._rest.start)
            case FileEdit():
                edit.chosen.connect(self._rest.start)
            case SignaturePad():
                edit.edited.connect(self._rest.start)
            case LineEdit():
                edit.edited.connect(self._rest.start)
                edit.returnPressed.connect(lambda: self._calls.give(self.values()))
        return Field(spec.name, spec.title(), edit, spec.hint(), optional=spec.optional)


def _edit(spec: FieldSpec, options: Options, value: str) -> QWidget:
    match spec.kind:
        case FieldKind.CHOICE:
            return _choice(options, value)
        case FieldKind.TEXT:
            return TextArea(value)
        case FieldKind.DATE:
            dated = DateEdit()
            dated.setText(value)
            return dated
        case FieldKind.FILE:
            return FileEdit(value)
        case FieldKind.INK:
            return SignaturePad(value)
        case FieldKind.DIGITS:
            return DigitsEdit(value)
        case _:
            return LineEdit(value)


def _choice(options: Options, value: str) -> QComboBox:
    """Nothing is chosen beforehand, unless there is nothing to choose."""
    box = QComboBox()
    if len(options) != 1:
        box.addItem(tr("Choose…"), "")
    for data, title in options:
        box.addItem(title, data)
    box.setCurrentIndex(max(box.findData(value), 0))
    return box


def _text_of(edit: QWidget) -> str:
    match edit:
        case QComboBox():
            return str(edit.currentData() or "")
        case QPlainTextEdit():
            return edit.toPlainText()
        case FileEdit():
            return edit.path
        case SignaturePad():
            return edit.typed
        case LineEdit():
            return edit.typed
    raise TypeError(type(edit).__name__)
