"""Whatever happens to the sender, the gateway and the reports, in any order: no notice is told twice by itself, none is
lost."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.domain.delivery import Answer, Report
from tests.centre.gateways import PowerCut, ScriptedGateway, outbox_of, sender_of, write_letters
from tests.postgres_fixture import SampleCentre

# Whether the network got it, and what the sender heard. A gateway's certain "no" is true.
MEETINGS: dict[str, tuple[bool, Answered | BaseException]] = {
    "accepted": (True, Answered(Answer.ACCEPTED)),
    "refused": (False, Answered(Answer.REFUSED)),
    "postponed": (False, Answered(Answer.POSTPONED)),
    "gateway down": (False, Answered(Answer.POSTPONED, everybody=True)),
    "answer lost": (True, Answered(Answer.UNKNOWN)),
    "request lost": (False, Answered(Answer.UNKNOWN)),
    "power cut after": (True, PowerCut()),
    "power cut before": (False, PowerCut()),
    "bug": (True, ValueError("a bug")),
    "delivered, answer lost": (True, Answered(Answer.UNKNOWN)),
}
STEP = st.one_of(
    st.tuples(st.just("send"), st.lists(st.sampled_from(sorted(MEETINGS)), max_size=5)),
    st.tuples(st.just("wait"), st.sampled_from([1, 40, 180, 3600, 80 * 3600])),
    st.tuples(st.just("report"), st.tuples(st.integers(0, 30), st.sampled_from(list(Report)))),
    st.tuples(st.just("person"), st.tuples(st.integers(0, 30), st.sampled_from(["waiting", "sent"]))),
    st.tuples(st.just("write"), st.just(None)),
)
_NAMES = count()


class Walk:
    """One walk over an outbox that others have walked over before."""

    def __init__(self, centre: SampleCentre, *, knows_ids: bool) -> None:
        self.centre = centre
        self.notices: list[str] = []
        self.gateway = ScriptedGateway(knows_ids=knows_ids)
        self.outbox = outbox_of(centre)
        self.wished: Counter[str] = Counter()
        self.settled: set[str] = set()
        self.delivered: set[str] = set()
        self.script: list[str] = []
        self.gateway.plan = self._meeting
        self.sender = sender_of(centre, self.gateway)

    def _meeting(self, attempt: Attempt) -> tuple[bool, Answered | BaseException]:
        name = self.script.pop(0) if self.script else "accepted"
        if name == "delivered, answer lost":
            self._report(attempt, Report.DELIVERED)
        return MEETINGS[name]

    def _report(self, attempt: Attempt, report: Report) -> None:
        assert self.outbox.report("scripted", attempt.token, "", report, self.centre.clock.now())
        if report is Report.DELIVERED:
            self.delivered.add(attempt.notice_id)

    def take(self, step: tuple[str, Any]) -> None:
        kind, what = step
        match kind:
            case "write":
                # Two of one request, and one of another.
                names = [f"w{next(_NAMES):06}:accepted:1"]
                names += [names[0].replace("accepted", "fees_due"), f"w{next(_NAMES):06}:accepted:1"]
                write_letters(self.centre, *names)
                self.notices += names
            case "wait":
                self.centre.clock.advance(seconds=what)
            case "send":
                self.script = list(what)
                try:
                    self.sender.send_due()
                except PowerCut:
                    self.sender = sender_of(self.centre, self.gateway)  # another process
            case "report":
                number, report = what
                known = {one.token for one in self.gateway.told}
                attempts = [one for one in self.gateway.tried if one.token in known]
                if attempts:
                    self._report(attempts[number % len(attempts)], report)
            case "person":
                number, wish = what
                if self.notices:
                    notice = self.notices[number % len(self.notices)]
                    if self.centre.query("select tajzia.settle_notice(%s, %s, 'why')", notice, wish) == [(True,)]:
                        self.wished[notice] += wish == "waiting"
                        self.settled |= {notice} if wish == "sent" else set()

    def check_told(self) -> None:
        told = Counter(one.notice_id for one in self.gateway.told)
        assert {notice for notice, times in told.items() if times > 1 + self.wished[notice]} == set()

    def end_well(self) -> None:
        """The gateway is well from now on, and nobody does anything more."""
        for _ in range(8):
            self.take(("send", []))
            self.take(("wait", 700))
        self.check_told()
        told = {one.notice_id for one in self.gateway.told}
        rows = self.centre.query(
            "select notice_id, state, shown from tajzia.outbox where notice_id = any(%s)", self.notices
        )
        assert {notice for notice, _, _ in rows} == set(self.notices)
        for notice, state, shown in rows:
            assert state in ("sent", "delivered", "failed", "unknown"), f"{notice} is left {state}"
            assert shown == state
            assert (state == "delivered") is (notice in self.delivered)
            if state in ("sent", "delivered"):
                assert notice in told | self.settled, f"{notice} never went out, and nobody looks at it"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(STEP, max_size=20), st.booleans())
@example([("send", ["request lost"])], False)
@example([("send", ["delivered, answer lost"])], False)
@example([("write", None), ("send", ["power cut after"]), ("wait", 180), ("send", [])], False)
@example([("write", None), ("send", ["power cut after"]), ("wait", 180), ("send", [])], True)
@example(
    [("write", None), ("send", ["answer lost"]), ("person", (0, "waiting")), ("report", (0, Report.UNDERWAY))], False
)
def test_no_walk_tells_twice_or_never(centre: SampleCentre, steps: list[tuple[str, Any]], knows_ids: bool) -> None:
    import logging

    logging.disable(logging.ERROR)  # every walk warns
    try:
        walk = Walk(centre, knows_ids=knows_ids)
        walk.take(("write", None))
        for step in steps:
            walk.take(step)
            walk.check_told()
        walk.end_well()
    finally:
        logging.disable(logging.NOTSET)
