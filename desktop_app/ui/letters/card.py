"""The card of a request's letters. Names: `letters.<body>` for each, `letters.look.<digest>` for a letter that the
centre drew, `letters.scan.<digest>` for the scan of an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.texts import tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.letters.shown import LetterShown
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, rule
from desktop_app.ui.widgets.sections import Card, holding


@dataclass(frozen=True, slots=True)
class LettersCalls:
    look: Callable[[str], None] = field(compare=False)
    scan: Callable[[str], None] = field(compare=False)


class LettersCard(Card):
    """One part for each body; hidden where nobody has to be asked."""

    def __init__(self) -> None:
        self._letters = QVBoxLayout()
        self._letters.setContentsMargins(0, 0, 0, 0)
        super().__init__(tr("Letters and answers"), holding(self._letters))
        self.setObjectName("letters")
        self._calls: LettersCalls | None = None
        self.hide()

    def attach(self, calls: LettersCalls) -> None:
        self._calls = calls

    def show_letters(self, letters: tuple[LetterShown, ...]) -> None:
        while (item := self._letters.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, one in enumerate(letters):
            if at:
                self._letters.addWidget(rule())
            part = self._part(one)
            self._letters.addWidget(part)
            part.show()
        self.setVisible(bool(letters))

    def _part(self, one: LetterShown) -> QWidget:
        head = row(label(one.title, strong=True, wrap=True), 1, Chip(one.state, one.tone), gap=1)
        head.setStretch(0, 1)
        looks = [button(paper.title, "quiet", Icon.DOCUMENT, partial(self._look, paper.digest)) for paper in one.papers]
        for made, paper in zip(looks, one.papers, strict=True):
            made.setObjectName(f"letters.look.{paper.digest}")
        if one.scan:
            looks.append(button(tr("Look at the answer"), "quiet", Icon.DOCUMENT, partial(self._scan, one.scan)))
            looks[-1].setObjectName(f"letters.scan.{one.scan}")
        part = holding(
            column(
                head,
                *(label(line, Type.SMALL, Tone.MUTED, wrap=True, selectable=True) for line in one.lines),
                label(one.waits, Type.SMALL, one.waits_tone, strong=one.waits_tone is Tone.LATE) if one.waits else None,
                row(*looks, 1, gap=1) if looks else None,
                gap=0.5,
            )
        )
        part.setObjectName(f"letters.{one.body}")
        return part

    def _look(self, digest: str) -> None:
        if self._calls is not None:
            self._calls.look(digest)

    def _scan(self, digest: str) -> None:
        if self._calls is not None:
            self._calls.scan(digest)
