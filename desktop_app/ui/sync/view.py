"""The page of the synchronisation on screen. Names: `sync.now`, `sync.offline`, `sync.conflicts`, `sync.state`,
`sync.taken` (a bar while this computer takes over what the centre holds), `sync.given` (what was given here)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLayout, QListWidget, QListWidgetItem, QProgressBar, QWidget

from desktop_app.application.ports.given import GivenState
from desktop_app.sync.status import SyncState
from desktop_app.texts import tr
from desktop_app.texts.quantities import number
from desktop_app.ui import icons, theme
from desktop_app.ui.icons import Icon
from desktop_app.ui.sync.presenter import GivenLine, SyncShown
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import Card, Facts, holding
from desktop_app.ui.widgets.states import IconView

_LOOK = {
    SyncState.SYNCED: (Icon.SYNCED, Tone.DONE),
    SyncState.SYNCING: (Icon.SYNCING, Tone.ACCENT),
    SyncState.OFFLINE: (Icon.OFFLINE, Tone.SOON),
    SyncState.WORKING_OFFLINE: (Icon.OFFLINE, Tone.SOON),
    SyncState.REFUSED: (Icon.CONFLICT, Tone.LATE),
}


_GIVEN = {
    GivenState.WAITING: (Icon.SEND, Tone.SOON),
    GivenState.SENT: (Icon.SYNCING, Tone.ACCENT),
    GivenState.CONFIRMED: (Icon.SYNCED, Tone.DONE),
    GivenState.REFUSED: (Icon.CONFLICT, Tone.LATE),
}
_REQUEST = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class SyncCalls:
    now: Callable[[], None] = field(compare=False)
    offline: Callable[[bool], None] = field(compare=False)
    conflicts: Callable[[], None] = field(compare=False)
    request: Callable[[str], None] = field(compare=False)


class SyncWidget(QWidget):
    """One card of state, one of figures, one of what can be done."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sync")
        self._calls: SyncCalls | None = None
        self.icon = IconView(Icon.OFFLINE, 5, Tone.SOON)
        self.headline = label(kind=Type.TITLE, wrap=True)
        self.headline.setObjectName("sync.state")
        self.advice = label(tone=Tone.MUTED, wrap=True)
        self.trouble = label(tone=Tone.SOON, wrap=True, selectable=True)
        self.disagreement = label(tone=Tone.LATE, wrap=True, selectable=True)
        self.disagreement.setObjectName("sync.disagreement")
        self.times = Facts()
        self.figures = {
            name: label(kind=Type.TITLE, tone=Tone.ACCENT) for name in ("waiting", "sent", "confirmed", "refused")
        }
        self.now = button(tr("Synchronise now"), "main", on_click=self._sync_now)
        self.now.setObjectName("sync.now")
        self.offline = QCheckBox(tr("Work without the centre"))
        self.offline.setObjectName("sync.offline")
        self.offline.clicked.connect(self._wanted_offline)
        self.conflicts = button(tr("See what was refused"), "plain", Icon.CONFLICT, self._to_conflicts)
        self.conflicts.setObjectName("sync.conflicts")
        self.taking = label(wrap=True)
        self.taken = QProgressBar()
        self.taken.setObjectName("sync.taken")
        self.taken.setRange(0, 100)
        self.taken.setFormat("")
        self.given = QListWidget()
        self.given.setObjectName("sync.given")
        self.given.setAccessibleName(tr("What was done on this computer"))
        self.given.setUniformItemSizes(True)
        self.given.itemActivated.connect(self._to_request)
        self.setLayout(self._arranged())

    def _arranged(self) -> QLayout:
        titles = {
            "waiting": tr("wait to be sent"),
            "sent": tr("lie at the centre undecided"),
            "confirmed": tr("confirmed by the centre"),
            "refused": tr("refused by the centre"),
        }
        words = holding(column(self.headline, self.advice, self.trouble, self.disagreement, gap=0.5))
        state = row(self.icon, words, gap=2)
        state.setStretch(1, 1)
        figures = row(
            *(
                # In a row: a figure without letters would stand at its label's far end.
                holding(column(row(self.figures[name], 1), label(title, Type.SMALL, Tone.MUTED), gap=0))
                for name, title in titles.items()
            ),
            1,
            gap=6,
        )
        cards = holding(
            column(
                Card("", state, self.taking, self.taken, self.times, gap=2),
                Card(tr("What was done on this computer"), figures, row(self.conflicts, 1), gap=1.5),
                row(self.now, self.offline, 1, gap=3),
                self.given,
                # Where nothing was given the list is not there, and the cards keep their height.
                1,
                gap=2,
            )
        )
        cards.setMaximumWidth(space(110))
        return row(cards, 1, margin=3)

    def attach(self, calls: SyncCalls) -> None:
        self._calls = calls

    def show_sync(self, shown: SyncShown) -> None:
        icon, tone = _LOOK[shown.state]
        self.icon.show_icon(icon, tone)
        self.headline.setText(shown.headline)
        self.advice.setText(shown.advice)
        self.trouble.setText(shown.trouble)
        self.trouble.setVisible(bool(shown.trouble))
        self.taking.setText(shown.taking)
        self.taking.setVisible(shown.taken is not None)
        self.taken.setVisible(shown.taken is not None)
        self.taken.setValue(shown.taken or 0)
        self.disagreement.setText(shown.disagreement)
        self.disagreement.setVisible(bool(shown.disagreement))
        self.times.show_pairs(
            (tr("Last contact"), shown.last_contact),
            (tr("Next attempt"), shown.next_try),
            (tr("Both sides compared"), shown.compared),
        )
        counts = {
            "waiting": shown.waiting,
            "sent": shown.sent,
            "confirmed": shown.confirmed,
            "refused": shown.refused,
        }
        for name, count in counts.items():
            self.figures[name].setText(number(count))
            loud = Tone.LATE if name == "refused" else Tone.ACCENT
            set_property(self.figures[name], "tone", (loud if count else Tone.MUTED).value)
        self.conflicts.setVisible(bool(shown.refused))
        self.offline.setChecked(shown.offline_wanted)
        self.now.setEnabled(shown.state is not SyncState.SYNCING and not shown.offline_wanted)

    def show_given(self, lines: tuple[GivenLine, ...]) -> None:
        names = {
            GivenState.WAITING: tr("waits to be sent"),
            GivenState.SENT: tr("lies at the centre undecided"),
            GivenState.CONFIRMED: tr("confirmed by the centre"),
            GivenState.REFUSED: tr("refused by the centre"),
        }
        scrolled_to = self.given.verticalScrollBar().value()
        self.given.clear()
        for line in lines:
            icon, tone = _GIVEN[line.state]
            said = tr(
                "{what} — {state}", what=" ".join(filter(None, (line.what, line.number))), state=names[line.state]
            )
            item = QListWidgetItem(f"{said}\n{tr('{who}, {when}', who=line.who, when=line.when)}")
            item.setIcon(icons.picture(icon, theme.current().colour(tone)))
            item.setData(_REQUEST, line.request_id)
            self.given.addItem(item)
        self.given.verticalScrollBar().setValue(scrolled_to)
        self.given.setVisible(bool(lines))

    def _to_request(self, item: QListWidgetItem) -> None:
        if self._calls is not None:
            self._calls.request(str(item.data(_REQUEST)))

    def _sync_now(self) -> None:
        if self._calls is not None:
            self._calls.now()

    def _wanted_offline(self, wanted: bool) -> None:
        if self._calls is not None:
            self._calls.offline(wanted)

    def _to_conflicts(self) -> None:
        if self._calls is not None:
            self._calls.conflicts()
