"""The forms at the administrator's side. Names: `administration.device.name`, `.branch`, `.hours`, `.make`;
`administration.person.login`, `.name`, `.role`, `.branches`, `.all_branches`, `.cashier`, `.body`, `.password`,
`.password_again`, `.save`; `administration.reason.text`, `.do`; each with `administration.cancel`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.messages import Message
from desktop_app.texts import name_of, tr
from desktop_app.ui.administration.forms_read import TypedDevice, TypedPerson
from desktop_app.ui.theme import Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.edits import DigitsEdit, LineEdit, TextArea
from desktop_app.ui.widgets.forms import Field, Form
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row

W = TypeVar("W", bound=QWidget)
USUAL_HOURS = "48"
ROLES = (Role.CLERK, Role.INSPECTOR, Role.SUPERVISOR, Role.BODY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)
_VALUE = int(Qt.ItemDataRole.UserRole)


class DeviceForm(QWidget):
    """A code for a device: a new one, or one that is known and gets another certificate (`again`)."""

    def __init__(
        self,
        districts: tuple[tuple[int, str], ...],
        make: Callable[[TypedDevice], None],
        cancel: Callable[[], None],
        again: str = "",
        branch: int | None = None,
    ) -> None:
        super().__init__()
        self._again = bool(again)
        self.name = _named(LineEdit(again), "administration.device.name")
        self.name.setEnabled(not again)
        self.branch = _named(QComboBox(), "administration.device.branch")
        self.branch.addItem(tr("Choose a district"), None)
        for number, title in districts:
            self.branch.addItem(title, number)
        if branch is not None:
            self.branch.setCurrentIndex(max(0, self.branch.findData(branch)))
        self.hours = _named(DigitsEdit(USUAL_HOURS), "administration.device.hours")
        self.form = Form(
            Field("name", tr("Name of the device"), self.name, tr("A capital letter and digits, such as K7.")),
            Field("branch", tr("District whose counter it stands at"), self.branch),
            Field("hours", tr("Hours for which the code is good"), self.hours),
            parent=self,
        )
        self.do = _named(button(tr("Make the code"), "main"), "administration.device.make")
        self.do.clicked.connect(lambda _: make(self.typed()))
        title = tr("New certificate for a device") if again else tr("Invite a device")
        self.setLayout(_form_layout(title, self.form, self.do, cancel))

    def typed(self) -> TypedDevice:
        return TypedDevice(self.name.typed, self.branch.currentData(), self.hours.typed, self._again)


class PersonForm(QWidget):
    """A person who is added, or changed (`known`)."""

    def __init__(
        self,
        districts: tuple[tuple[int, str], ...],
        bodies: tuple[tuple[str, str], ...],
        save: Callable[[TypedPerson], None],
        cancel: Callable[[], None],
        known: Actor | None = None,
    ) -> None:
        super().__init__()
        self._fresh = known is None
        self.login = _named(LineEdit(known.id if known else ""), "administration.person.login")
        self.login.setEnabled(self._fresh)
        self.name = _named(LineEdit(known.name_ar if known else ""), "administration.person.name")
        self.role = _named(QComboBox(), "administration.person.role")
        self.role.addItem(tr("Choose a role"), None)
        for role in ROLES:
            self.role.addItem(name_of(role), role)
        self.branches = _named(QListWidget(), "administration.person.branches")
        self.branches.setFixedHeight(space(16))
        for number, title in districts:
            item = QListWidgetItem(title)
            item.setData(_VALUE, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            chosen = known is not None and number in known.branches
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            self.branches.addItem(item)
        self.all_branches = _named(QCheckBox(tr("the whole municipality")), "administration.person.all_branches")
        self.cashier = _named(QCheckBox(tr("takes payments")), "administration.person.cashier")
        self.body = _named(QComboBox(), "administration.person.body")
        self.body.addItem(tr("Choose a body"), "")
        for code, title in bodies:
            self.body.addItem(title, code)
        self.password = _secret("administration.person.password")
        self.password_again = _secret("administration.person.password_again")
        kept = tr("At least 10 characters.") if self._fresh else tr("Left empty, the password stays as it is.")
        self.form = Form(
            Field("login", tr("User name"), self.login, tr("Small Latin letters, digits, points.")),
            Field("name", tr("Name in Arabic"), self.name),
            Field("role", tr("Role"), self.role),
            Field("branches", tr("Districts"), self.branches),
            Field("body", tr("Outside body"), self.body),
            Field("password", tr("Password"), self.password, kept),
            Field("password_again", tr("Password once more"), self.password_again),
            parent=self,
        )
        self.do = _named(button(tr("Save the person"), "main"), "administration.person.save")
        self.do.clicked.connect(lambda _: save(self.typed()))
        self.role.currentIndexChanged.connect(lambda _: self._fit())
        self.all_branches.toggled.connect(lambda _: self._fit())
        if known is not None:
            self.role.setCurrentIndex(ROLES.index(known.role) + 1)
            self.all_branches.setChecked(known.all_branches)
            self.cashier.setChecked(known.cashier)
            self.body.setCurrentIndex(max(0, self.body.findData(known.body)))
        fields = self.form.fields
        self.setLayout(
            column(
                label(tr("Add a person") if self._fresh else tr("Change a person"), Type.HEADING),
                fields["login"],
                fields["name"],
                fields["role"],
                self.cashier,
                fields["body"],
                fields["branches"],
                self.all_branches,
                fields["password"],
                fields["password_again"],
                row(self.do, _cancel(cancel), 1),
                1,
                gap=1.25,
                margin=2,
            )
        )
        self._fit()

    def typed(self) -> TypedPerson:
        items = (self.branches.item(at) for at in range(self.branches.count()))
        return TypedPerson(
            login=self.login.typed,
            name=self.name.text(),
            role=self.role.currentData(),
            branches=frozenset(int(one.data(_VALUE)) for one in items if one.checkState() is Qt.CheckState.Checked),
            all_branches=self.all_branches.isChecked(),
            cashier=self.cashier.isChecked(),
            body=str(self.body.currentData()),
            password=self.password.text(),
            password_again=self.password_again.text(),
            fresh=self._fresh,
        )

    def _fit(self) -> None:
        """Only what the chosen role needs stands here."""
        role = self.role.currentData()
        works_somewhere = role is not Role.ADMINISTRATOR
        self.form.fields["body"].setVisible(role is Role.BODY_OFFICER)
        self.cashier.setVisible(role in (Role.CLERK, Role.INSPECTOR, Role.SUPERVISOR))
        self.all_branches.setVisible(works_somewhere)
        self.form.fields["branches"].setVisible(works_somewhere and not self.all_branches.isChecked())


class ReasonForm(QWidget):
    """Why something is done that cannot be undone."""

    def __init__(
        self, title: str, words: str, verb: str, do: Callable[[str], None], cancel: Callable[[], None]
    ) -> None:
        super().__init__()
        self.reason = _named(TextArea(lines=4), "administration.reason.text")
        self.form = Form(Field("reason", tr("Reason"), self.reason, words), parent=self)
        self.do = _named(button(verb, "destructive"), "administration.reason.do")
        self.do.clicked.connect(lambda _: self._check(do))
        self.setLayout(_form_layout(title, self.form, self.do, cancel))

    def _check(self, do: Callable[[str], None]) -> None:
        if self.reason.typed:
            do(self.reason.typed)
        else:
            self.form.show_findings((Message("reason.missing", about="reason"),))


def _form_layout(title: str, form: Form, do: QPushButton, cancel: Callable[[], None]) -> QBoxLayout:
    return column(label(title, Type.HEADING), *form.fields.values(), row(do, _cancel(cancel), 1), 1, gap=1.5, margin=2)


def _cancel(cancel: Callable[[], None]) -> QPushButton:
    return _named(button(tr("Cancel"), "plain", on_click=cancel), "administration.cancel")


def _secret(name: str) -> QLineEdit:
    made = _named(QLineEdit(), name)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def _named(widget: W, name: str) -> W:
    widget.setObjectName(name)
    return widget
