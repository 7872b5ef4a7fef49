"""Which pages of a document may be drawn in this program: somebody may have brought a file that takes all memory."""

from __future__ import annotations

from desktop_app.application.ports.page_trial import PageTrial
from desktop_app.domain.attachments import ContentType


class TriedPages:
    """Each page of a PDF is tried once, when it is first to be drawn. Pictures are refused by their heads, by Qt."""

    def __init__(self, kind: ContentType, data: bytes, trial: PageTrial) -> None:
        self._kind, self._data, self._trial = kind, data, trial
        self._stands: dict[int, bool] = {}

    def may_draw(self, page: int) -> bool:
        """Blocks. Raises OSError."""
        if self._kind is not ContentType.PDF:
            return True
        if page not in self._stands:
            self._stands[page] = self._trial.stands(self._data, page)
        return self._stands[page]
