"""What is typed into a screen and not given yet, kept on disk at every pause and put back when one returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.workplace import Workplace
from desktop_app.ui.background import Background

PAUSE_MS = 400
"""Typing rests when nothing was struck for so long."""


class KeptForm:
    """The drafts of one screen. Whatever touches a draft goes through the queue of writes, so that a reading never
    overtakes the keeping before it."""

    def __init__(self, form: str, workplace: Workplace, background: Background) -> None:
        self._form = form
        self._workplace = workplace
        self._background = background

    def keep(self, key: str, fields: Mapping[str, str]) -> None:
        """Keeps what stands in the fields; a form that was emptied is forgotten."""
        if any(text.strip() for text in fields.values()):
            self._background.write(lambda: self.save(key, fields), lambda _: None)
        else:
            self._background.write(lambda: self.discard(key), lambda _: None)

    def save(self, key: str, fields: Mapping[str, str]) -> None:
        """Blocks: for work that is off the UI thread already, and must not go on where nothing could be kept."""
        self._workplace.drafts.save(FormDraft(self._form, key, self._workplace.clock.now(), dict(fields)))

    def restore(self, key: str, put_back: Callable[[dict[str, str]], None]) -> None:
        """Gives what was kept under `key` ({} for nothing) to `put_back`, on the UI thread."""
        self._background.write(lambda: self.find(key), put_back)

    def find(self, key: str) -> dict[str, str]:
        """Blocks: for work that is off the UI thread already."""
        draft = self._workplace.drafts.find(self._form, key)
        return dict(draft.fields) if draft else {}

    def discard(self, key: str) -> None:
        """Blocks: for work that is off the UI thread already, after a command was given."""
        self._workplace.drafts.discard(self._form, key)


class Pause(QTimer):
    """Calls once typing rests."""

    def __init__(self, rested: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(PAUSE_MS)
        self.timeout.connect(rested)

    def typed(self) -> None:
        self.start()

    def settle(self) -> None:
        """Somebody leaves: what was typed since the last pause is kept at once."""
        if self.isActive():
            self.stop()
            self.timeout.emit()
