"""A verdict on the screen: an icon, its word and its colour together, the sentence, and what the licence says."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.verify.shown import CheckShown, FindingShown
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import Card, Facts, holding
from desktop_app.ui.widgets.states import IconView


class FindingNote(QFrame):
    """One certificate. `large` is how the screen's one verdict stands."""

    def __init__(self, shown: FindingShown, *, large: bool) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        self.setProperty("tone", shown.tone.value)
        self.shown = shown
        self.icon = IconView(shown.icon, 8 if large else 4, shown.tone)
        self.icon.setAccessibleName(shown.title)
        self.title = label(shown.title, Type.TITLE if large else Type.HEADING, shown.tone, strong=True)
        self.sentence = label(shown.sentence, Type.HEADING if large else Type.BODY, wrap=True, selectable=True)
        self.sentence.setProperty("strong", False)
        if large:
            self.title.setObjectName("verify.verdict")
            self.sentence.setObjectName("verify.sentence")
        page = label(shown.page, Type.SMALL, Tone.MUTED) if shown.page else None
        words = column(row(self.title, 1, page), self.sentence, gap=1)
        box = row(holding(column(self.icon, 1, gap=0)), words, gap=2, margin=2)
        box.setStretch(1, 1)
        self.setLayout(box)


class CheckPage(QWidget):
    """One check: the verdict large, what the licence says, each certificate where there are several, what was
    checked."""

    def __init__(self, check: CheckShown) -> None:
        super().__init__()
        self.head = FindingNote(check.head, large=True)
        notes = [label(words, tone=Tone.SOON, wrap=True) for words in check.notes]
        self.facts: list[Facts] = []
        items: list[QWidget] = [self.head, *notes]
        if check.findings:
            items += [Card("", FindingNote(one, large=False), *self._facts(one)) for one in check.findings]
        else:
            items += [Card("", one) for one in self._facts(check.head)]
        self.about = Facts(*check.about)
        items.append(Card("", self.about))
        self.setLayout(column(*items, 1, gap=1.5))

    def minimumSizeHint(self) -> QSize:
        # The height comes from the width that there is: as a hint each label would have room for a second line.
        return QSize(super().minimumSizeHint().width(), 0)

    def _facts(self, one: FindingShown) -> list[Facts]:
        if not one.facts:
            return []
        self.facts.append(Facts(*one.facts))
        return self.facts[-1:]
