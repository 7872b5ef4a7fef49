"""Where the pieces of one unit lie: chips in lines, and a word when there is none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.split_editor.flow import FlowLayout
from desktop_app.ui.split_editor.moving_chip import Movers, MovingChip, Piece
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.states import IconView


class Shelf(QWidget):
    """Chips are made anew only when what lies here changed, so that focus stays where it is."""

    def __init__(self, title: str, movers: Movers) -> None:
        super().__init__()
        self._movers = movers
        self._pieces: tuple[Piece, ...] | None = None
        self.chips: list[MovingChip] = []
        self.title = label(title, Type.SMALL, Tone.MUTED)
        self._lines = QWidget()
        self._flow = FlowLayout(self._lines)
        self._none = label(tr("none"), Type.SMALL, Tone.MUTED)
        self.problem = ProblemLine()
        self._lines.setAccessibleName(title)
        self.setLayout(column(self.title, self._none, self._lines, self.problem, gap=0.5))

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        if pieces == self._pieces:
            return
        self._pieces = pieces
        while self._flow.takeAt(0) is not None:
            pass
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [MovingChip(piece, self._movers) for piece in pieces]
        for chip in self.chips:
            self._flow.addWidget(chip)
        self._none.setVisible(not pieces)
        self._lines.setVisible(bool(pieces))
        self._flow.invalidate()
        self._lines.updateGeometry()


class ProblemLine(QWidget):
    """What is wrong here, with a mark; takes no room while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        from desktop_app.ui.icons import Icon

        self.said = label("", Type.SMALL, Tone.LATE, wrap=True)
        self.said.setSizePolicy(self.said.sizePolicy().Policy.Expanding, self.said.sizePolicy().Policy.Minimum)
        self.setLayout(row(IconView(Icon.WARNING, 2, Tone.LATE), self.said, gap=0.5))
        self.hide()

    @property
    def text(self) -> str:
        return self.said.text()

    def show_problem(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.setVisible(bool(sentence))
