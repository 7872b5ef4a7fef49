"""The sending of notices by a gateway, by itself or beside the registrar."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from desktop_app.system.clock import SystemClock

if TYPE_CHECKING:
    from desktop_app.centre.sending_service import SendingService


@contextmanager
def sending_service(conninfo: str, gateway: Path) -> Iterator[SendingService]:
    """The sender of notices, ready to run; its door for delivery reports stands open meanwhile.

    Raises GatewaySettingsError, OSError.
    """
    from desktop_app.application.sending import Sender
    from desktop_app.centre.gateway_settings import read_gateway
    from desktop_app.centre.http_gateway import HttpGateway
    from desktop_app.centre.outbox import PostgresOutbox
    from desktop_app.centre.report_door import report_door
    from desktop_app.centre.sending_service import SendingService
    from desktop_app.centre.store import PostgresStore

    clock, chance = SystemClock(), SystemRandom().random
    settings = read_gateway(gateway)
    with ExitStack() as opening:
        store = PostgresStore(conninfo)
        opening.callback(store.close)
        if settings.reports is not None:
            reported = PostgresStore(conninfo)
            opening.callback(reported.close)
            inbound = PostgresOutbox(reported)
            opening.enter_context(
                report_door(
                    settings.reports,
                    lambda token, message_id, report, number: inbound.report(
                        settings.name, token, message_id, report, clock.now(), number
                    ),
                )
            )
        sender = Sender(PostgresOutbox(store), HttpGateway(settings), clock, chance)
        yield SendingService(conninfo, sender.send_due, chance)


@contextmanager
def sending_beside(conninfo: str, gateway: Path) -> Iterator[None]:
    """`sending_service` at work in a thread of its own: a gateway that is slow keeps nobody waiting for a decision.
    Raises as `sending_service`."""
    with sending_service(conninfo, gateway) as service:
        thread = threading.Thread(target=service.run, name="notices")
        thread.start()
        try:
            yield
        finally:
            service.stop()
            thread.join()
