"""The raw text of the form among the drafts: kept at every pause, forgotten once it was given or discarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.workplace import Workplace
from desktop_app.ui.background import Background
from desktop_app.ui.intake.looking import FORM


class RawText:
    """`dirty` while there is something new that was not kept yet. All of it goes through the queue of writes."""

    def __init__(self, workplace: Workplace, background: Background, failed: Callable[[Exception], None]) -> None:
        self._workplace, self._background, self._failed = workplace, background, failed
        self.dirty = False

    def keep(self, key: str, texts: Callable[[], Mapping[str, str]]) -> None:
        """Puts what `texts` gives into the drafts, if there is anything new in it."""
        if not self.dirty:
            return
        self.dirty = False
        draft = FormDraft(FORM, key, self._workplace.clock.now(), dict(texts()))
        self._background.write(lambda: self._workplace.drafts.save(draft), lambda _: None, self._not_kept)

    def drop(self, key: str, then: Callable[[], None] = lambda: None) -> None:
        """Forgets it."""
        self.dirty = False
        self._background.write(lambda: self._workplace.drafts.discard(FORM, key), lambda _: then(), self._failed)

    def _not_kept(self, error: Exception) -> None:
        self.dirty = True
        self._failed(error)
