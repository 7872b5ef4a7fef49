"""The preview beside the queue: the selected request at a glance.

Names: `queue.preview`, `queue.open`, `queue.escalated`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.texts import name_of, tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.status_look import icon_of, tone_of
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, rule, scrolled
from desktop_app.ui.widgets.sections import Facts, holding
from desktop_app.ui.widgets.states import Stateful, StatePage
from desktop_app.ui.widgets.time_left import TimeLeft

if TYPE_CHECKING:
    from desktop_app.ui.request.glance import Glance


class Preview(QFrame):
    """Follows the selection; reading it changes nothing."""

    def __init__(self, open_it: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("queue.preview")
        self.setProperty("kind", "card")
        self._open_it = open_it
        self._state = Stateful(QWidget())
        self.setLayout(column(self._state, gap=0))
        self._filled = False
        self.show_glance(None)

    def _fill(self) -> None:
        """Made with the first request that is shown: not before the first page is seen."""
        self._filled = True
        self.number = label(kind=Type.HEADING, selectable=True)
        self.applicant = label(strong=True, wrap=True, selectable=True)
        self.status = Chip()
        self.mark = Chip()
        self.portal = Chip()
        self.portal.setObjectName("queue.from_portal")
        self.portal.show_status(tr("From the portal"), Tone.ACCENT)
        self.time_left = TimeLeft()
        self.escalated = label(tone=Tone.LATE, wrap=True)
        self.escalated.setObjectName("queue.escalated")
        self.times = Facts()
        self.foreseen = label(kind=Type.SMALL, tone=Tone.MUTED, wrap=True)
        self.step = label(wrap=True)
        self.facts = Facts()
        self._units = QVBoxLayout()
        self._units.setContentsMargins(0, 0, 0, 0)
        self.last = label(wrap=True)
        self.last_when = label(kind=Type.SMALL, tone=Tone.MUTED)
        self.open = button(tr("Open the request"), "main", on_click=self._open_it)
        self.open.setObjectName("queue.open")
        inner = holding(
            column(
                row(self.number, 1),
                row(self.status, self.portal, self.mark, 1),
                self.applicant,
                self.time_left,
                self.escalated,
                self.times,
                self.foreseen,
                rule(),
                label(tr("The step that is due"), Type.SMALL, Tone.MUTED),
                self.step,
                rule(),
                self.facts,
                rule(),
                label(tr("The new licences"), Type.SMALL, Tone.MUTED),
                self._units,
                rule(),
                label(tr("The last thing that happened"), Type.SMALL, Tone.MUTED),
                self.last,
                self.last_when,
                1,
                gap=1,
            )
        )
        whole = holding(column(scrolled(inner), row(self.open, 1), gap=1.5, margin=2))
        self._state.replace_content(whole)

    def show_glance(self, glance: Glance | None) -> None:
        if glance is None:
            self._state.show_state(
                StatePage(Icon.REQUESTS, tr("Nothing is selected"), tr("Choose a row to see it here; Enter opens it."))
            )
            return
        if not self._filled:
            self._fill()
        self.number.setText(glance.number)
        self.applicant.setText(glance.applicant)
        self.status.show_status(name_of(glance.status), tone_of(glance.status), icon_of(glance.status))
        self.portal.setVisible(glance.from_portal)
        self.mark.setVisible(glance.refused or bool(glance.pending))
        if glance.refused:
            self.mark.show_status(tr("refused by the centre"), Tone.LATE, Icon.CONFLICT)
        else:
            self.mark.show_status(tr("awaiting the centre"), Tone.SOON, Icon.PENDING)
        self.time_left.show_time(glance.promise.words, glance.promise.used or 0.0, glance.promise.tone)
        self.time_left.setVisible(bool(glance.promise.words))
        self.escalated.setText(glance.clock.escalated)
        self.escalated.setVisible(bool(glance.clock.escalated))
        self.times.show_pairs(*glance.clock.sums)
        self.times.setVisible(bool(glance.clock.sums))
        self.foreseen.setText(glance.clock.foreseen)
        self.foreseen.setVisible(bool(glance.clock.foreseen))
        self.step.setText(glance.step)
        self.facts.show_pairs(
            (tr("Parent licence"), glance.parent),
            (tr("Trade name"), glance.trade_name),
            (tr("Address"), glance.address),
            (tr("District"), glance.district),
            (tr("Mobile"), glance.mobile),
        )
        self._show_units(glance.units)
        self.last.setText(glance.last)
        self.last_when.setText(glance.last_when)
        self._state.show_content()

    def _show_units(self, units: tuple[tuple[str, str, str], ...]) -> None:
        while (item := self._units.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for name, size, vocations in units:
            lines = column(
                row(label(name, wrap=True), 1, label(size, tone=Tone.MUTED)),
                label(vocations, Type.SMALL, Tone.MUTED, wrap=True),
                gap=0,
            )
            self._units.addWidget(holding(lines))
