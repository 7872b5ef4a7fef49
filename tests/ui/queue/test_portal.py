"""What the municipality's website lodged, in the queue and on the request's page: marked, and found by a filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.domain.actor import PORTAL
from desktop_app.ui import icons
from desktop_app.ui.icons import Icon
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.request.shown import shown_of
from desktop_app.ui.tables.columns import MarkOf
from desktop_app.ui.tables.model import MARK_ROLE
from desktop_app.ui.theme import Tone
from desktop_app.ui.widgets.chip import Chip
from tests.domain.builders import clerk
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.queue.test_queue import Bench


def from_portal(bench: Bench, name: str, reference: str) -> None:
    request = bench.memory.centre.requests[name]
    intake = replace(request.intake, lodged_by=PORTAL.id)
    bench.memory.centre.requests[name] = replace(request, reference=reference, intake=intake)


PORTALS_MARK = MarkOf(Icon.PORTAL, Tone.ACCENT)


def marked(bench: Bench) -> set[str]:
    """The rows that carry the portal's mark."""
    model = bench.view.model
    rows = range(model.rowCount())
    # As the delegate asks: what is no object of its own would come back as something else.
    return {str(model.id_at(row)) for row in rows if model.index(row, 0).data(MARK_ROLE) == PORTALS_MARK}


def cell(bench: Bench, row_id: str) -> QImage:
    """The first cell of a row, as it is drawn."""
    table = bench.view.table
    table.clearSelection()
    place = table.visualRect(bench.view.model.index(bench.ids.index(row_id), 0))
    return table.viewport().grab(place).toImage()


def test_the_mark_is_drawn_beside_the_number(
    background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    icons.warm()
    bench = Bench(background, messages)
    shown(bench.view)
    bench.view.tabs.choose("all_open")
    before = cell(bench, "r5")
    bench.tell_news()
    assert cell(bench, "r5") == before
    from_portal(bench, "r5", "WEB-000002")  # it was accepted, and is called by its number
    bench.tell_news()
    assert cell(bench, "r5") != before


def test_it_is_marked_and_found_by_the_filter(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(background, messages)
    from_portal(bench, "r1", "WEB-000001")
    from_portal(bench, "r5", "WEB-000002")
    bench.tell_news()
    source = found(bench.view, QComboBox, "queue.source")
    source.setCurrentIndex(source.findData("portal"))
    source.activated.emit(source.currentIndex())
    assert bench.ids == ["r1"]
    model = bench.view.model
    assert marked(bench) == {"r1"}
    assert "من البوابة" in str(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    bench.view.tabs.choose("all_open")
    assert sorted(bench.ids) == ["r1", "r5"]
    assert marked(bench) == {"r1", "r5"}, "accepted or not"
    mark = found(bench.view, Chip, "queue.from_portal")
    assert mark.isVisibleTo(bench.view)
    source.setCurrentIndex(0)
    source.activated.emit(0)
    bench.view.tabs.choose("awaiting_approvals")
    assert bench.ids == ["r3"]
    assert marked(bench) == set()
    assert not mark.isVisibleTo(bench.view)


def test_whoever_lodged_it_has_a_name_for_people(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(background, messages)
    naming = Naming(bench.memory.centre.reference)
    assert naming.person(PORTAL.id) == "البوابة الإلكترونية"
    assert naming.person("tajzia_epay") == "الدفع الإلكتروني"
    from_portal(bench, "r1", "WEB-000001")
    queries, now = bench.memory.workplace.queries, bench.memory.workplace.clock.now()
    for name, marked in (("r1", True), ("r0", False)):
        page = shown_of(queries.get_request(name), (), naming, clerk(), now)
        assert (("قُدِّم عبر", "البوابة الإلكترونية") in page.identity) is marked
