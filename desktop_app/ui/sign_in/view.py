"""The sign-in window: the people of this device, a password, one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop_app.application.door import Door, KnownPerson
from desktop_app.texts import name_of, tr
from desktop_app.texts.quantities import code
from desktop_app.ui.background import Background, OwnedBackground
from desktop_app.ui.messages import Notice
from desktop_app.ui.sign_in.presenter import SignInPresenter
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row

if TYPE_CHECKING:
    from desktop_app.application.workplace import Workplace

_LOGIN = int(Qt.ItemDataRole.UserRole)


def _stay(_new: bool) -> None:
    """Where no passphrase is ever asked for."""


class SignInWindow(QWidget):
    """First window of the program; closes when someone has come in."""

    def __init__(
        self,
        door: Door,
        background: Background,
        admitted: Callable[[Workplace], None],
        place_of: Callable[[int], str],
        locked: Callable[[bool], None] = _stay,
    ) -> None:
        super().__init__()
        self._place_of = place_of
        self._begun = False
        self.setObjectName("sign_in")
        self.setWindowTitle(tr("Tajzia"))
        self.people = QListWidget()
        self.people.setObjectName("sign_in.people")
        self.people.setAccessibleName(tr("Staff of this device"))
        self.login = LineEdit()
        self.login.setObjectName("sign_in.login")
        self.password = QLineEdit()
        self.password.setObjectName("sign_in.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.people.currentItemChanged.connect(lambda now, _before: self._choose(now))
        for chosen in (self.people.itemActivated, self.people.itemClicked):
            chosen.connect(lambda _item: self.password.setFocus())
        self.password.returnPressed.connect(self._sign_in)
        self.enter = button(tr("Sign in"), "main", on_click=self._sign_in)
        self.enter.setObjectName("sign_in.enter")
        self._busy = label("", Type.SMALL, Tone.MUTED)
        known = door.demo_password
        hint = tr("Demonstration: the password is {password}", password=known) if known else ""
        self._password_field = Field("password", tr("Password"), self.password, hint)
        self._form = Form(Field("login", tr("User name"), self.login), self._password_field, parent=self)
        self._arrange(door)
        self._presenter = SignInPresenter(self, door, OwnedBackground(background, self), admitted, locked)

    def _arrange(self, door: Door) -> None:
        side = column(
            label(tr("Tajzia"), Type.TITLE, Tone.ACCENT),
            label(tr("Splitting of vocational licences"), Type.HEADING, Tone.MUTED),
            label(tr("Device {device}", device=code(door.device)), Type.SMALL, Tone.MUTED),
            *self._form.fields.values(),
            self._busy,
            row(self.enter, 1),
            1,
            label(tr("Sample data — to be confirmed by the municipality"), Type.SMALL, Tone.SOON),
            gap=2,
            margin=4,
        )
        form = panel(side, "card")
        form.setFixedWidth(space(52))
        staff = panel(column(label(tr("Who are you?"), Type.HEADING), self.people, gap=2, margin=4), "card")
        middle = row(1, form, staff, 1, gap=3, margin=4)
        staff.setFixedWidth(space(64))
        whole = column(1, middle, 1, margin=2)
        whole.setStretch(1, 6)
        self.setLayout(whole)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._begun:
            # Reading the store loads half the program: not while the window's first picture is still being made.
            self._begun = True
            QTimer.singleShot(0, self, self._presenter.start)

    def show_people(self, people: tuple[KnownPerson, ...]) -> None:
        self.people.clear()
        for person in people:
            place = self._place_of(person.branch) if person.branch else tr("the whole municipality")
            role = name_of(person.role)
            if person.cashier:
                role = tr("{role}, takes payments", role=role)
            item = QListWidgetItem(tr("{name}\n{role} — {place}", name=person.name_ar, role=role, place=place))
            item.setData(_LOGIN, person.login)
            self.people.addItem(item)
        (self.people if people else self.login).setFocus()

    def show_problem(self, field: str, sentence: str) -> None:
        for name, shown in self._form.fields.items():
            shown.show_problem(sentence if name == field else "")
        edit = self._form.fields[field].edit
        edit.setFocus()
        if isinstance(edit, QLineEdit):
            edit.selectAll()

    def show_notice(self, notice: Notice) -> None:
        """What the message channel says while nobody is signed in: mistakes of the program, above all."""
        reference = tr("Reference {reference}", reference=notice.reference) if notice.reference else ""
        self.show_busy(False)
        self.show_problem("login", " ".join(filter(None, (notice.happened, notice.kept, notice.todo, reference))))

    def show_busy(self, busy: bool) -> None:
        self.enter.setEnabled(not busy)
        self._busy.setText(tr("Signing in…") if busy else "")
        if not busy:
            self.show_problem("password", "")

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.login.setText(str(item.data(_LOGIN)))

    def _sign_in(self) -> None:
        self._presenter.sign_in(self.login.typed, self.password.text())
