"""Where notices are read: a bar inside the window, above the screen; it covers nothing and stops nobody."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.texts import tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.messages import Level, Messages, Notice
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.states import IconView

TONES = {Level.DONE: Tone.DONE, Level.INFO: Tone.ACCENT, Level.WARNING: Tone.SOON, Level.ERROR: Tone.LATE}
ICONS = {Level.DONE: Icon.DONE, Level.INFO: Icon.INFO, Level.WARNING: Icon.WARNING, Level.ERROR: Icon.ERROR}
FADES_AFTER_MS = 6000
AT_ONCE = 3
SCREENS_OF_NEWS = 2
"""News may be told on the way to another screen, so it is read there; on the one after that it is old."""


class NoticeView(QFrame):
    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self.notice = notice
        self.screens = 1
        tone = TONES[notice.level]
        self.setProperty("kind", "note")
        self.setProperty("tone", tone.value)
        self.close_button = button("", "quiet", Icon.CLOSE)
        self.close_button.setAccessibleName(tr("Close this message"))
        self.close_button.setToolTip(tr("Close this message"))
        act = button(notice.action_label, "plain", None, notice.action) if notice.action else None
        reference = tr("Reference: {code}", code=notice.reference) if notice.reference else ""
        more = "  ".join(filter(None, (notice.kept, notice.todo)))
        words = column(
            label(notice.happened, strong=True, wrap=True, selectable=True),
            label(more, wrap=True, selectable=True) if more else None,
            label(reference, Type.SMALL, Tone.MUTED, selectable=True) if reference else None,
            gap=0.25,
        )
        line = row(IconView(ICONS[notice.level], 2.5, tone), words, act, self.close_button, gap=1.5, margin=1)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setAccessibleName(" ".join(filter(None, (notice.happened, more, reference))))


class MessageBar(QWidget):
    """Shows the latest few; what is done fades by itself, news stays for two screens, the rest until closed."""

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self._box = column(gap=0.5, margin=1)
        self.setLayout(self._box)
        self.views: list[NoticeView] = []
        self.hide()
        messages.posted.connect(self.show_notice)

    def show_notice(self, notice: Notice) -> None:
        done = notice.level is Level.DONE
        for view in tuple(self.views):
            if view.notice == notice or view.notice.level is Level.DONE or (done and view.notice.passing):
                self._close(view)
        view = NoticeView(notice)
        view.close_button.clicked.connect(lambda _=False: self._close(view))
        self.views.insert(0, view)
        self._box.insertWidget(0, view)
        if len(self.views) > AT_ONCE:
            # An error gives way last: it may be the one sentence the user has not read yet.
            minor = [old for old in self.views[1:] if old.notice.level is not Level.ERROR]
            self._close(minor[-1] if minor else self.views[-1])
        if done:
            QTimer.singleShot(FADES_AFTER_MS, view, lambda: self._close(view))
        self.show()

    def change_screen(self) -> None:
        """Another screen comes on: to be called before it can say anything."""
        for view in tuple(self.views):
            view.screens += 1
            if view.notice.level is Level.INFO and view.screens > SCREENS_OF_NEWS:
                self._close(view)

    def close_latest(self) -> bool:
        """Close the topmost notice; False if there is none."""
        if not self.views:
            return False
        self._close(self.views[0])
        return True

    def clear(self) -> None:
        for view in tuple(self.views):
            self._close(view)

    def _close(self, view: NoticeView) -> None:
        if view in self.views:
            self.views.remove(view)
            self._box.removeWidget(view)
            view.hide()
            view.deleteLater()
        self.setVisible(bool(self.views))
