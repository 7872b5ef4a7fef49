"""Every building block in one window, for looking at: ``python -m desktop_app.ui.gallery DIR``.

The names, places and figures in it are sample data.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop_app import texts
from desktop_app.texts.quantities import code
from desktop_app.ui import icons, theme
from desktop_app.ui.application import make_application
from desktop_app.ui.background import ThreadedBackground
from desktop_app.ui.frame.bars import SyncBadge, SyncState
from desktop_app.ui.frame.main_frame import MainFrame
from desktop_app.ui.frame.routes import Route, ScreenEntry
from desktop_app.ui.gallery_parts import PARTS, GalleryScreen
from desktop_app.ui.messages import Messages
from desktop_app.ui.theme import Scheme, Tone


def gallery_frame(messages: Messages, background: ThreadedBackground) -> MainFrame:
    """The real frame around the parts."""

    def maker(part: Callable[[], QWidget], title: str) -> Callable[[], GalleryScreen]:
        return lambda: GalleryScreen(title, part())

    entries = [
        ScreenEntry(name, title, icon, maker(part, title), shortcut=f"Alt+{at}")
        for at, (name, title, icon, part) in enumerate(PARTS, 1)
    ]
    frame = MainFrame(entries, background, messages)
    frame.show_identity("منطقة زهران", "ليلى حدّاد", "كاونتر")
    frame.show_sync(SyncBadge(SyncState.SYNCED, 3))
    frame.show_count(PARTS[0][0], 42)
    frame.show_count(PARTS[1][0], 1017)
    frame.show_count(PARTS[2][0], 6, Tone.SOON)
    frame.show_count(PARTS[3][0], 1, Tone.LATE)
    return frame


def main(folder: Path) -> int:
    """Write one picture per part and scheme."""
    texts.use("ar")
    app = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    messages = Messages()
    background = ThreadedBackground(messages, on_bug=_raise)
    icons.warm()
    for scheme in Scheme:
        theme.apply(app, scheme)
        frame = gallery_frame(messages, background)
        frame.resize(1440, 900)
        frame.show()
        for name, *_ in PARTS:
            frame.router.start(Route(name))
            if name == "messages":
                _say_everything(messages)
            settle(app, background)
            frame.grab().save(str(folder / f"{name}-{scheme.value}.png"))
            frame.message_bar.clear()
        frame.close()
        frame.deleteLater()
    background.close()
    return 0


def settle(app: QApplication, background: ThreadedBackground) -> None:
    """Let the event loop come to rest."""
    for _ in range(3):
        app.processEvents()
    while not background.idle:
        app.processEvents()
    app.processEvents()


def _say_everything(messages: Messages) -> None:
    messages.info(f"وصلت موافقة وزارة الصحة على الطلب {code('R-2026-01-000042')}.")
    messages.warning("تعذر الاتصال بالمركز.", kept="عملك محفوظ على هذا الحاسوب.", todo="يمكنك متابعة العمل.")
    messages.error(
        "امتلأ قرص هذا الحاسوب فلم يحفظ شيء.", kept="ما كتبته باق في النموذج.", todo="أخل بعض المساحة ثم أعد المحاولة."
    )


def _raise(error: BaseException) -> None:
    raise error


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
