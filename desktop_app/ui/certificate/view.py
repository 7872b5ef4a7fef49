"""The certificate screen. Names: certificate.list, certificate.page, certificate.printer, certificate.print,
certificate.save, certificate.serial, certificate.fine, certificate.spoilt, certificate.why, certificate.note,
certificate.copy, certificate.copy_reason, certificate.copy_note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget, QListWidgetItem, QWidget

from desktop_app.domain.copies import CopyReason
from desktop_app.domain.messages import Message
from desktop_app.domain.tracks import PrintedSheet
from desktop_app.texts import describe, name_of, tr
from desktop_app.texts.quantities import code
from desktop_app.ui.certificate.paper import PaperView
from desktop_app.ui.certificate.presenter import Certificate, CertificatePage, CertificatePresenter
from desktop_app.ui.certificate.why_copied import WhyCopied
from desktop_app.ui.certificate.why_spoilt import WhySpoilt
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import DigitsEdit
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import row, scrolled
from desktop_app.ui.widgets.sections import Card, page
from desktop_app.ui.widgets.states import Stateful, empty, loading

_NUMBER = int(Qt.ItemDataRole.UserRole)


class CertificateWidget(QWidget):
    """The page as it will be printed; beside it which licence, and the word on the sheet."""

    def __init__(self, presenter_of: Callable[[CertificateWidget], CertificatePresenter]) -> None:
        super().__init__()
        self._page: CertificatePage | None = None
        self._chosen = ""
        self.list = QListWidget()
        self.list.setObjectName("certificate.list")
        self.list.setAccessibleName(tr("Licences of this request"))
        self.list.setMaximumHeight(space(26))
        self.paper = PaperView()
        self.paper.setObjectName("certificate.page")
        self._stage = Stateful(self.paper)
        self.printer = QComboBox()
        self.printer.setObjectName("certificate.printer")
        self._printer = Field("printer", tr("Printer"), self.printer)
        self._no_printer = label(tr("This computer knows no printer: save the file and print it elsewhere."), wrap=True)
        self.serial = DigitsEdit()
        self.serial.setObjectName("certificate.serial")
        self.why = WhySpoilt("certificate")
        serial = Field("serial", tr("Serial number of the blank sheet"), self.serial)
        self._form = Form(serial, *self.why.fields, parent=self)
        self._sheets = label("", Type.SMALL, Tone.MUTED, wrap=True)
        self._said = label("", tone=Tone.LATE, wrap=True)
        self.print_bar, self.gate_bar = ActionBar(), ActionBar()
        self._gate = Card(tr("Is the printed sheet fine?"), *self._form.fields.values(), self._said, self.gate_bar)
        self._print_card = Card(tr("Print"), self._printer, self._no_printer, self.print_bar)
        self.copy = WhyCopied("certificate")
        self._copy_form = Form(*self.copy.fields, parent=self)
        self._copy_said = label("", tone=Tone.LATE, wrap=True)
        self.copy_bar = ActionBar()
        self._copy_card = Card(
            tr("Another print"),
            label(
                tr("A certificate is printed once. Another print is a copy, and its number stands on it."),
                Type.SMALL,
                Tone.MUTED,
                wrap=True,
            ),
            *self._copy_form.fields.values(),
            self._copy_said,
            self.copy_bar,
        )
        side = page(
            Card(tr("Licences of this request"), self.list, self._sheets),
            self._print_card,
            self._gate,
            self._copy_card,
            1,
        )
        inner = scrolled(side)
        inner.setFixedWidth(space(52))
        box = row(self._stage, inner, gap=0)
        box.setStretch(0, 1)
        self.setLayout(box)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_current())
        self.presenter = presenter_of(self)
        self._pause = Pause(self._keep, self)
        self.serial.edited.connect(self._edited)
        self.copy.edited(self._edited)
        self.show_printers(())
        for card in (self._gate, self._print_card, self._copy_card):
            card.hide()
        self._stage.show_state(loading())

    def show_page(self, shown: CertificatePage) -> None:
        before = self._current()
        self._page = shown
        self.list.blockSignals(True)
        self.list.clear()
        for one in shown.certificates:
            item = QListWidgetItem(_line(one))
            item.setData(_NUMBER, one.paper)
            self.list.addItem(item)
        wanted = self._chosen or (before.paper if before else "")
        rows = [at for at, one in enumerate(shown.certificates) if one.paper == wanted]
        self._chosen = "" if rows else self._chosen
        self.list.setCurrentRow(rows[0] if rows else 0)
        self.list.blockSignals(False)
        self._print_card.setVisible(bool(shown.certificates))
        self._show_current()

    def show_missing(self) -> None:
        self._page = None
        self.list.clear()
        for card in (self._gate, self._print_card, self._copy_card):
            card.hide()
        self._stage.show_state(
            empty(tr("This request is not on this computer."), tr("Search for it by its number, or look in the queue."))
        )

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
        self.serial.setText(serial)
        self.why.clear()

    def show_copy(self, reason: CopyReason, note: str) -> None:
        self._pause.stop()
        self.copy.show(reason, note)

    def show_copy_refusals(self, refusals: tuple[Message, ...]) -> None:
        homeless = self._copy_form.show_findings(refusals)
        self._copy_said.setText("\n".join(describe(why) for why in homeless))
        self._copy_said.setVisible(bool(homeless))

    def choose(self, paper: str) -> None:
        self._chosen = paper

    def settle(self) -> None:
        """Keeps what was typed since the last pause."""
        self._pause.settle()

    def _keep(self) -> None:
        self.presenter.keep(self.serial.text(), self.copy.note, self.copy.chosen)

    def _edited(self) -> None:
        self.presenter.typing()
        self._pause.typed()

    def _current(self) -> Certificate | None:
        if self._page is None or self.list.currentItem() is None:
            return None
        number = self.list.currentItem().data(_NUMBER)
        return next((one for one in self._page.certificates if one.paper == number), None)

    def _show_current(self) -> None:
        one = self._current()
        if one is None:
            self._stage.show_state(
                empty(
                    tr("No certificate yet"),
                    tr("Certificates are drawn at the centre when the payment has arrived there."),
                )
            )
        elif one.pdf is None:
            self._stage.show_state(loading(tr("The certificate is on its way from the centre.")))
        else:
            self.paper.show_pdf(one.pdf)
            self._stage.show_content()
        used = [_used(sheet) for sheet in one.sheets] if one else []
        self._sheets.setText("\n".join(used))
        self._sheets.setVisible(bool(used))
        self._show_actions()

    def _show_actions(self) -> None:
        one, page = self._current(), self._page
        save = Action("certificate.save", tr("Save the file"), self._save, Icon.DOCUMENT)
        printing = Action("certificate.print", tr("Print"), self._print, Icon.PRINT)
        fine = Action("certificate.fine", tr("The sheet is fine"), self._confirm_fine, Icon.DONE)
        spoilt = Action("certificate.spoilt", tr("The sheet is spoilt"), self._confirm_spoilt, destructive=True)
        self._gate.setVisible(one is not None and page is not None and page.may_waste(one))
        self._copy_card.setVisible(one is not None and page is not None and page.may_copy and one.copied)
        self.copy_bar.show_actions(self._copying(one) if one is not None else None)
        if one is None or page is None or one.pdf is None:
            self.print_bar.show_actions(None)
            self.gate_bar.show_actions(None)
            return
        printable = self.printer.count() > 0 and page.may_print(one)
        self._printer.setVisible(printable)
        if printable:
            self.print_bar.show_actions(printing, (save,))
        else:
            self.print_bar.show_actions(save)
        self.gate_bar.show_actions(fine if page.may_print(one) and page.may_confirm else None, (spoilt,))

    def _copying(self, one: Certificate) -> Action:
        missing = (describe(one.uncopied),) if one.uncopied else ()
        return Action("certificate.copy", tr("Make a copy"), self._make_copy, Icon.DOCUMENT, missing=missing)

    def _make_copy(self) -> None:
        if (one := self._current()) is not None:
            self._pause.stop()
            self.presenter.make_copy(one, self.copy.chosen, self.copy.note)

    def _print(self) -> None:
        if (one := self._current()) is not None:
            self.presenter.print_one(one, self.printer.currentText())

    def _save(self) -> None:
        one = self._current()
        if one is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the file"), f"{one.paper.replace('/', '-')}.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.presenter.save_copy(one, Path(chosen))

    def _confirm_fine(self) -> None:
        if (one := self._current()) is not None:
            self.presenter.confirm(one, self.serial.typed)

    def _confirm_spoilt(self) -> None:
        if (one := self._current()) is not None:
            self.presenter.confirm(one, self.serial.typed, self.why.chosen, self.why.note)


def _line(one: Certificate) -> str:
    mark = tr("printed") if one.done else tr("to print")
    if one.copy is None:
        return tr("{number} — {mark}\n{title}", number=code(one.number), mark=mark, title=one.title)
    why = one.copy.note or name_of(one.copy.reason)
    count = one.copy.count
    return tr("{number}, copy no. {count} — {mark}\n{why}", number=code(one.number), count=count, mark=mark, why=why)


def _used(sheet: PrintedSheet) -> str:
    if sheet.fine:
        return tr("Sheet {serial}: fine", serial=code(sheet.serial))
    if sheet.spoilt is None:
        return tr("Sheet {serial}: spoilt, not to be used again", serial=code(sheet.serial))
    why = sheet.note or name_of(sheet.spoilt)
    return tr("Sheet {serial}: spoilt ({why}), not to be used again", serial=code(sheet.serial), why=why)
