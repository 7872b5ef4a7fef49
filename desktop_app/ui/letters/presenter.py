"""What is done with a letter that the centre drew: it is looked at, printed, and saved as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop_app.application.workplace import Workplace
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain
from desktop_app.ui.messages import MessageChannel


class LetterDisplay(Protocol):
    def show_letter(self, title: str, pdf: bytes, printers: tuple[str, ...], background: Background) -> None:
        """Opens a window with the letter as it will be printed."""


class LettersPresenter:
    def __init__(
        self, display: LetterDisplay, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._messages = messages

    def look(self, digest: str, title: str) -> None:
        """Opens a letter that is here; one that is on its way from the centre says so."""

        def read() -> tuple[bytes | None, tuple[str, ...]]:
            return self._workplace.papers.find_drawn(digest), self._workplace.printing.printers()

        def shown(read: tuple[bytes | None, tuple[str, ...]]) -> None:
            pdf, printers = read
            if pdf is not None:
                self._display.show_letter(title, pdf, printers, self._background)
                return
            self._messages.info(tr("The letter is on its way from the centre. Open it again in a moment."))
            self._workplace.sync.sync_now()

        self._background.read(read, shown)

    def draw(self, title: str, make: Callable[[], bytes]) -> None:
        """Opens a paper that is drawn here and now; `make` runs off the UI thread."""

        def drawn(made: tuple[bytes, tuple[str, ...]]) -> None:
            self._display.show_letter(title, *made, self._background)

        self._background.read(lambda: (make(), self._workplace.printing.printers()), drawn, self._not_drawn)

    def print(self, title: str, pdf: bytes, printer: str) -> None:
        self._background.write(
            lambda: self._workplace.printing.print_file(pdf, title, printer),
            lambda _: self._messages.done(tr("The letter went to the printer.")),
            self._not_printed,
            busy=tr("Printing…"),
        )

    def save(self, pdf: bytes, path: Path) -> None:
        self._background.write(
            lambda: path.write_bytes(pdf),
            lambda _: self._messages.done(tr("The file was saved.")),
            lambda error: self._messages.post(explain(error)),
        )

    def _not_drawn(self, error: Exception) -> None:
        if not isinstance(error, ValueError):
            self._messages.post(explain(error))
            return
        self._messages.error(
            tr("This paper cannot be drawn: a name or a remark on it has a sign that our typefaces lack."),
            kept=tr("The request is as it was."),
            todo=tr("Write the sign in another way, then draw the paper again."),
        )

    def _not_printed(self, error: Exception) -> None:
        self._messages.error(
            tr("The printer did not take the letter."),
            kept=tr("The letter stays among the papers of the request."),
            todo=tr("Look at the printer, then print again, or choose another printer."),
        )
