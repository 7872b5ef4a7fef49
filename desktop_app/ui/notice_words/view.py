"""The words of the text messages. Names: `notice_words.table`, `.words`, `.place.<name>`, `.preview`, `.cost`, `.save`,
`.use_own`, `.look`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.texts.quantities import number
from desktop_app.ui.background import Background
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.notice_words.judged import JudgedWords, place_title
from desktop_app.ui.notice_words.presenter import WordsLine, WordsShown
from desktop_app.ui.tables.columns import ChipOf, Column
from desktop_app.ui.tables.model import LazyTableModel, Page
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, ActionBar, button
from desktop_app.ui.widgets.edits import TextArea
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, scrolled
from desktop_app.ui.widgets.sections import Card, holding
from desktop_app.ui.widgets.states import Stateful, loading, offline
from desktop_app.ui.widgets.timeline import Timeline

_EDITOR = 80
_PLACES_IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class WordsCalls:
    look: Callable[[], None] = field(compare=False)
    choose: Callable[[str], None] = field(compare=False)
    typing: Callable[[str], None] = field(compare=False)
    keep: Callable[[str], None] = field(compare=False)
    save: Callable[[], None] = field(compare=False)
    use_own: Callable[[], None] = field(compare=False)


class WordsWidget(QWidget):
    """The sixteen texts, and beside them the chosen one: its words, how they read, what they cost, who changed them."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setObjectName("notice_words")
        self._calls: WordsCalls | None = None
        self._shown: WordsShown | None = None
        self.model: LazyTableModel[WordsLine] = LazyTableModel(_columns(), lambda line: line.id, background, self)
        self.table = TableView(self.model)
        self.table.setObjectName("notice_words.table")
        self.table.setAccessibleName(tr("Words of messages"))
        self.table.current_changed.connect(lambda _: self._choose())
        self.model.filled.connect(self._filled)
        self.title = label("", Type.HEADING, wrap=True)
        self.words = TextArea(lines=5)
        self.words.setObjectName("notice_words.words")
        self.words.textChanged.connect(self._struck)
        self._pause = Pause(lambda: self._call().keep(self.words.toPlainText()), self)
        self.field = Field("words", tr("Words of the message"), self.words)
        self._places = column(gap=0.5)
        self.preview = label("", wrap=True, selectable=True)
        self.preview.setObjectName("notice_words.preview")
        self.cost = label("", Type.SMALL, Tone.MUTED, wrap=True)
        self.cost.setObjectName("notice_words.cost")
        self.reading = Card(tr("As the applicant reads it, with an example"), self.preview, self.cost)
        self.actions_bar = ActionBar()
        self.history = Timeline()
        self.never = label(tr("Nobody has changed these words yet."), tone=Tone.MUTED)
        editor = column(
            self.title,
            self.field,
            label(tr("Places that the program fills in; a click puts one where you write"), Type.SMALL, Tone.MUTED),
            self._places,
            self.reading,
            self.actions_bar,
            Card(tr("Changes of these words"), self.never, self.history),
            1,
            gap=1.5,
            margin=1,
        )
        beside = scrolled(holding(editor))
        beside.setFixedWidth(space(_EDITOR))
        look = button(tr("Read again"), "quiet", Icon.SYNCING, lambda: self._call().look())
        look.setObjectName("notice_words.look")
        listed = column(row(1, look), self.table, gap=1)
        listed.setStretch(1, 1)
        whole = row(holding(listed), beside, gap=2)
        whole.setStretch(0, 1)
        self._place = Stateful(holding(whole))
        self.setLayout(column(self._place, margin=2))

    def attach(self, calls: WordsCalls) -> None:
        self._calls = calls

    def show_loading(self) -> None:
        self._place.show_state(loading())

    def show_offline(self, sentence: str) -> None:
        self._place.show_state(offline(sentence, Action("notice_words.again", tr("Try again"), self._call().look)))

    def show_lines(self, lines: tuple[WordsLine, ...]) -> None:
        self._place.show_content()
        self.model.show(lambda after, limit: Page(lines))

    def show_chosen(self, shown: WordsShown, typed: str) -> None:
        self.title.setText(shown.title)
        self._write_as(shown)
        self.words.blockSignals(True)
        self.words.setPlainText(typed)
        self.words.blockSignals(False)
        self._show_places(shown.places)
        self.show_standing(shown)

    def show_standing(self, shown: WordsShown) -> None:
        self._shown = shown
        self.never.setVisible(not shown.history)
        self.history.show_events(shown.history)

    def show_judged(self, judged: JudgedWords, *, may_save: bool) -> None:
        self.field.show_problem("\n".join(judged.findings))
        self.reading.setVisible(not judged.findings)
        self.preview.setText(judged.preview)
        self.cost.setText(judged.cost)
        shown = self._shown
        save = Action("notice_words.save", tr("Save these words"), lambda: self._call().save(), Icon.DONE)
        own = Action(
            "notice_words.use_own", tr("Use the program's own words"), lambda: self._call().use_own(), Icon.RETURNED
        )
        self.actions_bar.show_actions(save, (own,) if shown is not None and shown.own else ())
        self.actions_bar.buttons["notice_words.save"].setEnabled(may_save)

    def settle(self) -> None:
        """Keeps what was typed since the last pause."""
        self._pause.settle()

    def _write_as(self, shown: WordsShown) -> None:
        option = self.words.document().defaultTextOption()
        rtl = Qt.LayoutDirection.RightToLeft
        option.setTextDirection(rtl if shown.arabic else Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if shown.arabic else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self.words.document().setDefaultTextOption(option)

    def _show_places(self, places: tuple[str, ...]) -> None:
        while (item := self._places.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        made = [self._place_button(name) for name in places]
        for at in range(0, len(made), _PLACES_IN_A_ROW):
            self._places.addWidget(holding(row(*made[at : at + _PLACES_IN_A_ROW], 1, gap=0.5)))

    def _place_button(self, name: str) -> QWidget:
        made = button(place_title(name), "plain", Icon.ADD, lambda: self._insert(name))
        made.setObjectName(f"notice_words.place.{name}")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _insert(self, name: str) -> None:
        self.words.insertPlainText(f"{{{name}}}")
        self.words.setFocus()

    def _struck(self) -> None:
        self._call().typing(self.words.toPlainText())
        self._pause.typed()

    def _choose(self) -> None:
        index = self.table.currentIndex()
        line = self.model.row_at(index.row()) if index.isValid() else None
        if line is not None:
            self._pause.settle()  # what was typed into the one before is kept under its own name
            self._call().choose(line.id)

    def _filled(self) -> None:
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _call(self) -> WordsCalls:
        assert self._calls is not None
        return self._calls


def _columns() -> tuple[Column[WordsLine], ...]:
    return (
        Column("title", tr("Message"), lambda line: line.title),
        Column("language", tr("Language"), lambda line: line.language, 12),
        Column("own", tr("Words"), lambda line: _whose(line).text, 20, chip=_whose),
        Column("parts", tr("Parts"), lambda line: number(line.parts), 8, number=True),
    )


def _whose(line: WordsLine) -> ChipOf:
    if line.own:
        return ChipOf(tr("changed here"), Tone.DONE, Icon.EDIT)
    return ChipOf(tr("the program's own"), Tone.MUTED, Icon.DOCUMENT)
