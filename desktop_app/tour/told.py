"""What the applicant was told: by the centre's facts, and as the network received it. Neither is the script's."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from desktop_app.domain.delivery import NoticeState
from desktop_app.domain.notices import Notice, NoticeKind
from desktop_app.sync.centre_link import CentreLink
from desktop_app.tour.facts import CentreFacts
from desktop_app.tour.fake_smsc import Message
from desktop_app.tour.kannel import SECONDS, Kannel

BY_KANNEL = "kannel"
BY_FILES = "files"
"""How the notices of a journey left the centre: by Kannel with its fake SMSC, or into files."""

_ORDER = {kind: at for at, kind in enumerate(NoticeKind)}


class Told:
    """The notices of a journey: by the facts alone, or held against what `kannel`'s fake SMSC received. `says_so` has
    journey.json name through what they left."""

    def __init__(self, kannel: Kannel | None = None, *, says_so: bool = False) -> None:
        self._kannel = kannel
        self._says_so = says_so

    def wait(self, link: CentreLink, parent_number: str) -> None:
        """Until the request's last notice is known to have arrived, or has been waited for long enough: what is amiss
        then shows in the comparison."""
        end = time.monotonic() + SECONDS
        while self._kannel is not None and (left := end - time.monotonic()) > 0:
            facts = CentreFacts(link)
            if all(_arrived(one) for one in facts.notices(facts.request_on(parent_number).id)):
                return
            link.wait_for_news(min(left, 1.0))

    def account(self, notices: Sequence[Notice]) -> tuple[dict[str, Any], list[str]]:
        """What journey.json says of them, and the differences."""
        wrong: list[str] = []
        if self._kannel is None:
            listed = [{"kind": one.kind.value, "to": one.to, "text_ar": one.text_ar} for one in notices]
        else:
            listed, wrong = as_received(notices, self._kannel.all_received(len(notices)))
        through = {"notices_through": BY_FILES if self._kannel is None else BY_KANNEL} if self._says_so else {}
        return {**through, "notices": listed}, wrong


def as_received(notices: Sequence[Notice], received: Sequence[Message]) -> tuple[list[dict[str, Any]], list[str]]:
    """As journey.json lists what the fake SMSC received, in its order, and each difference to the centre's facts: what
    was never told, told twice, told in other words, out of order, or not known to have arrived."""
    open_yet = list(notices)
    listed: list[dict[str, Any]] = []
    wrong: list[str] = []
    found: list[Notice] = []
    for order, message in enumerate(received, 1):
        known = next((one for one in open_yet if (one.to, one.text_ar) == (message.to, message.text)), None)
        if known is None:
            wrong.append(f"received, and in no fact (or twice): {message.to} {message.text!r}")
        else:
            open_yet.remove(known)
            found.append(known)
        kind = known.kind.value if known is not None else ""
        listed.append({"order": order, "kind": kind, "to": message.to, "text_ar": message.text, "parts": message.parts})
    wrong += [f"a fact, and never received: {one.id} {one.text_ar!r}" for one in open_yet]
    wrong += [f"not known to be delivered: {one.id} is {one.stands.value}" for one in notices if not _arrived(one)]
    places = [(one.made_at, _ORDER[one.kind]) for one in found]
    if places != sorted(places):
        wrong.append(f"received in another order than they were made: {[one.id for one in found]}")
    return listed, wrong


def _arrived(notice: Notice) -> bool:
    return notice.stands is NoticeState.DELIVERED
