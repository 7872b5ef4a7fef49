"""A document in a window of its own: one page of it, fitted to the width there is, nearer or farther.

Names: `documents.window`, `documents.window.earlier`, `.later`, `.nearer`, `.farther`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QScrollArea, QWidget

from desktop_app.application.ports.page_trial import PageTrial
from desktop_app.domain.attachments import Attachment
from desktop_app.texts import name_of, tr
from desktop_app.ui.background import Background
from desktop_app.ui.documents.pages import count_pages, draw_page
from desktop_app.ui.documents.tried_pages import TriedPages
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.states import Stateful, loading, refused
from desktop_app.ui.widgets.tool_tip import plain_tool_tip

CLOSER = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
"""Shares of the width that there is."""


class DocumentWindow(QDialog):
    """Pages are drawn off the UI thread. `readable` says whether what came could be drawn, None until that is known;
    `pages` how many there are."""

    def __init__(
        self, document: Attachment, data: bytes, background: Background, parent: QWidget, trial: PageTrial
    ) -> None:
        super().__init__(parent)
        self.setObjectName("documents.window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{name_of(document.requirement)} · {document.name}")
        self.resize(space(100), space(110))
        self._kind, self._data, self._background = document.content_type, data, background
        self._tried = TriedPages(document.content_type, data, trial)
        self.readable: bool | None = None
        self.pages = self.page = 0
        self._zoom = CLOSER.index(1.0)
        self._turn = 0
        self.image = QImage()
        self._place = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setWidget(self._place)
        self._area.setWidgetResizable(True)
        self.stage = Stateful(self._area)
        self.said = label(kind=Type.SMALL, tone=Tone.MUTED)
        # The arrows show where the page is in reading order; these buttons turn with the window.
        self.earlier = self._button("earlier", tr("Earlier page"), Icon.BACK, lambda: self.turn_to(self.page - 1))
        self.later = self._button("later", tr("Later page"), Icon.NEXT, lambda: self.turn_to(self.page + 1))
        self.nearer = self._button("nearer", tr("Nearer"), Icon.NEARER, lambda: self._look(1))
        self.farther = self._button("farther", tr("Farther"), Icon.FARTHER, lambda: self._look(-1))
        bar = row(self.earlier, self.said, self.later, 1, self.farther, self.nearer, margin=1)
        self.setLayout(column(bar, self.stage, gap=0))
        self._resized = Pause(self._draw, self)
        self._show_bar()
        self.stage.show_state(loading())

    def turn_to(self, page: int) -> None:
        """Shows this page (from 0), if there is one."""
        if 0 <= page < self.pages and page != self.page:
            self.page = page
            self._area.verticalScrollBar().setValue(0)
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn_to(self.page + (1 if event.key() == Qt.Key.Key_PageDown else -1))
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.readable is None and not self._turn:
            # Only now is it known how much room there is.
            kind, data, tried = self._kind, self._data, self._tried
            self._background.read(
                lambda: count_pages(kind, data) if tried.may_draw(0) else 0, self._counted, owner=self
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.pages:
            self._resized.typed()

    def _counted(self, pages: int) -> None:
        self.pages = pages
        if pages:
            self._draw()
        else:
            self._unreadable()

    def _draw(self) -> None:
        self._show_bar()
        self._turn += 1
        turn, kind, data, page, sharp = self._turn, self._kind, self._data, self.page, self.devicePixelRatioF()
        tried = self._tried
        width = round(max(self.stage.width() - space(4), space(20)) * CLOSER[self._zoom] * sharp)
        self._background.read(
            lambda: draw_page(kind, data, page, width) if tried.may_draw(page) else QImage(),
            lambda image: self._drawn(turn, image, sharp),
            owner=self,
        )

    def _drawn(self, turn: int, image: QImage, sharp: float) -> None:
        if turn != self._turn:
            return
        if image.isNull():
            self._unreadable()
            return
        self.readable, self.image = True, image
        image.setDevicePixelRatio(sharp)
        self._place.setPixmap(QPixmap.fromImage(image))
        self.stage.show_content()

    def _unreadable(self) -> None:
        self.readable = False
        self.stage.show_state(
            refused(
                tr("This file cannot be drawn here. It is kept as it was attached."),
                tr("It may be locked by a password or damaged: attach it anew, without a password."),
            )
        )

    def _look(self, step: int) -> None:
        self._zoom = min(max(self._zoom + step, 0), len(CLOSER) - 1)
        self._draw()

    def _show_bar(self) -> None:
        self.said.setText(tr("Page {page} of {pages}", page=self.page + 1, pages=self.pages) if self.pages else "")
        for made in (self.earlier, self.later):
            made.setVisible(self.pages > 1)
        self.earlier.setEnabled(self.page > 0)
        self.later.setEnabled(self.page + 1 < self.pages)
        self.farther.setEnabled(bool(self.pages) and self._zoom > 0)
        self.nearer.setEnabled(bool(self.pages) and self._zoom + 1 < len(CLOSER))

    def _button(self, name: str, text: str, icon: Icon, run: Callable[[], None]) -> QPushButton:
        made = button("", "quiet", icon, run)
        made.setObjectName(f"documents.window.{name}")
        made.setAccessibleName(text)
        made.setToolTip(plain_tool_tip(text))
        made.setAutoDefault(False)
        return made
