"""One licence on screen. Names: `licence.family`, `licence.paper`, `licence.made_by`, `licence.reserved.<id>`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_app.texts import name_of, tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.licences.family import FamilyTree
from desktop_app.ui.licences.licence_shown import LicenceShown
from desktop_app.ui.licences.view import TONES
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.identity import IdentityBar
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row, scrolled
from desktop_app.ui.widgets.sections import Card, Facts, holding
from desktop_app.ui.widgets.states import Stateful, empty, loading


@dataclass(frozen=True, slots=True)
class LicenceCalls:
    licence: Callable[[str], None] = field(compare=False)
    request: Callable[[str], None] = field(compare=False)
    paper: Callable[[], None] = field(compare=False)


class LicenceWidget(Stateful):
    def __init__(self) -> None:
        self._page = QWidget()
        super().__init__(self._page)
        self.setObjectName("licence")
        self._calls: LicenceCalls | None = None
        self.identity = IdentityBar()
        self.family = FamilyTree()
        self.facts = Facts()
        self._vocations, self._signs, self._reserved = column(gap=0.5), column(gap=0.5), column(gap=0.5)
        self.paper = button(tr("Look at the certificate"), "plain", Icon.DOCUMENT, self._to_paper)
        self.paper.setObjectName("licence.paper")
        self.made_by = button("", "quiet", Icon.SPLIT, self._to_maker)
        self.made_by.setObjectName("licence.made_by")
        self._maker = ""
        main = column(
            Card(tr("The licence among its kin"), self.family),
            Card(tr("Held by open requests"), holding(self._reserved)),
            1,
            gap=2,
        )
        side = panel(
            column(
                Card(tr("The licence"), self.facts, row(self.paper, 1), row(self.made_by, 1)),
                Card(tr("Vocations"), holding(self._vocations)),
                Card(tr("Signs"), holding(self._signs)),
                1,
                gap=2,
            )
        )
        side.setFixedWidth(space(46))
        body = QWidget()
        inner = row(main, side, gap=2)
        inner.setStretch(0, 1)
        inner.setContentsMargins(space(3), space(1), space(3), space(3))
        body.setLayout(inner)
        head = row(self.identity)
        head.setContentsMargins(space(3), space(1), space(3), space(1))
        self._page.setLayout(column(head, scrolled(body), gap=0))
        self.show_state(loading())

    def attach(self, calls: LicenceCalls) -> None:
        self._calls = calls
        self.family.opened.connect(calls.licence)

    def show_licence(self, shown: LicenceShown) -> None:
        self.identity.show_case(shown.shown, shown.trade_name, (name_of(shown.status), TONES[shown.status]))
        self.facts.show_pairs(*shown.facts)
        self.family.show_family(shown.kin)
        self.paper.setVisible(shown.has_paper and bool(shown.made_by))
        self._maker = shown.made_by
        self.made_by.setVisible(bool(shown.made_by))
        self.made_by.setText(tr("Made by request {number}", number=shown.made_by_number))
        _lines(self._vocations, shown.vocations, tr("none"))
        _lines(self._signs, shown.signs, tr("none"))
        self._show_reservations(shown)
        self.show_content()

    def show_missing(self) -> None:
        self.show_state(
            empty(tr("This licence is not on this computer."), tr("Search for it in the register, by name or number."))
        )

    def _show_reservations(self, shown: LicenceShown) -> None:
        _lines(self._reserved, (), "" if shown.reservations else tr("Nothing is held: all of it is free."))
        for held in shown.reservations:
            link = button(held.request, "quiet", None, lambda one=held.request_id: self._to_request(one))  # type: ignore[misc]
            link.setObjectName(f"licence.reserved.{held.request_id}")
            self._reserved.addLayout(row(link, label(held.what, tone=Tone.MUTED, wrap=True), 1))

    def _to_paper(self) -> None:
        if self._calls is not None:
            self._calls.paper()

    def _to_maker(self) -> None:
        self._to_request(self._maker)

    def _to_request(self, request_id: str) -> None:
        if self._calls is not None:
            self._calls.request(request_id)


def _lines(box: QBoxLayout, lines: tuple[str, ...], nothing: str) -> None:
    _clear(box)
    for line in lines:
        box.addWidget(label(line, wrap=True, selectable=True))
    if not lines and nothing:
        box.addWidget(label(nothing, Type.SMALL, Tone.MUTED))


def _clear(box: QBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        inner = item.layout()
        if isinstance(inner, QBoxLayout):
            _clear(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
