"""The top bar (product, search, sync) and the status bar (whose hands these are, and that data is sample)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar

from desktop_app.sync.status import TOO_NEW, TOO_OLD
from desktop_app.texts import N_, isolate, ntr, tr
from desktop_app.texts.quantities import percent
from desktop_app.ui.frame.command_box import CommandBox
from desktop_app.ui.icons import Icon, set_icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, row, rule
from desktop_app.ui.widgets.states import IconView


class SyncState(StrEnum):
    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    REFUSED = "refused"


_SYNC = {
    SyncState.SYNCED: (Icon.SYNCED, Tone.DONE),
    SyncState.SYNCING: (Icon.SYNCING, Tone.ACCENT),
    SyncState.OFFLINE: (Icon.OFFLINE, Tone.SOON),
    SyncState.REFUSED: (Icon.CONFLICT, Tone.LATE),
}


_VERSIONS = {
    TOO_OLD: N_("This program is too old for the centre"),
    TOO_NEW: N_("The centre is older than this program"),
}


@dataclass(frozen=True, slots=True)
class SyncBadge:
    """How things stand with the centre; ``pending`` commands wait to be sent. ``taken`` is the share, 0 to 1, of what
    this computer takes over for the first time; None when it takes over nothing. ``trouble`` is what stands between
    both although they talk."""

    state: SyncState = SyncState.OFFLINE
    pending: int = 0
    taken: float | None = None
    trouble: str = ""

    @property
    def words(self) -> str:
        said = {
            SyncState.SYNCED: tr("Synchronised"),
            SyncState.SYNCING: tr("Synchronising…"),
            SyncState.OFFLINE: tr("Working offline"),
            SyncState.REFUSED: tr("Synchronising has stopped"),
        }[self.state]
        if self.state is SyncState.SYNCED and self.trouble in _VERSIONS:
            said = tr(_VERSIONS[self.trouble])
        if self.taken is not None:
            said = tr("Preparing this computer: {share}", share=isolate(percent(int(self.taken * 100))))
        if not self.pending:
            return said
        waiting = ntr("{n} waiting to be sent", "{n} waiting to be sent", self.pending)
        return f"{said} · {waiting}"


class TopBar(QFrame):
    sync_asked = Signal()

    def __init__(self, box: CommandBox) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.product = label(tr("Tajzia"), Type.HEADING, Tone.ACCENT)
        self.product.setFixedWidth(space(24 - 2))
        self.box = box
        box.setMinimumWidth(space(40))
        box.setMaximumWidth(space(80))
        self.sync = button("", "quiet", Icon.OFFLINE, self.sync_asked.emit)
        self.sync.setObjectName("frame.sync")
        self.menu = button("", "quiet", Icon.MENU)
        self.menu.setObjectName("frame.menu")
        self.menu.setAccessibleName(tr("Menu"))
        self.menu.setToolTip(tr("Menu"))
        self.menu.hide()
        box.setObjectName("frame.search")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedSize(space(10), space(0.5))
        self.busy_text = label("", Type.SMALL, Tone.MUTED)
        self.busy.hide()
        inner = row(self.product, box, 1, self.busy_text, self.busy, self.sync, self.menu, gap=2)
        inner.setContentsMargins(space(2), space(1), space(2), space(1))
        inner.setStretch(1, 4)
        self.setLayout(column(inner, rule(), gap=0))
        self.show_sync(SyncBadge())

    def show_sync(self, badge: SyncBadge) -> None:
        icon, tone = _SYNC[badge.state]
        if badge.state is SyncState.SYNCED and badge.trouble in _VERSIONS:
            icon, tone = Icon.CONFLICT, Tone.SOON
        self.sync.setText(badge.words)
        set_icon(self.sync, icon, tone)

    def show_menu(self, menu: QMenu) -> None:
        """What concerns the person and the look, behind one button at the end of the bar."""
        self.menu.setMenu(menu)
        self.menu.show()

    def show_busy(self, busy: bool, said: str = "") -> None:
        self.busy.setVisible(busy)
        self.busy_text.setText(said if busy else "")


class StatusBar(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.identity = label("", Type.SMALL, Tone.MUTED)
        self._mark = IconView(Icon.SAMPLE, 1.75, Tone.SOON)
        self.notice = label("", Type.SMALL, Tone.SOON)
        self.notice.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing)
        self.lease = label("", Type.SMALL, Tone.LATE, strong=True)
        self.lease.setObjectName("frame.lease")
        self.lease.hide()
        inner = row(self.identity, 1, self.lease, 1, self._mark, self.notice, gap=0.75)
        inner.setContentsMargins(space(2), space(0.5), space(2), space(0.5))
        self.setLayout(column(rule(), inner, gap=0))
        self.show_sample(sample=True)

    def show_identity(self, branch: str, person: str, role: str) -> None:
        self.identity.setText(" · ".join(filter(None, (branch, person, role))))

    def show_lease(self, words: str) -> None:
        """For how long work goes on without the centre, in the last days; "" before them."""
        self.lease.setText(words)
        self.lease.setVisible(bool(words))

    def show_sample(self, *, sample: bool) -> None:
        """Say that rates and rules are sample data, until the municipality has approved them."""
        self.notice.setText(tr("Sample data — to be approved by the municipality") if sample else "")
        self._mark.setVisible(sample)
        set_property(self.notice, "tone", Tone.SOON.value)
