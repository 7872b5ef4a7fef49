"""The side column of a request: who, where, which references, which papers, which messages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from desktop_app.application.office_papers import OfficePaper, OfficePaperKind
from desktop_app.texts import name_of, tr
from desktop_app.ui.documents.card import DocumentsCard
from desktop_app.ui.icons import Icon
from desktop_app.ui.request.shown import MessageShown, PaperShown, RequestShown
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import Item, column, row, rule
from desktop_app.ui.widgets.sections import Card, Facts, holding


class SideColumn(QFrame):
    """Cards in reading order; what there is none of is said in one muted line."""

    def __init__(self) -> None:
        super().__init__()
        self._open_papers: Callable[[], None] | None = None
        self._open_licence: Callable[[str], None] | None = None
        self.person, self.premises, self.references = Facts(), Facts(), Facts()
        self._draw: Callable[[OfficePaper], None] | None = None
        self._papers, self._office, self._messages = column(gap=1), column(gap=0.5), column(gap=1)
        self._genealogy = button(tr("The licence and its kin"), "quiet", Icon.GENEALOGY, self._to_licence)
        self._genealogy.setObjectName("request.parent_licence")
        self._parent = ""
        self.documents = DocumentsCard()
        self.setLayout(
            column(
                Card(tr("Applicant"), self.person),
                Card(tr("Premises"), self.premises, row(self._genealogy, 1)),
                Card(tr("References"), self.references),
                self.documents,
                Card(tr("Papers"), holding(self._papers), holding(self._office)),
                Card(tr("Messages to the applicant"), holding(self._messages)),
                1,
                gap=2,
            )
        )

    def attach(
        self, papers: Callable[[], None], licence: Callable[[str], None], draw: Callable[[OfficePaper], None]
    ) -> None:
        self._open_papers, self._open_licence, self._draw = papers, licence, draw

    def show_request(self, shown: RequestShown) -> None:
        self._parent = shown.request.plan.parent_number
        self.person.show_pairs(*shown.person)
        self.premises.show_pairs(*shown.premises)
        self.references.show_pairs(*shown.references)
        _replace(self._papers, self._paper_items(shown.papers))
        _replace(self._office, [self._to_draw(paper) for paper in shown.office])
        _replace(self._messages, _message_items(shown.messages))

    def _paper_items(self, papers: tuple[PaperShown, ...]) -> list[QWidget]:
        if not papers:
            return [label(tr("The certificates come once the licences are issued."), Type.SMALL, Tone.MUTED, wrap=True)]
        items: list[QWidget] = [
            _lines(label(paper.title, wrap=True), label(paper.when, Type.SMALL, Tone.MUTED)) for paper in papers
        ]
        look = button(tr("Look at the papers"), "plain", Icon.DOCUMENT, self._open_papers)
        look.setObjectName("request.papers")
        return [*items, holding(row(look, 1))]

    def _to_draw(self, paper: OfficePaper) -> QWidget:
        made = button(office_title(paper), "quiet", Icon.DOCUMENT, lambda: self._draw and self._draw(paper))
        made.setObjectName(f"request.paper.{paper.kind.value}{f'.{paper.ordinal}' if paper.ordinal else ''}")
        return holding(row(made, 1))

    def _to_licence(self) -> None:
        if self._open_licence is not None:
            self._open_licence(self._parent)


def office_title(paper: OfficePaper) -> str:
    """What a paper is called, and of which visit it is."""
    match paper.kind:
        case OfficePaperKind.FEE_NOTICE:
            return tr("Fee notice")
        case OfficePaperKind.RECTIFICATION:
            return tr("Rectification notice, visit {ordinal}", ordinal=paper.ordinal)
        case OfficePaperKind.INSPECTION_REPORT:
            return tr("Inspection report, visit {ordinal}", ordinal=paper.ordinal)


def _message_items(messages: tuple[MessageShown, ...]) -> list[QWidget]:
    if not messages:
        return [label(tr("Nothing has been sent yet."), Type.SMALL, Tone.MUTED)]
    items: list[QWidget] = []
    for at, message in enumerate(messages):
        if at:
            items.append(rule())
        head = row(label(message.kind, strong=True), 1, label(message.when, Type.SMALL, Tone.MUTED))
        words = message.text or tr("The centre writes the text when it sends the message.")
        tone = Tone.PLAIN if message.text else Tone.MUTED
        state = label(name_of(message.state), Type.SMALL, Tone.LATE if message.state.awaits_a_person else Tone.MUTED)
        items.append(_lines(head, label(words, Type.SMALL, tone, wrap=True, selectable=True), state))
    return items


def _lines(*items: Item) -> QWidget:
    return holding(column(*items, gap=0.25))


def _replace(box: QBoxLayout, items: list[QWidget]) -> None:
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for widget in items:
        box.addWidget(widget)
