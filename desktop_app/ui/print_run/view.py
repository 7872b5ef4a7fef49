"""The screen of a run. Names: print_run.list, print_run.page, print_run.printer, print_run.progress, print_run.start,
print_run.stop, print_run.again, print_run.serial, print_run.fine, print_run.spoilt, print_run.why, print_run.note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QListWidget, QProgressBar, QWidget

from desktop_app.domain.messages import Message
from desktop_app.texts import describe, tr
from desktop_app.texts.quantities import code
from desktop_app.ui.certificate.paper import PaperView
from desktop_app.ui.certificate.why_spoilt import WhySpoilt
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.print_run.presenter import PrintRunPresenter, Run
from desktop_app.ui.print_run.waiting import WaitingSheet
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import DigitsEdit
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import row, scrolled
from desktop_app.ui.widgets.sections import Card, page
from desktop_app.ui.widgets.states import Stateful, empty, loading


class PrintRunWidget(QWidget):
    """The page that is out, or the next one; beside it what waits, how far the run is, and the word on the sheet."""

    def __init__(self, presenter_of: Callable[[PrintRunWidget], PrintRunPresenter]) -> None:
        super().__init__()
        self._run: Run | None = None
        self.list = QListWidget()
        self.list.setObjectName("print_run.list")
        self.list.setAccessibleName(tr("Certificates to print"))
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.paper = PaperView()
        self.paper.setObjectName("print_run.page")
        self._stage = Stateful(self.paper)
        self.printer = QComboBox()
        self.printer.setObjectName("print_run.printer")
        self._printer = Field("printer", tr("Printer"), self.printer)
        self._no_printer = label(
            tr("This computer knows no printer: save the files and print them elsewhere."), wrap=True
        )
        self.progress = QProgressBar()
        self.progress.setObjectName("print_run.progress")
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("How far the run is"))
        self._far = label("", Type.SMALL, Tone.MUTED, wrap=True)
        self.serial = DigitsEdit()
        self.serial.setObjectName("print_run.serial")
        self.why = WhySpoilt("print_run")
        serial = Field("serial", tr("Serial number of the blank sheet"), self.serial)
        self._form = Form(serial, *self.why.fields, parent=self)
        self._which = label("", strong=True, wrap=True)
        self._said = label("", tone=Tone.LATE, wrap=True)
        self.run_bar, self.gate_bar = ActionBar(), ActionBar()
        self._gate = Card(
            tr("Is the printed sheet fine?"), self._which, *self._form.fields.values(), self._said, self.gate_bar
        )
        self._print_card = Card(tr("Print"), self._printer, self._no_printer, self.progress, self._far, self.run_bar)
        side = page(self._print_card, self._gate, Card(tr("Certificates to print"), self.list), 1)
        inner = scrolled(side)
        inner.setFixedWidth(space(52))
        box = row(self._stage, inner, gap=0)
        box.setStretch(0, 1)
        self.setLayout(box)
        self.presenter = presenter_of(self)
        self._pause = Pause(lambda: self.presenter.keep(self.serial.typed), self)
        self.serial.edited.connect(self._pause.typed)
        self._gate.hide()
        self._print_card.hide()
        self._stage.show_state(loading())

    def show_run(self, run: Run) -> None:
        was_out = self._run.out if self._run else None
        if self._run is None or self._run.waiting != run.waiting or was_out != run.out:
            self.list.clear()
            self.list.addItems([_line(one, out=one == run.out) for one in run.waiting])
        self._run = run
        shown = run.out or run.next
        if shown is not None and shown.pdf is not None:
            self.paper.show_pdf(shown.pdf)
            self._stage.show_content()
        elif run.waiting:
            self._stage.show_state(loading(tr("The certificate is on its way from the centre.")))
        else:
            self._stage.show_state(
                empty(tr("No certificate waits to be printed."), tr("What is issued and paid for appears here."))
            )
        self._print_card.setVisible(bool(run.waiting) or bool(run.done))
        self.progress.setRange(0, max(1, run.total))
        self.progress.setValue(run.done)
        self._far.setText(tr("{done} of {total} printed and fine", done=run.done, total=run.total))
        self._gate.setVisible(run.out is not None)
        if run.out is not None:
            self._which.setText(_line(run.out, out=False))
            if was_out != run.out:
                self.serial.setFocus()
        self._show_actions()

    def show_printers(self, names: tuple[str, ...]) -> None:
        chosen = self.printer.currentText()
        self.printer.clear()
        self.printer.addItems(list(names))
        if chosen in names:
            self.printer.setCurrentText(chosen)
        self._printer.setVisible(bool(names))
        self._no_printer.setVisible(not names)
        self._show_actions()

    def show_refusals(self, refusals: tuple[Message, ...]) -> None:
        homeless = self._form.show_findings(refusals)
        self._said.setText("\n".join(describe(why) for why in homeless))

    def show_typed(self, serial: str) -> None:
        self._pause.stop()
        self.serial.show_value(serial)
        self.why.clear()

    def settle(self) -> None:
        """Keeps what was typed since the last pause."""
        self._pause.settle()

    def _show_actions(self) -> None:
        run = self._run
        able = run is not None and run.may_print and self.printer.count() > 0
        start = Action("print_run.start", tr("Print one after the other"), self._start, Icon.PRINT)
        stop = Action("print_run.stop", tr("Stop after this sheet"), self.presenter.stop, Icon.CLOSE)
        again = Action("print_run.again", tr("Print this sheet again"), self._again, Icon.PRINT)
        if run is None or not able:
            self.run_bar.show_actions(None)
        elif run.out is None:
            self.run_bar.show_actions(start if run.next is not None else None)
        else:
            self.run_bar.show_actions(None, (stop, again) if run.going else (again,))
        out = run is not None and run.out is not None
        fine = Action("print_run.fine", tr("The sheet is fine"), self._answer_fine, Icon.DONE)
        spoilt = Action("print_run.spoilt", tr("The sheet is spoilt"), self._answer_spoilt, destructive=True)
        self.gate_bar.show_actions(fine if out else None, (spoilt,) if out else ())

    def _start(self) -> None:
        self.presenter.start(self.printer.currentText())

    def _again(self) -> None:
        self.presenter.again(self.printer.currentText())

    def _answer_fine(self) -> None:
        self._pause.stop()
        self.presenter.answer(self.serial.typed)

    def _answer_spoilt(self) -> None:
        self._pause.stop()
        self.presenter.answer(self.serial.typed, self.why.chosen, self.why.note)


def _line(sheet: WaitingSheet, *, out: bool) -> str:
    if out:
        return tr("{number} — at the printer\n{title}", number=code(sheet.number), title=sheet.title)
    return tr("{number}\n{title}", number=code(sheet.number), title=sheet.title)
