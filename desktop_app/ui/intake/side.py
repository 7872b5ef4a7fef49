"""Beside the form: the licence found, the second request on it, the dues, drafts that wait, what is left to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.domain.identifiers import clean
from desktop_app.texts import ntr, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.texts.quantities import code
from desktop_app.ui.documents.card import DocumentsCard
from desktop_app.ui.dues.notice import DuesNotice
from desktop_app.ui.icons import Icon
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.licence_card import LicenceCard
from desktop_app.ui.intake.presenter import IntakePresenter
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row
from desktop_app.ui.widgets.sections import Card
from desktop_app.ui.widgets.states import IconView


class IntakeSide(QWidget):
    """``go_to`` puts the cursor where something is left to do, ``compare`` brings the possible duplicates into view."""

    def __init__(self, presenter: IntakePresenter, go_to: Callable[[str], None], compare: Callable[[], None]) -> None:
        super().__init__()
        self._presenter, self._go_to = presenter, go_to
        self.licence = LicenceCard()
        self.dues = DuesNotice()
        self.rival_text = label(wrap=True)
        self.compare = button(tr("Compare them side by side"), "quiet", Icon.REQUESTS, compare)
        self.compare.setObjectName("intake.compare")
        opened = row(self.compare, 1)
        said = row(IconView(Icon.WARNING, 2.5, Tone.SOON), self.rival_text)
        said.setStretch(1, 1)
        self.rival = panel(column(said, opened, gap=0.5, margin=1.5), "note")
        self.rival.setProperty("tone", Tone.SOON.value)
        self.brings = Card(
            tr("What the applicant brings"),
            *(label(f"•  {line}", wrap=True) for line in _requirements()),
            gap=0.5,
        )
        self.documents = DocumentsCard()
        self.drafts = Card(tr("Unfinished"), gap=0.5)
        self.draft_buttons: list[QPushButton] = []
        self.remaining = Card(tr("Left to do"), gap=0)
        self.remaining_buttons: list[QPushButton] = []
        self._listed: tuple[tuple[str, str], ...] | None = None
        self._drafts: tuple[FormDraft, ...] | None = None
        self.setLayout(
            column(
                self.licence,
                self.rival,
                self.dues,
                self.brings,
                self.drafts,
                self.remaining,
                self.documents,
                1,
                gap=1.5,
            )
        )

    def show_state(self) -> None:
        presenter = self._presenter
        self.licence.show_licence(presenter.parent, presenter.reference)
        self.brings.setVisible(presenter.form.empty)
        self.documents.setVisible(not presenter.form.empty)
        alike = presenter.duplicates
        count = len(alike.others) + alike.more
        warned = ntr("{n} open request looks like this one", "{n} open requests look like this one", count)
        self.rival_text.setText("\n".join(filter(None, (presenter.warning_of(fields.PARENT), f"{warned}."))))
        self.rival.setVisible(bool(count))
        self.dues.show_dues(presenter.dues)
        self._show_drafts(presenter.unfinished if presenter.form.empty and presenter.request is None else ())
        self._show_remaining(presenter.say_remaining() if not presenter.form.empty else ())

    def _show_drafts(self, drafts: tuple[FormDraft, ...]) -> None:
        self.drafts.setVisible(bool(drafts))
        if drafts == self._drafts:
            return
        self._drafts = drafts
        self.draft_buttons = _refill(
            self.drafts, [(_title(one), partial(self._presenter.open_draft, one.key)) for one in drafts]
        )

    def _show_remaining(self, found: tuple[tuple[str, str], ...]) -> None:
        self.remaining.setVisible(bool(found))
        if found == self._listed:
            return
        self._listed = found
        self.remaining.heading.setText(
            ntr("{n} thing is left before lodging", "{n} things are left before lodging", len(found))
        )
        self.remaining_buttons = _refill(
            self.remaining,
            [(self._with_place(about, sentence), partial(self._go_to, about)) for about, sentence in found],
        )

    def _with_place(self, about: str, sentence: str) -> str:
        """Which of the children it is about."""
        parts = about.split(".")
        place = self._presenter.split.sharing.number_of(parts[1]) if len(parts) == 3 else 0
        return tr("New licence {n}: {sentence}", n=place, sentence=sentence) if place else sentence


def _requirements() -> tuple[str, ...]:
    """What the service card asks for."""
    return (
        tr("The number of the licence to split, active and renewed"),
        tr("The reference number of the property title deed"),
        tr("The reference number of the construction-licensing certificate, for vocations that need it"),
    )


def _title(draft: FormDraft) -> str:
    who = draft.fields.get(fields.NAME, "").strip()
    licence = code(clean(draft.fields.get(fields.PARENT, "")))
    what = " · ".join(filter(None, (who, licence))) or tr("without a name")
    return tr("{what}\n{moment}", what=what, moment=date_and_time(draft.saved_at))


def _refill(card: Card, lines: list[tuple[str, Callable[[], None]]]) -> list[QPushButton]:
    body = card.body
    assert isinstance(body, QVBoxLayout)
    while (item := body.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    made = [_line(text, run) for text, run in lines]
    for one in made:
        body.addWidget(one)
    return made


def _line(text: str, run: Callable[[], None]) -> QPushButton:
    """A sentence that is a button: its words are laid over it, so that they wrap."""
    made = button("", "quiet", None, run)
    # A button is by itself as high as its own text, of which there is none.
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    words = label(text, Type.SMALL, wrap=True)
    words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    box = row(words)
    box.setContentsMargins(space(1), space(0.5), space(1), space(0.5))
    made.setLayout(box)
    made.setAccessibleName(text)
    made.setMinimumHeight(max(space(3), box.totalMinimumSize().height()))
    return made
