"""The window of the passphrase. Names: `unlock.passphrase`, `unlock.again`, `unlock.show`, `unlock.open`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop_app.application.passphrase import SHORTEST
from desktop_app.texts import ntr, tr
from desktop_app.ui.background import Background, OwnedBackground
from desktop_app.ui.messages import Notice
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.unlock.presenter import Unlocking, UnlockPresenter
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, panel, row


class UnlockWindow(QWidget):
    """First window on a computer without a keyring; with `new`, the first one of its life."""

    def __init__(self, unlocking: Unlocking, background: Background, opened: Callable[[], None], *, new: bool) -> None:
        super().__init__()
        self.setObjectName("unlock")
        self.setWindowTitle(tr("Tajzia"))
        self._new = new
        self.passphrase = _hidden_line("unlock.passphrase")
        self.again = _hidden_line("unlock.again")
        self.shown = QCheckBox(tr("Show what I write"))
        self.shown.setObjectName("unlock.show")
        self.shown.toggled.connect(self._show_letters)
        said = tr("Choose this passphrase") if new else tr("Open the keys")
        self.go = button(said, "main", on_click=self._go_on)
        self.go.setObjectName("unlock.open")
        self._strength = label("", Type.SMALL, Tone.MUTED, wrap=True)
        self._busy = label("", Type.SMALL, Tone.MUTED)
        shortest = ntr("{n} character at least", "{n} characters at least", SHORTEST)
        hint = tr("{shortest}; four words that have nothing to do with each other are good.", shortest=shortest)
        self._form = Form(
            Field("passphrase", tr("Passphrase"), self.passphrase, hint if new else ""),
            Field("again", tr("The same again"), self.again),
            parent=self,
        )
        self._presenter = UnlockPresenter(self, unlocking, OwnedBackground(background, self), opened, new=new)
        self._arrange()
        self.passphrase.textChanged.connect(self._presenter.put_in)
        self.passphrase.returnPressed.connect(self.again.setFocus if new else self._go_on)
        self.again.returnPressed.connect(self._go_on)
        self.passphrase.setFocus()

    def _arrange(self) -> None:
        fields = self._form.fields
        fields["again"].setVisible(self._new)
        self._strength.setVisible(self._new)
        inner = column(
            label(tr("Tajzia"), Type.TITLE, Tone.ACCENT),
            label(
                tr("Choose a passphrase for this computer") if self._new else tr("Open this computer's keys"),
                Type.HEADING,
            ),
            label(self._why(), tone=Tone.MUTED, wrap=True),
            fields["passphrase"],
            self._strength,
            fields["again"],
            self.shown,
            self._busy,
            row(self.go, 1),
            gap=2,
            margin=4,
        )
        card = panel(inner, "card")
        card.setFixedWidth(space(88))
        self.setLayout(column(1, row(1, card, 1), 2, margin=2))

    def _why(self) -> str:
        if not self._new:
            return tr(
                "This computer has no keyring, so the keys of its store are sealed by a passphrase. "
                "It belongs to the computer; your own password comes afterwards."
            )
        return tr(
            "This computer has no keyring in which keys could lie safely. A passphrase seals them instead: "
            "it is asked for at every start, is kept nowhere, and nobody can bring it back. "
            "Give it to the colleagues of this counter, and a copy in a closed envelope to your administrator."
        )

    def show_strength(self, sentence: str, *, will_do: bool) -> None:
        self._strength.setText(sentence)
        set_property(self._strength, "tone", (Tone.DONE if will_do else Tone.SOON).value)

    def show_problem(self, field: str, sentence: str) -> None:
        for name, shown in self._form.fields.items():
            shown.show_problem(sentence if name == field else "")
        edit = self._form.fields[field].edit
        edit.setFocus()
        if isinstance(edit, QLineEdit):
            edit.selectAll()

    def show_busy(self, busy: bool) -> None:
        for edit in (self.passphrase, self.again, self.go):
            edit.setEnabled(not busy)
        self._busy.setText(tr("A moment: guessing is meant to be slow.") if busy else "")
        if not busy:
            self.show_problem("passphrase", "")

    def show_notice(self, notice: Notice) -> None:
        """What the message channel says meanwhile: mistakes of the program, above all."""
        reference = tr("Reference {reference}", reference=notice.reference) if notice.reference else ""
        self.show_busy(False)
        said = (notice.happened, notice.kept, notice.todo, reference)
        self.show_problem("passphrase", " ".join(filter(None, said)))

    def _show_letters(self, shown: bool) -> None:
        for edit in (self.passphrase, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _go_on(self) -> None:
        self._presenter.go_on(self.passphrase.text(), self.again.text())


def _hidden_line(name: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit
