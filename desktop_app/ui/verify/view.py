"""The screen for checking certificates. Names: verify.code, verify.choose, verify.paste, verify.camera,
verify.picture, verify.problem, verify.verdict, verify.sentence, verify.lists, verify.synchronise, verify.history,
verify.clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QListWidget, QListWidgetItem, QVBoxLayout

from desktop_app.application.certificate_verifying import GreyPicture
from desktop_app.texts import tr
from desktop_app.ui.icons import Icon, set_icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.verify.camera_picture import CameraPicture
from desktop_app.ui.verify.presenter import VerifyPresenter
from desktop_app.ui.verify.scanner_edit import ScannerEdit, copied_now
from desktop_app.ui.verify.shown import CheckShown, ListsShown
from desktop_app.ui.verify.taking import may_take, take
from desktop_app.ui.verify.verdict import CheckPage
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, panel, row, scrolled
from desktop_app.ui.widgets.sections import Card, holding, page
from desktop_app.ui.widgets.states import Stateful, StatePage, loading
from desktop_app.ui.widgets.tool_tip import plain_tool_tip


class VerifyWidget(QFrame):
    """The ways in and the verdict in the main column; the lists and this sitting's checks beside it."""

    def __init__(self, presenter_of: Callable[[VerifyWidget], VerifyPresenter]) -> None:
        super().__init__()
        self.presenter = presenter_of(self)
        self.setObjectName("verify")
        self.setAcceptDrops(True)
        self.code = ScannerEdit()
        self.code.setObjectName("verify.code")
        self.choose = button(tr("Choose a file…"), "plain", Icon.DOCUMENT, self._choose)
        self.choose.setObjectName("verify.choose")
        self.paste = button(tr("Paste"), "plain", Icon.ATTACH, self._paste)
        self.paste.setObjectName("verify.paste")
        self.camera = button(tr("Use the camera"), "plain", Icon.PHOTO, self._switch_camera)
        self.camera.setObjectName("verify.camera")
        self.clear = button(tr("Next check"), "quiet", Icon.CLOSE, self.presenter.clear)
        self.clear.setObjectName("verify.clear")
        self.picture = CameraPicture()
        self.picture.setObjectName("verify.picture")
        self.picture.hide()
        self.problem = label(tone=Tone.LATE, wrap=True)
        self.problem.setObjectName("verify.problem")
        self.problem.hide()
        self.lists_said = label(wrap=True)
        self.lists_said.setObjectName("verify.lists")
        self.lists_todo = label(kind=Type.SMALL, wrap=True)
        self.lists_todo.hide()
        self.lists = panel(column(self.lists_said, self.lists_todo, gap=0.5, margin=1.5), "note")
        self.synchronise = button(tr("Synchronise now"), "plain", Icon.SYNCING, self.presenter.synchronise)
        self.synchronise.setObjectName("verify.synchronise")
        self.synchronise.hide()
        self.history = QListWidget()
        self.history.setObjectName("verify.history")
        self.history.setAccessibleName(tr("Checks of this sitting"))
        self.history.setWordWrap(True)
        self.history.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.history.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.history.hide()
        self.nothing = label(tr("No certificate was checked in this sitting yet."), tone=Tone.MUTED, wrap=True)
        self._checks: tuple[CheckShown, ...] = ()
        self.stage = Stateful(page())
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._arranged())
        self.setLayout(whole)
        self.shown: CheckPage | None = None
        self.code.scanned.connect(self.presenter.check_typed)
        self.code.pasted.connect(self._paste)
        self.history.itemActivated.connect(self._look_again)
        self.history.itemClicked.connect(self._look_again)
        self.show_check(None)

    def _arranged(self) -> QVBoxLayout:
        hint = tr("Or drop a PDF or a picture (JPEG, PNG, TIFF) anywhere here, or paste one with Ctrl+V. Esc clears.")
        ways = Card(
            tr("Check a certificate"),
            self.code,
            row(self.choose, self.paste, self.camera, 1, self.clear),
            self.picture,
            self.problem,
            label(hint, Type.SMALL, Tone.MUTED, wrap=True),
        )
        main = column(ways, self.stage, gap=2, margin=2)
        main.setStretch(1, 1)
        kept = label(tr("Kept until you sign out, and nowhere else."), Type.SMALL, Tone.MUTED, wrap=True)
        sitting = Card(tr("Checks of this sitting"), self.history, self.nothing, kept)
        beside = column(
            Card(tr("Lists of keys and revocations"), self.lists, self.synchronise), sitting, gap=2, margin=2
        )
        beside.addStretch()
        beside.setStretch(1, 1000)
        aside = holding(beside)
        aside.setMinimumWidth(space(36))
        aside.setMaximumWidth(space(52))
        box = row(holding(main), aside, gap=0)
        box.setStretch(0, 1)
        outer = QVBoxLayout()
        outer.addLayout(box)
        return outer

    # What the presenter says.

    def show_lists(self, lists: ListsShown) -> None:
        self.lists_said.setText(lists.sentence)
        self.lists_todo.setText(lists.todo)
        self.lists_todo.setVisible(bool(lists.todo))
        self.synchronise.setVisible(bool(lists.todo))
        set_property(self.lists_said, "tone", lists.tone.value)
        set_property(self.lists, "tone", lists.tone.value)

    def show_checking(self) -> None:
        self.shown = None
        self.stage.show_state(loading(tr("Checking…")))

    def show_check(self, check: CheckShown | None) -> None:
        if check is None:
            self.shown = None
            self.history.clearSelection()
            self.stage.show_state(
                StatePage(
                    Icon.SCAN,
                    tr("Ready for the next certificate"),
                    tr("The verdict is given on this computer, with no network, by the lists that it fetched last."),
                )
            )
            return
        self.shown = CheckPage(check)
        self.stage.replace_content(scrolled(self.shown))
        self.stage.show_content()
        for at, one in enumerate(self._checks):
            self.history.item(at).setSelected(one is check)

    def show_history(self, checks: Sequence[CheckShown]) -> None:
        self._checks = tuple(checks)
        self.history.setVisible(bool(checks))
        self.nothing.setVisible(not checks)
        self.history.clear()
        for one in checks:
            item = QListWidgetItem(f"{one.head.title}\n{one.line}")
            item.setToolTip(plain_tool_tip(one.head.sentence))
            set_icon_of(item, one)
            self.history.addItem(item)

    def show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def show_watching(self, *, on: bool) -> None:
        self.camera.setText(tr("Camera off") if on else tr("Use the camera"))
        set_icon(self.camera, Icon.CLOSE if on else Icon.PHOTO)
        self.picture.forget()
        self.picture.setVisible(on)

    def show_frame(self, picture: GreyPicture) -> None:
        self.picture.show_picture(picture)

    def await_next(self) -> None:
        self.code.clear()
        self.code.setFocus()

    # What the user does.

    def event(self, event: QEvent) -> bool:
        # Esc goes back in the frame, unless there is something to clear here.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._may_clear():
                event.accept()
                return True
            if event.matches(QKeySequence.StandardKey.Paste):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._may_clear():
            self.presenter.clear()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_take(event.mimeData()):
            set_property(self, "drop", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_property(self, "drop", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_property(self, "drop", False)
        if take(event.mimeData(), self.presenter):
            event.acceptProposedAction()

    def _may_clear(self) -> bool:
        return bool(self.code.text()) or not self.presenter.clean

    def _paste(self) -> None:
        copied = copied_now()
        if copied is None or not take(copied, self.presenter):
            self.presenter.nothing_pasted()

    def _choose(self) -> None:
        wanted = tr("Documents") + " (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Choose a file…"), "", wanted)
        self.presenter.check_files(paths)

    def _switch_camera(self) -> None:
        if self.presenter.watching:
            self.presenter.stop_camera()
        else:
            self.presenter.start_camera()

    def _look_again(self, item: QListWidgetItem) -> None:
        self.presenter.look_again(self._checks[self.history.row(item)])


def set_icon_of(item: QListWidgetItem, check: CheckShown) -> None:
    from desktop_app.ui import icons
    from desktop_app.ui.theme import current

    if icons.ready():
        item.setIcon(icons.picture(check.head.icon, current().colour(check.head.tone).name()))
