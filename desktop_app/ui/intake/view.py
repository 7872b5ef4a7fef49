"""The intake form: one column of fields, the licence and what is left beside it, the split across, actions below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget

from desktop_app.domain.notice_kinds import NoticeLanguage
from desktop_app.domain.people import ApplicantKind, Capacity, IdentityKind
from desktop_app.texts import name_of, tr
from desktop_app.texts.quantities import code, digits
from desktop_app.ui.duplicates.card import DuplicatesCard
from desktop_app.ui.icons import Icon
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.form import IDENTITIES, IntakeForm
from desktop_app.ui.intake.presenter import IntakePresenter
from desktop_app.ui.intake.side import IntakeSide
from desktop_app.ui.split_editor.editor import SplitEditor
from desktop_app.ui.theme import Tone, space
from desktop_app.ui.widgets.ask import ask
from desktop_app.ui.widgets.buttons import Action, ActionBar
from desktop_app.ui.widgets.edits import DigitsEdit, LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row, scrolled
from desktop_app.ui.widgets.sections import Card, page
from desktop_app.ui.widgets.states import IconView

PAUSE_MS = 400
_IN_DIGITS = (fields.IDENTITY, fields.MOBILE)


class IntakeWidget(QWidget):
    """Tells the presenter every keystroke and every pause; shows what it says without disturbing the cursor."""

    def __init__(self, presenter: IntakePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(presenter.pause)
        presenter.pause_soon = self._pause.start
        self.lines: dict[str, LineEdit] = {
            fields.PARENT: LineEdit(placeholder=code("L-2026-08-000123")),
            fields.NAME: LineEdit(),
            fields.IDENTITY: DigitsEdit(),
            fields.MOBILE: DigitsEdit(placeholder=digits("0791234567")),
            fields.SIGNATORY: LineEdit(),
            fields.AUTHORITY: LineEdit(),
            fields.TITLE_DEED: LineEdit(),
            fields.CERTIFICATE: LineEdit(),
        }
        self.choices: dict[str, QComboBox] = {
            name: QComboBox() for name in (fields.KIND, fields.CAPACITY, fields.IDENTITY_KIND, fields.LANGUAGE)
        }
        for name, widget in (*self.lines.items(), *self.choices.items()):
            widget.setObjectName(f"intake.{name}")
        self.fields = self._made_fields()
        self.split = SplitEditor(presenter.split)
        self.duplicates = DuplicatesCard(tr("What is typed here"), presenter.open_request)
        self.side = IntakeSide(presenter, self.focus_on, self._compare)
        self.reason = label(wrap=True)
        self.returned = panel(
            row(
                IconView(Icon.RETURNED, 2.5, Tone.SOON),
                column(label(tr("Returned for completion"), strong=True), self.reason, gap=0.5),
                1,
                margin=1.5,
            ),
            "note",
        )
        self.returned.setProperty("tone", Tone.SOON.value)
        self.general = label(tone=Tone.LATE, wrap=True)
        self.action_bar = ActionBar()
        self.area = self._arranged()
        self._connect()
        presenter.view = self
        self._show_actions()

    def _made_fields(self) -> dict[str, Field]:
        titles = {
            fields.PARENT: tr("Number of the licence to split"),
            fields.NAME: tr("Applicant's name"),
            fields.IDENTITY: tr("Identity number"),
            fields.MOBILE: tr("Mobile telephone"),
            fields.SIGNATORY: tr("Authorised signatory"),
            fields.AUTHORITY: tr("Number of the power of attorney or letter"),
            fields.TITLE_DEED: tr("Reference of the property title deed"),
            fields.CERTIFICATE: tr("Reference of the construction-licensing certificate"),
        }
        made = {name: Field(name, title, self.lines[name]) for name, title in titles.items()}
        made[fields.KIND] = Field(fields.KIND, tr("Kind of applicant"), self.choices[fields.KIND])
        made[fields.CAPACITY] = Field(fields.CAPACITY, tr("Capacity"), self.choices[fields.CAPACITY])
        made[fields.IDENTITY_KIND] = Field(
            fields.IDENTITY_KIND, tr("Kind of identity"), self.choices[fields.IDENTITY_KIND]
        )
        made[fields.LANGUAGE] = Field(fields.LANGUAGE, tr("Language of messages"), self.choices[fields.LANGUAGE])
        for kind in ApplicantKind:
            self.choices[fields.KIND].addItem(name_of(kind), kind.value)
        for capacity in Capacity:
            self.choices[fields.CAPACITY].addItem(name_of(capacity), capacity.value)
        for language in NoticeLanguage:
            self.choices[fields.LANGUAGE].addItem(name_of(language), language.value)
        return made

    def _arranged(self) -> QScrollArea:
        at = self.fields
        parent = Card(tr("Parent licence"), at[fields.PARENT])
        applicant = Card(
            tr("Applicant"),
            _pair(at[fields.KIND], at[fields.CAPACITY]),
            at[fields.NAME],
            _pair(at[fields.IDENTITY_KIND], at[fields.IDENTITY]),
            _pair(at[fields.MOBILE], at[fields.LANGUAGE]),
            at[fields.SIGNATORY],
            at[fields.AUTHORITY],
            gap=1.5,
        )
        papers = Card(tr("References"), at[fields.TITLE_DEED], at[fields.CERTIFICATE], gap=1.5)
        form = page(self.returned, parent, applicant, papers, 1, gap=1.5, margin=0)
        top = row(form, self.side, gap=2)
        top.setStretch(0, 3)
        top.setStretch(1, 2)
        split = Card(tr("The split"), self.split)
        whole = page(top, self.duplicates, split, 1, gap=2, margin=2)
        area = scrolled(whole)
        foot = panel(column(self.general, self.action_bar, gap=0.5, margin=1.5), "bar")
        box = column(area, foot, gap=0)
        box.setStretch(0, 1)
        self.setLayout(box)
        return area

    def _connect(self) -> None:
        presenter = self._presenter
        for name, line in self.lines.items():
            line.textEdited.connect(lambda text, n=name: presenter.typed(n, text))
            line.editingFinished.connect(lambda n=name: presenter.left(n))
        for name, box in self.choices.items():
            box.activated.connect(lambda _, n=name: self._chose(n))

    def _chose(self, name: str) -> None:
        self._presenter.typed(name, str(self.choices[name].currentData()))

    # -- what is shown ---------------------------------------------------------------------------------------

    def show_form(self, form: IntakeForm) -> None:
        for name, line in self.lines.items():
            text = form.get(name)
            line.setText(digits(text) if name in _IN_DIGITS else text)
        self._show_choices(form)
        self.area.verticalScrollBar().setValue(0)
        self.lines[fields.PARENT].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_choices(self, form: IntakeForm) -> None:
        offered = IDENTITIES.get(form.get(fields.KIND), tuple(IdentityKind))
        box = self.choices[fields.IDENTITY_KIND]
        if [box.itemData(at) for at in range(box.count())] != [kind.value for kind in offered]:
            box.clear()
            for kind in offered:
                box.addItem(name_of(kind), kind.value)
        box.setEnabled(len(offered) > 1)
        for name, choice in self.choices.items():
            choice.setCurrentIndex(choice.findData(form.get(name)))

    def show_state(self) -> None:
        presenter = self._presenter
        self._show_choices(presenter.form)
        self.fields[fields.SIGNATORY].setVisible(presenter.form.needs_signatory)
        self.fields[fields.AUTHORITY].setVisible(presenter.form.needs_authority)
        self.fields[fields.CERTIFICATE].setVisible(presenter.needs_certificate)
        for name, field in self.fields.items():
            problem = presenter.problem_of(name)
            warning = "" if name == fields.PARENT else presenter.warning_of(name)
            field.show_problem(problem or warning, Tone.LATE if problem else Tone.SOON)
        self.returned.setVisible(bool(presenter.returned_because))
        self.reason.setText(presenter.returned_because)
        general = presenter.general
        self.general.setText("\n".join(general))
        self.general.setVisible(bool(general))
        self.duplicates.show_comparison(presenter.duplicates)
        self.side.show_state()
        self.area.setEnabled(not presenter.busy)
        for made in self.action_bar.buttons.values():
            made.setEnabled(not presenter.busy)

    def _show_actions(self) -> None:
        presenter = self._presenter
        self.action_bar.show_actions(
            Action("intake.lodge", tr("Lodge the request"), presenter.lodge, Icon.SEND, "Ctrl+Return"),
            (
                Action("intake.save_draft", tr("Save as draft"), presenter.save_draft, Icon.DOCUMENT, "Ctrl+S"),
                Action("intake.another", tr("Start another request"), presenter.start_another, Icon.ADD),
                Action(
                    "intake.discard", tr("Discard what was typed"), self._ask_discard, Icon.REMOVE, destructive=True
                ),
            ),
        )

    def _ask_discard(self) -> None:
        ask(
            self,
            tr("Discard everything that was typed here?"),
            tr("Discard"),
            self._presenter.discard,
            consequence=tr("What was lodged or saved as a draft before stays as it is."),
            destructive=True,
        )

    def focus_on(self, about: str) -> None:
        """Put the cursor where the rules found something, and bring it into view."""
        line = self.lines.get(about) or self.choices.get(about)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(line, 0, space(8))
        elif self.split.focus_problem(about):
            focused = self.focusWidget()
            if focused is not None:
                self.area.ensureWidgetVisible(focused, 0, space(8))

    def _compare(self) -> None:
        self.area.ensureWidgetVisible(self.duplicates, 0, space(2))

    def rest(self) -> None:
        """The screen is left: do not wait for the pause."""
        self._pause.stop()


def _pair(first: QWidget, second: QWidget) -> QWidget:
    """Two short fields that are read together."""
    held = QWidget()
    box = row(first, second, gap=2)
    for at, one in enumerate((first, second)):
        box.setStretch(at, 1)
        box.setAlignment(one, Qt.AlignmentFlag.AlignTop)
    held.setLayout(box)
    return held
