"""The window of enrolment. Names: `enrol.invitation`, `enrol.open_file`, `enrol.code`, `enrol.enrol`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.application.settings import WorkstationSettings
from desktop_app.texts import tr
from desktop_app.ui.background import Background, OwnedBackground
from desktop_app.ui.enrol.presenter import Enrolment, EnrolPresenter, InvitationShown
from desktop_app.ui.messages import Notice
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row
from desktop_app.ui.widgets.sections import Facts

_LONGEST = 20_000


def _stay(_new: bool) -> None:
    """Where no passphrase is ever asked for."""


class EnrolWindow(QWidget):
    """First window on a computer that is no device yet."""

    def __init__(
        self,
        enrolment: Enrolment,
        background: Background,
        enrolled: Callable[[WorkstationSettings], None],
        locked: Callable[[bool], None] = _stay,
    ) -> None:
        super().__init__()
        self.setObjectName("enrol")
        self.setWindowTitle(tr("Tajzia"))
        self.invitation = QPlainTextEdit()
        self.invitation.setObjectName("enrol.invitation")
        self.invitation.setTabChangesFocus(True)
        self.invitation.setFixedHeight(space(14))
        self.open_file = button(tr("Read it from a file"), "plain", on_click=self._open_file)
        self.open_file.setObjectName("enrol.open_file")
        self.code = QLineEdit()
        self.code.setObjectName("enrol.code")
        self.code.returnPressed.connect(self._enrol)
        self.go = button(tr("Enrol this computer"), "main", on_click=self._enrol)
        self.go.setObjectName("enrol.enrol")
        self._busy = label("", Type.SMALL, Tone.MUTED)
        self._told = Facts()
        self._form = Form(
            Field(
                "invitation",
                tr("Invitation"),
                self.invitation,
                tr("The whole line that the administrator sent or printed; it begins with {mark}.", mark="TAJZIA"),
            ),
            Field("code", tr("Code"), self.code, tr("25 letters and digits, as the administrator told them.")),
            parent=self,
        )
        self._presenter = EnrolPresenter(self, enrolment, OwnedBackground(background, self), enrolled, locked)
        self._arrange()
        self.invitation.textChanged.connect(lambda: self._presenter.put_in(self._text()))
        self.show_invitation(None)

    def _arrange(self) -> None:
        inner = column(
            label(tr("Tajzia"), Type.TITLE, Tone.ACCENT),
            label(tr("Enrol this computer at the centre"), Type.HEADING),
            label(
                tr(
                    "An administrator of the centre makes an invitation for it. "
                    "The computer makes its own key, which never leaves it, and the centre signs for it."
                ),
                tone=Tone.MUTED,
                wrap=True,
            ),
            self._form.fields["invitation"],
            row(self.open_file, 1),
            self._told,
            self._form.fields["code"],
            self._busy,
            row(self.go, 1),
            gap=2,
            margin=4,
        )
        card = panel(inner, "card")
        card.setFixedWidth(space(88))
        self.setLayout(column(1, row(1, card, 1), 2, margin=2))

    def show_invitation(self, shown: InvitationShown | None) -> None:
        self._told.setVisible(shown is not None)
        self._form.fields["code"].setVisible(shown is not None and shown.asks_code)
        if shown is not None:
            self._told.show_pairs((tr("This computer becomes"), shown.device), (tr("Centre"), shown.centre))

    def show_problem(self, field: str, sentence: str) -> None:
        for name, shown in self._form.fields.items():
            shown.show_problem(sentence if name == field else "")
        if sentence:
            self._form.fields[field].edit.setFocus()

    def show_busy(self, busy: bool) -> None:
        for edit in (self.go, self.invitation, self.code, self.open_file):
            edit.setEnabled(not busy)
        self._busy.setText(tr("Enrolling… the centre signs for this computer.") if busy else "")

    def show_notice(self, notice: Notice) -> None:
        """What the message channel says: mistakes of the program, above all."""
        reference = tr("Reference {reference}", reference=notice.reference) if notice.reference else ""
        self.show_busy(False)
        said = (notice.happened, notice.kept, notice.todo, reference)
        self.show_problem("invitation", " ".join(filter(None, said)))

    def _open_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Read it from a file"))
        if name:
            try:
                text = Path(name).read_text(encoding="utf-8", errors="replace")[:_LONGEST]
            except OSError:
                self.show_problem("invitation", tr("This file cannot be read."))
            else:
                self.invitation.setPlainText(text)

    def _text(self) -> str:
        return self.invitation.toPlainText()[:_LONGEST]

    def _enrol(self) -> None:
        self._presenter.enrol(self._text(), self.code.text())
