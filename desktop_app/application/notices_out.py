"""Sends the notices that wait in the outbox: each goes out once, and the case shows when."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.application.outcome_facts import notice_fact
from desktop_app.application.ports.centre import CentreStore, NoticeGateway
from desktop_app.application.ports.clock import Clock
from desktop_app.domain.notices import Notice
from desktop_app.wire.audit import Cause, What
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind

_AT_ONCE = 20


def send_notices(store: CentreStore, gateway: NoticeGateway, clock: Clock) -> int:
    """Sends what waits, oldest first; returns how many went out.

    A notice is handed over before that is written down, and the gateway knows its id: after a crash between the two
    it is handed over again and told once. Raises CentreTroubleError, or OSError where the gateway failed.
    """
    count = 0
    while True:
        with store.work() as work:
            letters = work.unsent_letters(_AT_ONCE)
            sent = []
            for letter in letters:
                gateway.send(letter)
                work.mark_sent(letter.notice_id, clock.now())
                body = work.find_body(FactKind.NOTICE, letter.notice_id)
                if body is not None:
                    sent.append(notice_fact(replace(decode(body, Notice), sent_at=clock.now())))
            work.put(sent, Cause(what=What.SENT))
        count += len(letters)
        if len(letters) < _AT_ONCE:
            return count
