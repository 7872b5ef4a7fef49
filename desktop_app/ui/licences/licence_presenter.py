"""What the screen of one licence knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop_app.application.workplace import Workplace
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.licences.licence_shown import LicenceShown, licence_shown
from desktop_app.ui.request.naming import Naming


class LicenceDisplay(Protocol):
    def show_licence(self, shown: LicenceShown) -> None: ...

    def show_missing(self) -> None: ...


class LicencePresenter:
    """One licence with its ancestors, descendants, reservations, and the request that made it."""

    def __init__(
        self,
        display: LicenceDisplay,
        workplace: Workplace,
        background: Background,
        go: Callable[[Route], bool],
        retitle: Callable[[], None],
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._go = go
        self._retitle = retitle
        self._number = ""
        self.shown: LicenceShown | None = None

    @property
    def title(self) -> str:
        return tr("Licence {number}", number=self.shown.shown) if self.shown else tr("Licence")

    def open(self, number: str) -> None:
        if number != self._number:
            self._number, self.shown = number, None
        self.reload()

    def reload(self) -> None:
        wanted = self._number
        if wanted:
            self._background.read(lambda: self._read(wanted), self._show)

    def go_to_licence(self, number: str) -> None:
        self._go(Route("licence", {"number": number}))

    def go_to_request(self, request_id: str) -> None:
        self._go(Route("request", {"id": request_id}))

    def go_to_paper(self) -> None:
        """The certificate is shown among the papers of the request that made the licence."""
        if self.shown is not None and self.shown.made_by:
            self._go(Route("certificate", {"id": self.shown.made_by, "number": self.shown.number}))

    def _read(self, number: str) -> LicenceShown | None:
        workplace = self._workplace
        try:
            genealogy = workplace.queries.genealogy(number)
        except KeyError:
            return None
        licence = genealogy.licence
        made_by = ""
        if licence.made_by_request is not None:
            try:
                made_by = workplace.queries.get_request(licence.made_by_request).request.shown_number
            except KeyError:
                made_by = licence.made_by_request
        naming = Naming(workplace.queries.reference(), {}, licence)
        return licence_shown(genealogy, naming, made_by, has_paper=workplace.papers.find(number) is not None)

    def _show(self, shown: LicenceShown | None) -> None:
        self.shown = shown
        if shown is None:
            self._display.show_missing()
        else:
            self._display.show_licence(shown)
        self._retitle()
