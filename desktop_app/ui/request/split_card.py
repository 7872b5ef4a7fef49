"""The split in words and figures: the parent before, and every licence after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.texts import tr
from desktop_app.ui.request.shown import RequestShown, UnitShown
from desktop_app.ui.split_editor.bar import AreaBar, segments_of
from desktop_app.ui.split_editor.sharing import sharing_of
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column
from desktop_app.ui.widgets.sections import Card, holding


class SplitCard(Card):
    """One line per licence; the areas stand under one another so that their sum can be seen."""

    def __init__(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(2))
        self._grid.setVerticalSpacing(space(1))
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(3, 3)
        self.bar = AreaBar()
        self.bar.setAccessibleName(tr("The parent's area after the split"))
        super().__init__(tr("The split, before and after"), self.bar, holding(self._grid), gap=1.5)
        self.setObjectName("request.split")

    def show_request(self, shown: RequestShown) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        sharing = sharing_of(shown.whole, shown.request.plan)
        self.bar.setVisible(shown.whole is not None)
        self.bar.show_segments(segments_of(sharing), sharing)
        units = ([shown.before] if shown.before else []) + list(shown.after)
        for at, unit in enumerate(units):
            for place, cell in enumerate(_cells(unit, muted=at == 0 and shown.before is not None)):
                self._grid.addWidget(cell, at, place, Qt.AlignmentFlag.AlignTop)


def _cells(unit: UnitShown, *, muted: bool) -> tuple[QWidget, ...]:
    tone = Tone.MUTED if muted else Tone.PLAIN
    size = label(unit.area, tone=tone, strong=not muted)
    size.setAlignment(Qt.AlignmentFlag.AlignTrailing)
    under = "  ".join(filter(None, (unit.holder, unit.number)))
    return (
        label(unit.state, Type.SMALL, Tone.MUTED if muted else Tone.ACCENT),
        holding(
            column(
                label(unit.title, tone=tone, wrap=True, selectable=True),
                label(under, Type.SMALL, Tone.MUTED, wrap=True, selectable=True),
                gap=0,
            )
        ),
        size,
        holding(
            column(
                label(unit.vocations or "—", tone=tone, wrap=True),
                label(unit.signs, Type.SMALL, Tone.MUTED) if unit.signs else None,
                gap=0,
            )
        ),
    )
