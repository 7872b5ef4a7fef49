"""The history with its proof: on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from desktop_app.application.auditing.proof import Proof, ProofState
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actor import Role
from desktop_app.domain.request import Status
from desktop_app.texts import strip_marks
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.request.history_paper import drawn_history
from desktop_app.ui.request.proof_words import proof_words
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from tests.documents.reading import pdftotext
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.workplaces import TestWorkplace, make_workplace, sample_centre

HASH = sha256(b"entry 41").hexdigest()
SIGNED = datetime(2026, 3, 1, 9, tzinfo=UTC)
PROVED = Proof(ProofState.PROVED, 8, 41, SIGNED, HASH)


class Proved:
    """Vouches for every event but the last."""

    def __init__(self, last: str) -> None:
        self._last = last

    def proof_of(self, command_id: str) -> Proof:
        return Proof(ProofState.NOT_YET) if command_id == self._last else PROVED


@pytest.fixture
def base(tmp_path: Path) -> Iterator[TestWorkplace]:
    centre = sample_centre(each=1, spare_licences=0, statuses=(Status.DELIVERED,))
    made = make_workplace(tmp_path, Role.CLERK, centre=centre)
    yield made
    made.close()


@pytest.fixture
def workplace(base: TestWorkplace) -> Workplace:
    events = sorted(base.queries.get_request("r001").history, key=lambda one: one.at)
    return replace(base, proofs=Proved(events[-1].id))


@pytest.mark.parametrize(
    ("proof", "says"),
    [
        (PROVED, "مدقَّق: القيد ٤١ في سلسلة المنطقة ٨"),
        (replace(PROVED, signed_at=None), "في سلسلة التدقيق: القيد ٤١"),
        (replace(PROVED, state=ProofState.BROKEN), "لا يوافق سلسلة التدقيق: القيد ٤١"),
        (Proof(ProofState.NOT_YET), "لم يُدقَّق بعد على هذا الجهاز"),
    ],
)
def test_what_is_proved_is_said_in_plain_words(proof: Proof, says: str) -> None:
    assert strip_marks(proof_words(proof)).startswith(says)


def test_an_event_whose_chain_was_not_seen_is_not_called_verified(base: TestWorkplace) -> None:
    (event, *_) = base.queries.get_request("r001").history
    assert base.proofs.proof_of(event.id).state is ProofState.NOT_YET


def test_the_screen_says_of_each_event_what_is_proved_and_prints_them(
    workplace: Workplace, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    screen = RequestScreen(Ports(workplace, background, messages, lambda route: True))
    screen.activate(Route("request", {"id": "r001"}))
    view = screen.widget()
    assert isinstance(view, RequestWidget)
    details = [strip_marks(one.detail) for one in view.history.events]
    assert sum("مدقَّق: القيد" in one for one in details) == len(details) - 1
    assert sum("لم يُدقَّق بعد" in one for one in details) == 1
    view.print_history.click()
    assert view.letter_window is not None
    assert view.letter_window.windowTitle() == "سجل الطلب"
    view.letter_window.close()


def test_the_paper_bears_every_event_with_its_proof_and_pages_that_are_counted(workplace: Workplace) -> None:
    view = workplace.queries.get_request("r001")
    drawn = drawn_history("r001", workplace)
    with pikepdf.open(BytesIO(drawn)) as read:
        pages = len(read.pages)
    text = pdftotext(drawn, "-layout")
    assert pages > 1
    pages_told = [strip_marks(line) for line in text.splitlines() if "صفحة" in line]
    assert [f"{at}" in line and f"{pages}" in line for at, line in enumerate(pages_told, 1)] == [True] * pages
    assert view.request.shown_number in text
    assert text.count(HASH[:8]) == len(view.history) - 1
    for event in view.history:
        assert event.device in text
        assert event.by_name.split()[0] in text
    assert "سجل الطلب" in text
    assert "سُلّمت الشهادات" in text
