"""The door of delivery reports over an outbox, for tests that wait for what comes in."""

from __future__ import annotations

import threading

from desktop_app.centre.gateway_settings import GatewaySettings
from desktop_app.centre.report_door import ReportDoor
from desktop_app.domain.delivery import Report
from desktop_app.tour.kannel import SECONDS
from tests.centre.gateways import outbox_of
from tests.postgres_fixture import SampleCentre


class Reported:
    """The door of reports over an outbox, which can be waited for."""

    def __init__(self, centre: SampleCentre, settings: GatewaySettings) -> None:
        assert settings.reports is not None
        self._centre = centre
        self._outbox = outbox_of(centre)
        self._name = settings.name
        self._news = threading.Condition()
        self.came: list[Report] = []
        self.door = ReportDoor(settings.reports, self._take)
        centre.at_end(self.door.close)

    def _take(self, token: str, message_id: str, report: Report, number: str) -> bool:
        known = self._outbox.report(self._name, token, message_id, report, self._centre.clock.now(), number)
        with self._news:
            self.came.append(report)
            self._news.notify_all()
        return known

    def wait_for(self, report: Report, count: int = 1) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self.came.count(report) >= count, SECONDS), self.came
