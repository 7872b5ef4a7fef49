"""The split editor: before and after as bars over the units' cards; pieces are carried from card to card.

Names: split.add, split.undo, split.redo; split.<unit>.<field>, split.<unit>.take_rest, split.<unit>.add_vocation;
split.vocation.<code> and split.sign.<code> for the pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.domain.area import Area
from desktop_app.texts import tr
from desktop_app.texts.quantities import area
from desktop_app.ui.icons import Icon
from desktop_app.ui.split_editor.bar import AreaBar, segments_before, segments_of
from desktop_app.ui.split_editor.cards import (
    BeforeCard,
    ChildCard,
    ReadOnlyChildCard,
    RemainderCard,
    UnitCard,
    child_title,
)
from desktop_app.ui.split_editor.moving_chip import MovingChip, Piece
from desktop_app.ui.split_editor.presenter import SplitPresenter
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row
from desktop_app.ui.widgets.sections import holding
from desktop_app.ui.widgets.states import IconView

NARROWEST_CARD = 32
"""In units of the grid: cards stand beside one another as long as each has this."""


class SplitEditor(QWidget):
    """Shows a presenter's split and, unless ``read_only``, changes it. Everything is done by mouse or by keys alone."""

    def __init__(self, presenter: SplitPresenter, *, read_only: bool = False) -> None:
        super().__init__()
        self._presenter, self._read_only = presenter, read_only
        self.before_bar = AreaBar()
        self.bar = AreaBar(movable=not read_only)
        self.total = label(kind=Type.SMALL, tone=Tone.MUTED)
        self.left = Chip()
        self.alarm_text = label(strong=True, wrap=True, tone=Tone.LATE)
        self.alarm = panel(row(IconView(Icon.ERROR, 2.5, Tone.LATE), self.alarm_text, gap=1, margin=1), "note")
        self.alarm.setProperty("tone", Tone.LATE.value)
        self.problems = label(tone=Tone.LATE, wrap=True)
        self.add = button(tr("Add a new licence"), "plain", Icon.ADD, self._add)
        self.undo = button(tr("Undo"), "quiet", Icon.RETURNED, presenter.undo)
        self.redo = button(tr("Redo"), "quiet", None, presenter.redo)
        for name, made in (("add", self.add), ("undo", self.undo), ("redo", self.redo)):
            made.setObjectName(f"split.{name}")
        self.before = BeforeCard(self)
        self.remainder = RemainderCard(self)
        self.children_cards: dict[str, ChildCard | ReadOnlyChildCard] = {}
        self._grid = QGridLayout()
        self._stops: list[QWidget] = []
        self._placed: tuple[int, Sequence[UnitCard]] = (0, ())
        self._ghost: Chip | None = None
        self._target: UnitCard | None = None
        self._arrange()
        self._connect()
        presenter.view = self
        self.show_split()

    def _arrange(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(1.5))
        bars = QGridLayout()
        bars.setHorizontalSpacing(space(1.5))
        bars.setVerticalSpacing(space(0.25))
        bars.setContentsMargins(0, 0, 0, 0)
        bars.addWidget(label(tr("Before"), Type.SMALL, Tone.MUTED), 0, 0)
        bars.addWidget(self.before_bar, 0, 1)
        bars.addWidget(label(tr("After"), Type.SMALL, Tone.MUTED), 1, 0)
        bars.addWidget(self.bar, 1, 1)
        bars.setColumnStretch(1, 1)
        tools = row(self.left, self.total, 1, self.undo, self.redo, self.add)
        hint = label(
            tr("Drag a border (Ctrl for hundredths) or use the arrow keys. Drag chips, or press a place's number."),
            Type.SMALL,
            Tone.MUTED,
            wrap=True,
        )
        if self._read_only:
            for widget in (hint, self.undo, self.redo, self.add):
                widget.hide()
        self.content = holding(
            column(tools, bars, None if self._read_only else hint, self.alarm, self.problems, self._grid, gap=1)
        )
        self.waiting = label(
            tr("Its area, vocations and signs appear here as soon as the parent licence is found."),
            tone=Tone.MUTED,
            wrap=True,
        )
        self.setLayout(column(self.waiting, self.content, gap=0))
        self.before_bar.setAccessibleName(tr("The parent's area before the split"))
        self.bar.setAccessibleName(tr("The parent's area after the split"))

    def _connect(self) -> None:
        if self._read_only:
            return
        self.bar.border_moved.connect(self._presenter.drag_border)
        self.bar.settled.connect(self._presenter.settle)
        for keys, run in (
            ("Ctrl+Z", self._presenter.undo),
            ("Ctrl+Shift+Z", self._presenter.redo),
            ("Alt+A", self._add),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # -- what is shown ---------------------------------------------------------------------------------------

    def show_split(self) -> None:
        sharing = self._presenter.sharing
        self.content.setVisible(sharing.parent is not None)
        self.waiting.setVisible(sharing.parent is None)
        self._show_cards()
        self.before_bar.show_segments(segments_before(sharing), sharing)
        self.bar.show_segments(segments_of(sharing), sharing)
        self._show_left()
        over = self._presenter.over_allocated
        self.alarm_text.setText("\n".join(over))
        self.alarm.setVisible(bool(over))
        general = self._presenter.general_problems
        self.problems.setText("\n".join(general))
        self.problems.setVisible(bool(general))
        self.undo.setEnabled(self._presenter.can_undo)
        self.redo.setEnabled(self._presenter.can_redo)

    def _show_left(self) -> None:
        sharing = self._presenter.sharing
        over = sharing.left < 0
        said = (
            tr("Too much by {size}", size=area(Area(-sharing.left))) if over else tr("Left: {size}", size=sharing.left)
        )
        self.left.show_status(said, Tone.LATE if over else Tone.ACCENT)
        parent = sharing.parent
        self.total.setText(tr("of {size}", size=parent.area) if parent else "")

    def _show_cards(self) -> None:
        keys = [unit.key for unit in self._presenter.sharing.units]
        for key in [key for key in self.children_cards if key not in keys]:
            gone = self.children_cards.pop(key)
            gone.hide()
            gone.deleteLater()
        fresh = [key for key in keys if key not in self.children_cards]
        for key in fresh:
            self.children_cards[key] = (
                ReadOnlyChildCard(key, "", self) if self._read_only else ChildCard(key, self._presenter, self)
            )
        self._place_cards()
        for card in self._cards():
            card.show_split(self._presenter)
        self._order_stops()

    def _order_stops(self) -> None:
        """Cards and chips are made as they are needed; Tab still goes through them as one reads."""
        stops = [self.undo, self.redo, self.add, self.bar, *(stop for card in self._cards() for stop in card.stops())]
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    def _cards(self) -> list[BeforeCard | RemainderCard | ChildCard | ReadOnlyChildCard]:
        order = [self.children_cards[u.key] for u in self._presenter.sharing.units if u.key in self.children_cards]
        return [self.before, self.remainder, *order]

    def _place_cards(self) -> None:
        columns = max(1, min(4, (self.width() + space(1.5)) // space(NARROWEST_CARD + 1.5)))
        if (columns, self._cards()) == self._placed:
            return  # a card that is taken out and put back remembers the height it had before
        self._placed = columns, self._cards()
        while self._grid.takeAt(0) is not None:
            pass
        for at, card in enumerate(self._cards()):
            self._grid.addWidget(card, at // columns, at % columns)
        for at in range(4):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    # -- what the user does ----------------------------------------------------------------------------------

    def _add(self) -> None:
        key = self._presenter.add_unit()
        card = self.children_cards[key]
        if isinstance(card, ChildCard):
            card.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_problem(self, about: str) -> bool:
        """Go to the field of a child that the rules named; False if it is not one of the editor's."""
        parts = about.split(".")
        if parts[0] != "children":
            return False
        card = self.children_cards.get(parts[1]) if len(parts) == 3 else None
        if isinstance(card, ChildCard):
            edit = card.fields[parts[2]].edit if parts[2] in card.fields else card.search
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.add if not self.children_cards else self.bar).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # -- moving pieces (Movers) ------------------------------------------------------------------------------

    def places(self) -> tuple[tuple[str | None, str], ...]:
        sharing = self._presenter.sharing
        return ((None, tr("the parent")), *((unit.key, child_title(sharing, unit.key)) for unit in sharing.units))

    def put(self, piece: Piece, to: str | None) -> None:
        had_focus = any(chip.hasFocus() and chip.piece == piece for chip in self._chips())
        if piece.kind == "sign":
            self._presenter.move_sign(piece.code, to)
        else:
            self._presenter.move_vocation(piece.code, piece.origin, to)
        moved = next(
            (c for c in self._chips() if (c.piece.kind, c.piece.code, c.piece.origin) == (piece.kind, piece.code, to)),
            None,
        )
        if had_focus and moved is not None:
            moved.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chips(self) -> list[MovingChip]:
        cards: list[UnitCard] = [self.remainder, *self.children_cards.values()]
        return [chip for card in cards for shelf in (card.vocations, card.signs) for chip in shelf.chips]

    def drag(self, piece: Piece, at: QPoint) -> None:
        if self._ghost is None:
            self._ghost = Chip(piece.text, Tone.ACCENT, piece.icon)
            self._ghost.setParent(self)
            self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._ghost.resize(self._ghost.sizeHint())
            self._ghost.show()
        here = self.mapFromGlobal(at)
        self._ghost.move(here - QPoint(self._ghost.width() // 2, self._ghost.height() // 2))
        self._ghost.raise_()
        self._aim(self._card_at(here))

    def drop(self, piece: Piece, at: QPoint) -> None:
        card = self._card_at(self.mapFromGlobal(at))
        self.give_up()
        if card is not None and card.key != piece.origin:
            self.put(piece, card.key)

    def give_up(self) -> None:
        self._aim(None)
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None

    def _aim(self, card: UnitCard | None) -> None:
        if card is self._target:
            return
        for one, wanted in ((self._target, False), (card, True)):
            if one is not None:
                one.show_target(wanted)
        self._target = card

    def _card_at(self, here: QPoint) -> UnitCard | None:
        cards: list[UnitCard] = [self.remainder, *self.children_cards.values()]
        return next((card for card in cards if card.isVisible() and card.geometry().contains(here)), None)
