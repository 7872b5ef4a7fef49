"""Papers drawn from a request on the screen: which are offered, what stands on them, how they are printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from desktop_app.domain.actor import Role
from desktop_app.domain.request import Status
from desktop_app.texts.digits import scaled
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from tests.documents.reading import structure
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.printer import Printer
from tests.workplaces import TestWorkplace, make_workplace, sample_centre


class Bench:
    def __init__(
        self, folder: Path, background: ImmediateBackground, messages: RecordedMessages, status: Status
    ) -> None:
        centre = sample_centre(each=1, spare_licences=0, statuses=(status,))
        self.base: TestWorkplace = make_workplace(folder, Role.CLERK, centre=centre)
        self.printer = Printer()
        self.workplace = replace(self.base, printing=self.printer)
        self.screen = RequestScreen(Ports(self.workplace, background, messages, lambda route: True))
        self.screen.activate(Route("request", {"id": "r001"}))
        view = self.screen.widget()
        assert isinstance(view, RequestWidget)
        self.view = view

    @property
    def offered(self) -> set[str]:
        names = {one.objectName() for one in self.view.side.findChildren(QPushButton)}
        return {name.removeprefix("request.paper.") for name in names if name.startswith("request.paper.")}

    def draw(self, name: str) -> list[str]:
        found(self.view, QPushButton, f"request.paper.{name}").click()
        window = self.view.letter_window
        assert window is not None
        found(window, QPushButton, "letters.print").click()
        pdf, _, printer = self.printer.taken[-1]
        assert printer == "counter"
        return [leaf.text for leaf in structure(pdf)]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.LODGED, set()),
        (Status.RECTIFICATION, {"inspection_report.1", "rectification.1"}),
        (Status.AWAITING_PAYMENT, {"inspection_report.1", "fee_notice"}),
    ],
)
def test_what_there_is_to_draw_is_offered(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages, status: Status, offered: set[str]
) -> None:
    bench = Bench(tmp_path, background, messages, status)
    assert bench.offered == offered
    bench.base.close()


def test_the_fee_notice_says_what_is_due_and_goes_to_the_printer(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(tmp_path, background, messages, Status.AWAITING_PAYMENT)
    told = bench.draw("fee_notice")
    request = bench.workplace.queries.get_request("r001").request
    bill = request.fees.calculation
    assert bill is not None
    assert {request.shown_number, request.applicant.person.name_ar, scaled(bill.total, 3, arabic=False)} <= set(told)
    assert messages.notices[-1].level is Level.DONE
    bench.base.close()


def test_the_rectification_notice_says_what_to_put_right(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(tmp_path, background, messages, Status.RECTIFICATION)
    told = bench.draw("rectification.1")
    visit = bench.workplace.queries.get_request("r001").request.visits[0]
    assert visit.rectify_by is not None
    assert f"{visit.rectify_by:%d/%m/%Y}" in told
    assert {one.rectify for one in visit.findings if not one.met} <= set(told)
    report = bench.draw("inspection_report.1")
    names = {one.id: one.name_ar for one in bench.workplace.queries.staff()}
    assert names[visit.inspector] in report
    bench.base.close()
