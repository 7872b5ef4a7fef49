"""The notice of dues with the one field that releases the request."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.domain.tracks import Due
from desktop_app.texts import tr
from desktop_app.ui.dues.notice import DuesNotice
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, space
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row


class DuesWidget(QWidget):
    """Who may not settle sees the notice alone."""

    def __init__(self, settle: Callable[[str], None]) -> None:
        super().__init__()
        self.notice = DuesNotice()
        self.nothing = label(tr("Nothing is owed on this request."), tone=Tone.MUTED)
        self.reference = LineEdit()
        self.field = Field(
            "payment_reference",
            tr("Reference of the electronic payment"),
            self.reference,
            tr("As it stands on the applicant's confirmation"),
        )
        self.action_bar = ActionBar()
        self.action_bar.show_actions(
            Action("settle_dues", tr("Record the payment"), lambda: settle(self.reference.text()), Icon.PAYMENT)
        )
        self.reference.returnPressed.connect(lambda: settle(self.reference.text()))
        held = QWidget()
        held.setLayout(column(self.notice, self.nothing, self.field, self.action_bar, gap=2))
        held.setMaximumWidth(space(75))
        self.setLayout(column(row(held, 1), 1, margin=3))

    def show_dues(self, number: str, unpaid: tuple[Due, ...], *, may_settle: bool) -> None:
        self.notice.show_dues(unpaid)
        self.nothing.setVisible(not unpaid)
        self.field.setVisible(may_settle)
        self.action_bar.setVisible(may_settle)
        self.field.show_problem("")
        if may_settle:
            self.reference.setFocus()

    def show_problem(self, sentence: str) -> None:
        self.field.show_problem(sentence)
        self.reference.setFocus()
