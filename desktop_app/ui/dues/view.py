"""The notice of dues with the one field that releases the request.

Names: `dues.notice`, `dues.payment_reference`, `dues.settle`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.domain.tracks import Due
from desktop_app.texts import tr
from desktop_app.ui.dues.notice import DuesNotice
from desktop_app.ui.dues.presenter import DuesPresenter, DuesView
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.theme import Tone, space
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row


class DuesWidget(QWidget):
    """Who may not settle sees the notice alone."""

    def __init__(self, make_presenter: Callable[[DuesView], DuesPresenter]) -> None:
        super().__init__()
        self.presenter = make_presenter(self)
        self._pause = Pause(lambda: self.presenter.keep(self.reference.text()), self)
        self.notice = DuesNotice()
        self.notice.setObjectName("dues.notice")
        self.nothing = label(tr("Nothing is owed on this request."), tone=Tone.MUTED)
        self.reference = LineEdit()
        self.reference.setObjectName("dues.payment_reference")
        self.field = Field(
            "payment_reference",
            tr("Reference of the electronic payment"),
            self.reference,
            tr("As it stands on the applicant's confirmation"),
        )
        self.action_bar = ActionBar()
        self.action_bar.show_actions(Action("dues.settle", tr("Record the payment"), self._settle, Icon.PAYMENT))
        self.reference.returnPressed.connect(self._settle)
        self.reference.textEdited.connect(self._typed)
        held = QWidget()
        held.setLayout(column(self.notice, self.nothing, self.field, self.action_bar, gap=2))
        held.setFixedWidth(space(75))
        self.setLayout(column(row(held, 1), 1, margin=3))
        self.field.hide()
        self.action_bar.hide()

    def show_dues(self, number: str, unpaid: tuple[Due, ...], *, may_settle: bool) -> None:
        self.notice.show_dues(unpaid)
        self.nothing.setVisible(not unpaid)
        begins = may_settle and self.field.isHidden()
        self.field.setVisible(may_settle)
        self.action_bar.setVisible(may_settle)
        if begins:
            self.reference.setFocus()

    def show_typed(self, reference: str) -> None:
        self.reference.setText(reference)
        self.field.show_problem("")

    def settle(self) -> None:
        """Keeps what was typed since the last pause."""
        self._pause.settle()

    def _typed(self) -> None:
        self.presenter.typing()
        self._pause.typed()

    def _settle(self) -> None:
        self._pause.stop()
        self.presenter.settle(self.reference.text())

    def show_problem(self, sentence: str) -> None:
        self.field.show_problem(sentence)
        self.reference.setFocus()
