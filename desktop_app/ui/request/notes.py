"""Notes above the work: what the centre refused, and who else asks for the same licence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from desktop_app.texts import tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.request.shown import RefusalShown
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import Item, column, row
from desktop_app.ui.widgets.sections import holding
from desktop_app.ui.widgets.states import IconView


def refusal_note(refusal: RefusalShown, look: Callable[[], None]) -> QFrame:
    """What was done here, and why the centre did not take it."""
    see = button(tr("See what was refused"), "plain", None, look)
    see.setObjectName("request.refusals")
    return _note(
        Tone.LATE,
        Icon.CONFLICT,
        tr("The centre refused: {action}", action=refusal.what),
        *(label(why, wrap=True, selectable=True) for why in refusal.why),
        label(tr("done here on {when}", when=refusal.when), Type.SMALL, Tone.MUTED),
        row(see, 1),
    )


def rival_note(rivals: tuple[tuple[str, str], ...], go: Callable[[str], None]) -> QFrame:
    """The other open requests on the same parent, each with a way to it."""
    links = []
    for request_id, words in rivals:
        link = button(words, "quiet", None, lambda one=request_id: go(one))  # type: ignore[misc]
        link.setObjectName(f"request.rival.{request_id}")
        links.append(row(link, 1))
    return _note(
        Tone.SOON,
        Icon.WARNING,
        tr("Another request on the same licence is open"),
        label(tr("This one is accepted only within what the other leaves."), Type.SMALL, wrap=True),
        *links,
    )


def _note(tone: Tone, icon: Icon, title: str, *items: Item) -> QFrame:
    made = QFrame()
    made.setProperty("kind", "note")
    made.setProperty("tone", tone.value)
    words = holding(column(label(title, strong=True, wrap=True), *items, gap=0.5))
    box = row(IconView(icon, 2.5, tone), words, gap=1.5, margin=1.5)
    box.setStretch(1, 1)
    made.setLayout(box)
    return made
